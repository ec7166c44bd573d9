import type { Locale } from '../../domain/locale.ts';
import { formatOf } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { languageCode } from '../language.ts';
import type { LookView } from '../look/words.ts';
import { section } from '../section.ts';
import { pageOf, type Shell } from '../shell.ts';
import { firstQuestions, type HomeAnswers, laterQuestions } from './answers.ts';
import { cases } from './cases.ts';
import { policies } from './policies.ts';
import { climb, parks, rates, type Writing } from './resumption.ts';
import { HOME_WORDS, type HomeWords } from './words.ts';
import { zones } from './zones.ts';

/** The contents of the page. */
export interface Home {
  readonly locale: Locale;
  readonly answers: HomeAnswers;
  /** The day of the policies in force, ISO 8601. */
  readonly today: string;
  readonly look: Pick<Shell, 'style' | 'icon'>;
}

/** Returns the page of `/`. A part without its answer says so in its place. */
export function homePage({ locale, answers, today, look }: Home): string {
  const words = HOME_WORDS[locale];
  const questions = [...firstQuestions(locale, today), ...laterQuestions(answers.ParksSideBySide, locale)];
  const writing: Writing = {
    locale,
    words,
    format: formatOf(locale),
    behind: (document) => {
      const variables = questions.find((question) => question.document === document)?.variables;
      const address = new URLSearchParams({
        ...Object.fromEntries(Object.entries(variables ?? {}).map(([name, value]) => [name, String(value)])),
        view: VIEWS[document],
        lang: languageCode(locale),
      });
      address.delete('locale');
      return html`<a href="/look/${document}?${address.toString()}">${words.look}</a>
<a href="/explorer#${document}?${encodeURIComponent(JSON.stringify(variables))}">${words.query}</a>`;
    },
  };
  const series = html`<a href="/look/CaseStatisticsSeries?view=chart&lang=${languageCode(locale)}">${words.series}</a>`;
  const orMissing = (part: Markup | undefined, heading: string, id: string) =>
    part ?? section({ id, heading, picture: html`<p class="missing">${words.missing}</p>` });
  const content = html`${rates(answers, writing) ?? html`<h1>${words.title}</h1><p class="missing">${words.missing}</p>`}
<div class="two">${orMissing(climb(answers, writing), words.climb, 'climb')}${orMissing(parks(answers, writing), words.parks, 'parks')}</div>
<div class="two">${orMissing(zones(answers, writing), words.zones('1+4'), 'zones')}${orMissing(cases(answers, writing, series), words.cases, 'cases')}</div>
${orMissing(policies(answers, today, writing), words.policies, 'policies')}
${doors(words)}`;
  return pageOf(
    {
      locale,
      title: `${words.title} – Bridgehead`,
      description: words.description,
      ...look,
      inLanguage: (other) => `?lang=${languageCode(other)}`,
    },
    content,
  );
}

/** How `/look` shows the query of each part at first. */
const VIEWS: Readonly<Record<keyof HomeAnswers, LookView>> = {
  Headline: 'table',
  ResumptionSeries: 'chart',
  ParksSideBySide: 'chart',
  Linkages: 'graph',
  CaseStatistics: 'table',
  PoliciesInForce: 'table',
};

/** The pages to go on to. */
const DOORS = {
  apply: '/apply',
  case: '/case',
  my: '/my',
  look: '/look',
  explorer: '/explorer',
  developers: '/developers',
} as const satisfies Readonly<Record<keyof HomeWords['door'], string>>;

function doors({ doors: heading, door }: HomeWords): Markup {
  return html`<nav class="doors" aria-labelledby="doors"><h2 id="doors">${heading}</h2><ul>${Object.entries(DOORS).map(
    ([name, address]) => {
      const { name: title, text } = door[name as keyof HomeWords['door']];
      return html`<li class="door"><a href="${address}">${title}</a><p>${text}</p></li>`;
    },
  )}</ul></nav>`;
}
