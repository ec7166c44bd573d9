import type { Locale } from '../../domain/locale.ts';
import type { LookDocument, LookField } from '../../domain/questions/look-document.ts';
import { type AnswerTable, answerTables, type Cell, VALUES } from '../answer-tables.ts';
import { formatOf } from '../format.ts';
import { labelOf } from './labels.ts';
import { unitLabel, valueLabel } from './values.ts';

/** The content of a column, which decides how it is written and what a spreadsheet makes of it. */
export type ColumnKind = 'text' | 'number' | 'percent' | 'date' | 'time';

export interface LookColumn {
  readonly label: string;
  readonly description: string | null;
  readonly kind: ColumnKind;
}

/** A cell for people (`text`) and for programs (`value`, null where there is none or it is kept back). */
export interface LookCell {
  readonly text: string;
  readonly value: Cell;
  readonly isKeptBack: boolean;
}

/** A list of an answer under headings in the reader's language. */
export interface LookTable {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly LookColumn[];
  readonly rows: readonly (readonly LookCell[])[];
  /** The columns of counts, by which rows may be compared. */
  readonly counts: readonly number[];
  /** The sums of the columns whose counts add up; undefined where none does. */
  readonly sums: readonly (number | undefined)[] | undefined;
  readonly totalCount: number | undefined;
  readonly hasNextPage: boolean;
}

/**
 * Returns the tables of an answer, the values outside lists first. A count that is kept back is a text that says why, in the
 * place of the count. Ids, which are for programs, come last in a list, and are left out of the values.
 */
export function lookTables(data: unknown, document: LookDocument, locale: Locale): readonly LookTable[] {
  const tables = answerTables(data);
  const values = tables.filter(({ name }) => name === VALUES).map((table) => valueTable(table, document, locale));
  const lists = tables.filter(({ name }) => name !== VALUES).map((table) => listTable(table, document, locale));
  return [...values.filter(({ rows }) => rows.length > 0), ...lists];
}

/** Returns the field at a path of an answer's table. */
function fieldAt(document: LookDocument, path: string): LookField | undefined {
  const parts = path.split('.').filter((part) => part !== 'nodes' && part !== 'edges' && part !== 'node');
  return document.fields[parts.join('.')];
}

/** Returns the path of a column in its table. A column of an outer row is named `parks/name`. */
const pathOf = (table: string, column: string) =>
  column.includes('/') ? column.replace('/', '.') : `${table}.${column.replace(/ \(count\)$/, '')}`;

function listTable(table: AnswerTable, document: LookDocument, locale: Locale): LookTable {
  const names = table.columns.map(({ name }) => name);
  const isId = (name: string) => fieldAt(document, pathOf(table.name, name))?.type === 'ID';
  const shown = names
    .flatMap((name, index) => (isSuppression(name, names) || name === ROW_REASON ? [] : [{ name, index }]))
    .toSorted((one, two) => Number(isId(one.name)) - Number(isId(two.name)));
  const columns = shown.map(({ name }): LookColumn & { field: LookField | undefined; reason: number } => {
    const field = fieldAt(document, pathOf(table.name, name));
    const counts = name.endsWith(' (count)');
    return {
      label: columnLabel(name, field, locale),
      description: descriptionOf(name, field, fieldAt(document, pathOf(table.name, name.replace(/\.[^.]+$/, '')))),
      kind: counts ? 'number' : kindOf(field),
      field,
      reason: names.indexOf(reasonOf(name) || ROW_REASON),
    };
  });
  const rows = table.rows.map((row) =>
    shown.map(({ index }, column) => {
      const { field, kind, reason } = columns[column] ?? { field: undefined, kind: 'text' as const, reason: -1 };
      return cellOf(row[index] ?? null, reason < 0 ? null : (row[reason] ?? null), { field, kind, locale });
    }),
  );
  const fields = columns.map(({ field }) => field);
  return {
    name: table.name,
    label: pathLabel(table.name.split('.'), document, locale),
    columns: columns.map(({ label, description, kind }) => ({ label, description, kind })),
    rows,
    counts: fields.flatMap((field, column) => (field?.type === 'Int' && COUNTS.has(field.name) ? [column] : [])),
    sums: table.hasNextPage ? undefined : sumsOf(rows, fields),
    totalCount: table.totalCount,
    hasNextPage: table.hasNextPage,
  };
}

/** Returns the definition of a column. A part of a figure is told by the figure's own definition too. */
function descriptionOf(name: string, field: LookField | undefined, figure: LookField | undefined): string | null {
  const own = field?.description ?? null;
  return name.includes('.') && own !== null && figure?.description ? `${figure.description} ${own}` : own;
}

/** Values outside lists that the page itself tells or uses. */
const NOT_SHOWN = new Set(['totalCount', 'endCursor']);
/** Counts of people and enterprises, of which each is in one row alone. */
const ADDED = new Set(['numerator', 'denominator', 'value', 'staff']);
/** Counts that rows are compared by. Places of a school and seats of a canteen are compared, and not added. */
const COUNTS = new Set([...ADDED, 'capacity', 'reserved', 'placesTaken', 'placesFree']);
/** Rows by one of these tell of the same things again. */
const REPEATED_BY = new Set(['Date', 'DateTime']);

