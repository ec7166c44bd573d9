import type { Locale } from '../../domain/locale.ts';
import { bar } from '../charts/bar.ts';
import { lineChart } from '../charts/line-chart.ts';
import type { Format } from '../format.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { languageCode } from '../language.ts';
import { foldedTable, section } from '../section.ts';
import { type HomeAnswers, laterQuestions, mainPark, parksWithFigures } from './answers.ts';
import type { HomeWords } from './words.ts';

/** The means by which each part is written. */
export interface Writing {
  readonly words: HomeWords;
  readonly locale: Locale;
  readonly format: Format;
  /** Returns the link to the query behind a part. */
  readonly behind: (document: keyof HomeAnswers) => Piece;
}

/** A share as the documents answer it. */
interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly rate: string | null;
}

/** Returns the two rates of the main park, each with what it is a share of; undefined where no park has figures. */
export function rates(
  { ParksSideBySide, Headline }: HomeAnswers,
  { words, format, behind }: Writing,
): Markup | undefined {
  const park = mainPark(ParksSideBySide);
  if (!park) return undefined;
  const { on, production, returnToWork } = park.resumption;
  const source = Headline?.park?.observations[0]?.source;
  const card = (name: string, { rate }: Share, of: string, series: number) =>
    html`<div class="card"><dt>${name}</dt><dd><strong>${rate === null ? '–' : format.percent(rate)}</strong>${bar(Number(rate), series)}<span>${of}</span></dd></div>`;
  return html`<section class="rates" aria-labelledby="park">
<h1 id="park">${park.name}</h1>
<p class="sentence">${words.asOf(format.day(on))}${source && html` · ${words.source(source.title)}`}</p>
<dl class="cards">${card(words.production, production, words.ofEnterprises(...partsOf(production, format)), 0)}
${card(words.returnToWork, returnToWork, words.ofStaff(...partsOf(returnToWork, format)), 1)}</dl>
<p class="links">${behind('Headline')}</p>
</section>
`;
}

const partsOf = ({ numerator, denominator }: Share, { count }: Format): [string, string] => [
  count(numerator),
  count(denominator),
];

/** Returns both rates of the main park over days, as lines and as a table. */
export function climb({ ResumptionSeries }: HomeAnswers, { words, format, behind }: Writing): Markup | undefined {
  const series = ResumptionSeries?.park?.resumptionSeries ?? [];
  const [first, last] = [series[0], series.at(-1)];
  if (!first || !last) return undefined;
  const valuesOf = (share: 'production' | 'returnToWork') =>
    series.map((day) => (day[share].rate === null ? null : Number(day[share].rate)));
  const picture = {
    id: 'climb-title',
    title: words.climbPicture(
      { from: sayShare(first.production), to: sayShare(last.production) },
      { from: sayShare(first.returnToWork), to: sayShare(last.returnToWork) },
    ),
    days: series.map(({ on }) => on),
    lines: [
      { name: words.production, values: valuesOf('production') },
      { name: words.returnToWork, values: valuesOf('returnToWork') },
    ],
  };
  function sayShare({ rate }: Share): string {
    return rate === null ? '–' : format.percent(rate);
  }
  return section({
    id: 'climb',
    heading: words.climb,
    sentence: words.climbSentence(series.length, format.day(first.on), format.day(last.on)),
    picture: lineChart(picture, format),
    table: foldedTable(words.table, {
      caption: words.climb,
      columns: [
        { content: words.columns.day },
        { content: words.production, isNumber: true },
        { content: words.returnToWork, isNumber: true },
      ],
      rows: series.map((day) => [
        { content: format.day(day.on) },
        shareCell(day.production, format),
        shareCell(day.returnToWork, format),
      ]),
    }),
    links: behind('ResumptionSeries'),
  });
}

/** Returns the parks with bars of both rates, and their table. */
export function parks(
  { ParksSideBySide }: HomeAnswers,
  { words, locale, format, behind }: Writing,
): Markup | undefined {
  const listed = parksWithFigures(ParksSideBySide);
  if (listed.length === 0) return undefined;
  const row = (name: string, { rate }: Share, series: number) =>
    html`<li class="bar-row"><span>${name}</span>${bar(Number(rate), series)}<b>${rate === null ? '–' : format.percent(rate)}</b></li>`;
  return section({
    id: 'parks',
    heading: words.parks,
    sentence: words.parksSentence,
    picture: html`<ul class="bars">${listed.map(
      ({ name, resumption: { production, returnToWork } }) =>
        html`<li><h3>${name}</h3><ul>${row(words.production, production, 0)}${row(words.returnToWork, returnToWork, 1)}</ul></li>`,
    )}</ul>`,
    table: foldedTable(words.table, {
      caption: words.parks,
      columns: [
        { content: words.columns.park },
        { content: words.production, isNumber: true },
        { content: words.returnToWork, isNumber: true },
        { content: words.columns.day },
      ],
      rows: listed.map(({ name, resumption }) => [
        { content: name },
        shareCell(resumption.production, format),
        shareCell(resumption.returnToWork, format),
        { content: format.day(resumption.on) },
      ]),
    }),
    links: html`${compareLink(ParksSideBySide, words, locale)}${behind('ParksSideBySide')}`,
  });
}

/** Returns the link that compares the main park with the next one, over the days of the climb; undefined for a single park. */
function compareLink(answer: HomeAnswers['ParksSideBySide'], words: HomeWords, locale: Locale): Markup | undefined {
  const climb = laterQuestions(answer, locale).find(({ document }) => document === 'ResumptionSeries');
  const other = parksWithFigures(answer).find(({ code }) => code !== climb?.variables.code);
  if (!climb || !other) return undefined;
  const given = Object.entries(climb.variables).map(([name, value]): [string, string] => [name, String(value)]);
  const address = new URLSearchParams([
    ...given,
    ['vs-code', other.code],
    ['view', 'chart'],
    ['lang', languageCode(locale)],
  ]);
  return html`<a href="/look/${climb.document}?${address.toString()}">${words.compare}</a> `;
}

const shareCell = ({ numerator, denominator, rate }: Share, { count, percent }: Format) => ({
  content: html`${rate === null ? '–' : percent(rate)} <small>${count(numerator)} / ${count(denominator)}</small>`,
  isNumber: true,
});
