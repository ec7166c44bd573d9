import type { Locale } from '../../domain/locale.ts';
import { bar } from '../charts/bar.ts';
import type { graph } from '../charts/graph.ts';
import { type Line, lineChart } from '../charts/line-chart.ts';
import { formatOf } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { type LookTable, sharedStart } from './tables.ts';

/** Lines over days, in per cent of the picture's height. */
export interface Series {
  readonly kind: 'series';
  readonly days: readonly string[];
  readonly lines: readonly Line[];
  /** The count at the picture's top; undefined for rates, which go to 100 %. */
  readonly top: number | undefined;
}

/** Bars in groups of one row of a table: per cent, or counts as parts of the largest one. */
export interface Bars {
  readonly kind: 'bars';
  /** The heading of the one column that the bars show; undefined for bars of several, which are labelled each. */
  readonly column: string | undefined;
  readonly groups: readonly { readonly name: string; readonly bars: readonly Bar[] }[];
}

interface Bar {
  /** The column's heading; empty where a row has one bar, which the group's name tells. */
  readonly label: string;
  /** Its length, from 0 to 100; null for a count that is kept back. */
  readonly percent: number | null;
  readonly text: string;
}

/** A table's picture. */
export interface Chart {
  readonly table: string;
  readonly drawn: Series | Bars;
}

/** Most bars of counts: a longer list is read as a table. */
const MAX_ROWS = 40;

/** Returns the pictures of the tables that make one: figures over days as lines, of other rows as bars. */
export function chartsOf(tables: readonly LookTable[]): readonly Chart[] {
  return tables.flatMap((table) => {
    const drawn = table.rows.length < 2 ? undefined : (ratesOf(table) ?? countsOf(table));
    return drawn ? [{ table: table.label, drawn }] : [];
  });
}

function ratesOf(table: LookTable): Series | Bars | undefined {
  const rates = columnsOf(table, 'percent');
  if (rates.length === 0) return undefined;
  const day = dayColumn(table);
  return day === undefined ? bars(table, rates, 100) : series(table, day, rates);
}

function countsOf(table: LookTable): Series | Bars | undefined {
  const counts = columnsOf(table, 'number').filter(({ index }) => table.counts.includes(index));
  if (table.rows.length > MAX_ROWS) return undefined;
  const largest = Math.max(...table.rows.flatMap((row) => counts.map(({ index }) => Number(row[index]?.value ?? 0))));
  if (counts.length === 0 || largest <= 0) return undefined;
  const day = dayColumn(table);
  return day === undefined ? bars(table, counts, largest) : series(table, day, counts, topOf(largest));
}

/** Returns the column whose days tell the rows apart. */
function dayColumn({ columns, rows }: LookTable): number | undefined {
  const day = columns.findIndex(({ kind }) => kind === 'date');
  return day >= 0 && new Set(rows.map((row) => row[day]?.value)).size === rows.length ? day : undefined;
}

/** Returns a round count at or above another one, whose quarters are whole. */
function topOf(largest: number): number {
  const step = 10 ** Math.floor(Math.log10(largest / 4 || 1));
  const quarter = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10]
    .map((factor) => factor * step)
    .find((each) => Number.isInteger(each) && each * 4 >= largest);
  return 4 * (quarter ?? 10 * step);
}

type Columns = readonly { readonly label: string; readonly index: number }[];

const columnsOf = ({ columns }: LookTable, wanted: LookTable['columns'][number]['kind']): Columns =>
  columns.flatMap(({ kind, label }, index) => (kind === wanted ? [{ label, index }] : []));

/** Returns the labels of columns without the parts that all begin or end with: "Staff · Rate" beside others' rates is "Staff". */
function distinct(columns: Columns): Columns {
  const parts = columns.map(({ label }) => label.split(' · '));
  const own = parts.map((each) => each.slice(sharedStart(parts)));
  const end = sharedStart(own.map((each) => each.toReversed()));
  return columns.map(({ index }, at) => ({ index, label: own[at]?.slice(0, own[at].length - end).join(' · ') ?? '' }));
}

/** @param top the count at the picture's top; per cent without it */
function series(table: LookTable, day: number, columns: Columns, top?: number): Series {
  return {
    kind: 'series',
    days: table.rows.map((row) => String(row[day]?.value)),
    lines: distinct(columns).map(({ label, index }) => ({
      name: lineName(table, label, index),
      values: table.rows.map((row) =>
        row[index]?.value == null ? null : (Number(row[index].value) / (top ?? 100)) * 100,
      ),
    })),
    top,
  };
}

/** Returns the name of a column's line. Where nothing is drawn since all is kept back, it says so. */
function lineName({ rows }: LookTable, label: string, column: number): string {
  const cells = rows.map((row) => row[column]);
  const kept = cells.find((cell) => cell?.isKeptBack);
  return kept && cells.every((cell) => (cell?.value ?? null) === null) ? `${label} (${kept.text})` : label;
}