/** Returns the sums of columns whose counts are all told; undefined where rows tell of the same things more than once. */
function sumsOf(rows: readonly (readonly LookCell[])[], fields: readonly (LookField | undefined)[]): LookTable['sums'] {
  const isRepeated = fields.some((field) => field && (REPEATED_BY.has(field.type) || field.name === 'revision'));
  if (isRepeated || rows.length < 2) return undefined;
  const sums = fields.map((field, column) => {
    if (field?.type !== 'Int' || !ADDED.has(field.name)) return undefined;
    const values = rows.map((row) => row[column]?.value);
    return values.every((value) => typeof value === 'number')
      ? values.reduce((sum, value) => sum + value, 0)
      : undefined;
  });
  return sums.some((sum) => sum !== undefined) ? sums : undefined;
}

/** Returns the values outside lists, one a row. */
function valueTable(table: AnswerTable, document: LookDocument, locale: Locale): LookTable {
  const names = table.rows.map(([name]) => String(name));
  const text = (value: string): LookCell => ({ text: value, value, isKeptBack: false });
  return {
    name: VALUES,
    label: labelOf('field', locale),
    columns: [
      { label: labelOf('field', locale), description: null, kind: 'text' },
      { label: labelOf('value', locale), description: null, kind: 'text' },
    ],
    rows: table.rows.flatMap(([, value = null], index) => {
      const name = names[index] ?? '';
      const field = fieldAt(document, name);
      if (isSuppression(name, names) || field?.type === 'ID' || NOT_SHOWN.has(field?.name ?? '')) return [];
      const reason = table.rows[names.indexOf(reasonOf(name))]?.[1] ?? null;
      const path = name.endsWith('.value') ? name.slice(0, -'.value'.length) : name;
      return [
        [
          text(pathLabel(path.split('.'), document, locale)),
          cellOf(value, reason, { field, kind: kindOf(field), locale }),
        ],
      ];
    }),
    counts: [],
    sums: undefined,
    totalCount: undefined,
    hasNextPage: false,
  };
}

/** The column that says why the empty cells of its row are kept back. */
const ROW_REASON = 'suppressed';
/** The column that says why the count of another is kept back. */
const reasonOf = (name: string) => (name.endsWith('value') ? name.replace(/value$/, 'suppressed') : '');
const isSuppression = (name: string, all: readonly string[]) =>
  /(^|\.)suppressed$/.test(name) && all.includes(name.replace(/suppressed$/, 'value'));

function columnLabel(name: string, field: LookField | undefined, locale: Locale): string {
  const parts = name
    .replace(/ \(count\)$/, '')
    .replace(/\.value$/, '')
    .split('/')
    .at(-1)
    ?.split('.');
  const outer = name.includes('/') ? [labelOf(name.split('/')[0]?.split('.').at(-1) ?? '', locale)] : [];
  const own = (parts ?? []).map((part, index) =>
    partLabel(part, index === (parts?.length ?? 0) - 1 ? field : undefined, locale),
  );
  return [...outer, ...own].join(' · ');
}

const pathLabel = (path: readonly string[], document: LookDocument, locale: Locale) =>
  path.map((part, index) => partLabel(part, document.fields[path.slice(0, index + 1).join('.')], locale)).join(' · ');

const partLabel = (part: string, field: LookField | undefined, locale: Locale) => {
  const own = labelOf(part, locale);
  return field && field.name !== part && own === labelOf(part, 'EN') ? labelOf(field.name, locale) : own;
};

const PERCENT_FIELDS = new Set(['rate', 'onTimeRate']);

function kindOf(field: LookField | undefined): ColumnKind {
  switch (field?.type) {
    case 'Date':
      return 'date';
    case 'DateTime':
      return 'time';
    case 'Int':
      return 'number';
    case 'Decimal':
      return PERCENT_FIELDS.has(field.name) ? 'percent' : 'number';
    default:
      return 'text';
  }
}

function cellOf(
  value: Cell,
  reason: Cell,
  { field, kind, locale }: { field: LookField | undefined; kind: ColumnKind; locale: Locale },
): LookCell {
  if (value === null && typeof reason === 'string') {
    return { text: valueLabel('Suppression', reason, locale), value: null, isKeptBack: true };
  }
  if (value === null) return { text: '–', value: null, isKeptBack: false };
  return { text: textOf(value, field, kind, locale), value, isKeptBack: false };
}

function textOf(
  value: string | number | boolean,
  field: LookField | undefined,
  kind: ColumnKind,
  locale: Locale,
): string {
  const format = formatOf(locale);
  switch (kind) {
    case 'date':
      return format.day(String(value));
    case 'time':
      return format.time(String(value));
    case 'percent':
      return format.percent(String(value));
    case 'number':
      return typeof value === 'number' ? format.count(value) : String(value);
    case 'text': {
      if (typeof value === 'boolean') return valueLabel('Boolean', String(value), locale);
      if (field?.name === 'unit' && field.type === 'String') return unitLabel(String(value), locale);
      const codes = String(value).split('; ');
      const areCodes = field !== undefined && !PLAIN.has(field.type) && codes.every((code) => CODE.test(code));
      return areCodes ? codes.map((code) => valueLabel(field.type, code, locale)).join('; ') : String(value);
    }
  }
}

const CODE = /^[A-Z][A-Z_]*$/;
/** Scalars whose values are no codes. */
const PLAIN = new Set(['String', 'ID', 'Decimal', 'Fen']);
