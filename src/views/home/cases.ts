import { html, type Markup } from '../html.ts';
import { type Cell, section, table } from '../section.ts';
import type { HomeAnswers } from './answers.ts';
import type { CaseStatisticsQuery } from './generated/answers.ts';
import type { Writing } from './resumption.ts';

type Statistics = NonNullable<CaseStatisticsQuery['hukou']>;
type Figures = NonNullable<Statistics['total']>;

const COUNTS = ['received', 'decided', 'approved', 'rejected', 'onTime', 'late'] as const;

/**
 * Returns the statistics of the last closed quarter. A figure that is kept back says why, and never reads as zero.
 * @param series the link to the periods before
 */
export function cases({ CaseStatistics }: HomeAnswers, writing: Writing, series: Markup): Markup | undefined {
  const { words, format, behind } = writing;
  const kinds = [CaseStatistics?.hukou, CaseStatistics?.housing, CaseStatistics?.schooling].filter((each) => !!each);
  const [first] = kinds;
  if (!first) return undefined;
  const limits = kinds.map(({ kind, threshold }) => words.limit(words.caseKinds[kind], threshold)).join(words.comma);
  const row = (name: string, cellOf: (statistics: Statistics) => Cell) => [{ content: name }, ...kinds.map(cellOf)];
  return section({
    id: 'cases',
    heading: words.cases,
    sentence: words.casesSentence(format.day(first.from), format.day(first.to)),
    picture: table({
      caption: words.cases,
      columns: [
        { content: words.columns.figure },
        ...kinds.map(({ kind }) => ({ content: words.caseKinds[kind], isNumber: true })),
      ],
      rows: [
        ...COUNTS.map((name) => row(words.figures[name], (statistics) => countCell(statistics, name, writing))),
        row(words.figures.onTimeRate, ({ total }) => valueCell(total?.onTimeRate, format.percent, writing)),
        row(words.figures.medianDays, ({ total }) =>
          valueCell(total?.medianDays, (days) => words.workingDays(format.count(days)), writing),
        ),
      ],
    }),
    table: html`<p class="note">${words.casesNote(limits)}</p>`,
    links: html`${series} ${behind('CaseStatistics')}`,
  });
}

function countCell({ total }: Statistics, name: (typeof COUNTS)[number], { words, format }: Writing): Cell {
  const cell: Figures[typeof name] | undefined = total?.[name];
  if (typeof cell?.value === 'number') return { content: format.count(cell.value), isNumber: true };
  const reason = cell?.suppressed ? words.keptBack[cell.suppressed] : words.noValue;
  return { content: html`<span class="kept">${reason}</span>`, isNumber: true };
}

function valueCell<T>(value: T | null | undefined, say: (value: T) => string, { words }: Writing): Cell {
  const isKnown = value !== null && value !== undefined;
  return { content: isKnown ? say(value) : html`<span class="kept">${words.noValue}</span>`, isNumber: true };
}