/** @param whole the value of a bar over the whole width */
function bars(table: LookTable, columns: Columns, whole: number): Bars {
  const names = rowNames(table);
  const labelled = distinct(columns);
  return {
    kind: 'bars',
    column: columns.length === 1 ? columns[0]?.label : undefined,
    groups: table.rows.map((row, at) => ({
      name: names[at] ?? '',
      bars: labelled.map(({ label, index }) => ({
        label: columns.length > 1 ? label : '',
        percent: row[index]?.isKeptBack ? null : (Number(row[index]?.value ?? 0) / whole) * 100,
        text: row[index]?.text ?? '',
      })),
    })),
  };
}

interface Drawing {
  /** The id of the title of its first picture. */
  readonly id: string;
  readonly title: string;
  readonly locale: Locale;
}

/** Returns the caption of one of several charts, or of bars without labels: the table's name, and the column's. */
export function captionOf({ table, drawn }: Chart, charts: readonly Chart[]): string {
  const column = drawn.kind === 'bars' ? drawn.column : undefined;
  return [charts.length > 1 ? table : undefined, column].filter((part) => part !== undefined).join(' · ');
}

/** Returns charts as markup of a page. */
export function chartsMarkup(charts: readonly Chart[], { id, title, locale }: Drawing): Markup {
  return html`${charts.map((chart, at) => {
    const { table, drawn } = chart;
    const caption = captionOf(chart, charts);
    const markup = chartMarkup(drawn, { id: at === 0 ? id : `${id}-${at}`, title: `${title}: ${table}`, locale });
    return html`<figure class="one">${caption !== '' && html`<figcaption>${caption}</figcaption>`}${markup}</figure>`;
  })}`;
}

function chartMarkup(chart: Series | Bars, { id, title, locale }: Drawing): Markup {
  if (chart.kind === 'series') return lineChart({ id, title, ...chart }, formatOf(locale));
  const row = ({ label, percent, text }: Bar, number: number, name = label) =>
    html`<li class="bar-row"><span>${name}</span>${percent === null ? html`<span class="kept">${text}</span>` : html`${bar(percent, number)}<b>${text}</b>`}</li>`;
  return html`<ul class="bars">${chart.groups.map(({ name, bars: own }) => {
    const [only] = own;
    if (only?.label === '') return row(only, 0, name);
    return html`<li><h3>${name}</h3><ul>${own.map((each, number) => row(each, number))}</ul></li>`;
  })}</ul>`;
}

/**
 * Returns names that tell a table's rows apart: the texts of one column, or of the first columns that do so together. Ids and
 * codes, which have no blank and no word, are no names where there are others.
 */
function rowNames({ columns, rows }: LookTable): readonly string[] {
  const texts = columns.flatMap(({ kind }, index) => (kind === 'text' || kind === 'date' ? [index] : []));
  const isCode = (column: number) => rows.some((row) => /^[a-z]+_|^[a-z\d-]+$/.test(row[column]?.text ?? ''));
  const words = texts.filter((column) => !isCode(column));
  const usable = words.length > 0 ? words : texts;
  const named = (some: readonly number[]) =>
    rows.map((row) => some.map((column) => row[column]?.text ?? '').join(' · '));
  const tellApart = (some: readonly number[]) => new Set(named(some)).size === rows.length;
  const one = usable.find((column) => tellApart([column]));
  const several = usable.findIndex((_, last) => tellApart(usable.slice(0, last + 1)));
  return named(one === undefined ? usable.slice(0, several < 0 ? usable.length : several + 1) : [one]);
}

interface Graph {
  readonly nodes: readonly {
    readonly member: boolean;
    readonly zone: { readonly id: string; readonly name: string } | null;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly agreement: { readonly status: string };
  }[];
}

/** Nodes and edges of an answer. */
export interface Network {
  readonly nodes: Parameters<typeof graph>[0]['nodes'];
  readonly edges: Parameters<typeof graph>[0]['edges'];
}

/** Returns the nodes and edges of an answer; undefined for an answer without. */
export function networkOf(data: unknown): Network | undefined {
  const found = Object.values(data ?? {}).find(isGraph);
  if (!found) return undefined;
  const nodes = found.nodes.flatMap(({ zone, member }) =>
    zone ? [{ id: zone.id, name: zone.name, isMember: member }] : [],
  );
  const edges = found.edges.map(({ from, to, agreement }) => ({ from, to, isCurrent: agreement.status === 'SIGNED' }));
  return { nodes, edges };
}

function isGraph(value: unknown): value is Graph {
  if (typeof value !== 'object' || value === null || !('nodes' in value) || !('edges' in value)) return false;
  return (
    Array.isArray(value.edges) && value.edges.every((edge) => typeof edge?.from === 'string' && 'agreement' in edge)
  );
}
