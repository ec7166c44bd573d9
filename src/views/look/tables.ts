import type { Locale } from '../../domain/locale.ts';
import type { LookDocument, LookField } from '../../domain/questions/look-document.ts';
import { type AnswerTable, answerTables, VALUES } from '../answer-tables.ts';
import { joinAliases } from './aliases.ts';
import { type ColumnKind, cellOf, type LookCell } from './cells.ts';
import { hasLabel, labelOf } from './labels.ts';

export interface LookColumn {
  /** The path in its row, e.g. `zone.name`. */
  readonly path: string;
  readonly label: string;
  readonly description: string | null;
  readonly kind: ColumnKind;
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
 * place of the count. Names come first in a list, and what all rows have alike late. Ids, which are for programs, come last, and are left out of
 * the values. An
 * id that leads to another row of the answer reads as that row's name.
 */
export function lookTables(answer: unknown, asked: LookDocument, locale: Locale): readonly LookTable[] {
  const { data, fields } = joinAliases({ data: answer, fields: asked.fields });
  const document = { ...asked, fields };
  const tables = answerTables(withoutEmptyValues(data, document));
  const names = namesIn(data);
  const values = tables.filter(({ name }) => name === VALUES).map((table) => valueTable(table, document, locale));
  const lists = tables.filter(({ name }) => name !== VALUES).map((table) => listTable(table, document, locale, names));
  // One value beside lists is the name of what was asked for, which the conditions tell.
  return [...values.filter(({ rows }) => rows.length > (lists.length > 0 ? 1 : 0)), ...lists];
}

/** Returns the field at a path of an answer's table. */
function fieldAt(document: LookDocument, path: string): LookField | undefined {
  return document.fields[withoutListParts(path)];
}

const withoutListParts = (path: string) =>
  path
    .split('.')
    .filter((part) => part !== 'nodes' && part !== 'edges' && part !== 'node')
    .join('.');

/** Returns an answer in which empty lists of scalars and enums are null: a list without entries looks like one of rows. */
function withoutEmptyValues(data: unknown, document: LookDocument, path: readonly string[] = []): unknown {
  if (Array.isArray(data)) {
    if (data.length === 0 && isOfValues(document, withoutListParts(path.join('.')))) return null;
    return data.map((each) => withoutEmptyValues(each, document, path));
  }
  if (typeof data !== 'object' || data === null) return data;
  const parts = Object.entries(data);
  return Object.fromEntries(parts.map(([name, part]) => [name, withoutEmptyValues(part, document, [...path, name])]));
}

/** Tells whether a field is known to have no fields of its own. */
const isOfValues = ({ fields }: LookDocument, path: string) =>
  Object.hasOwn(fields, path) && !Object.keys(fields).some((each) => each.startsWith(`${path}.`));

/** Returns the path of a column in its table. A column of an outer row is named `parks/name`. */
const pathOf = (table: string, column: string) =>
  column.includes('/') ? column.replace('/', '.') : `${table}.${column.replace(/ \(count\)$/, '')}`;

function listTable(
  table: AnswerTable,
  document: LookDocument,
  locale: Locale,
  named: ReadonlyMap<string, string>,
): LookTable {
  const names = table.columns.map(({ name }) => name);
  const fieldOf = (name: string) => fieldAt(document, pathOf(table.name, name));
  /** An id of something that another part of the answer names. */
  const refers = (name: string) =>
    fieldOf(name)?.type === 'ID' &&
    !isNamed(name, names) &&
    table.rows.some((row) => named.has(String(row[names.indexOf(name)])));
  // Pages of one list have their columns in one order, whatever their rows.
  const isWhole = table.totalCount === undefined && !table.hasNextPage && table.rows.length > 1;
  const isConstant = (index: number) => isWhole && table.rows.every((row) => row[index] === table.rows[0]?.[index]);
  /** Names come first, after those of an outer row; then figures, words that all rows have alike, and ids. */
  const placeOf = ({ name, index }: { readonly name: string; readonly index: number }) => {
    if (fieldOf(name)?.type === 'ID' && !refers(name)) return 3;
    if (NAMES.has(name)) return 0;
    if (!table.columns[index]?.numeric && isConstant(index)) return 2;
    return name.includes('/') ? 0 : 1;
  };
  const shown = names
    .flatMap((name, index) =>
      isSuppression(name, names) || isWordedBeside(name, names) || name === ROW_REASON ? [] : [{ name, index }],
    )
    .toSorted((one, two) => placeOf(one) - placeOf(two));
  const columns = shown.map(({ name, index }): LookColumn & { field: LookField | undefined; reason: number } => {
    const field = fieldOf(name);
    const isCount = name.endsWith(' (count)') || (field === undefined && table.columns[index]?.numeric);
    return {
      path: name,
      label:
        name === 'id' && refers(name)
          ? lastLabel(table.name, document, locale)
          : columnLabel(name, table.name, document, locale),
      description: descriptionOf(name, field, fieldOf(name.replace(/\.[^.]+$/, ''))),
      kind: isCount ? 'number' : kindOf(field),
      field,
      reason: names.indexOf(reasonOf(name) || ROW_REASON),
    };
  });
  const rows = table.rows.map((row) =>
    shown.map(({ index }, column) => {
      const { field, kind, reason } = columns[column] ?? { field: undefined, kind: 'text' as const, reason: -1 };
      const cell = cellOf(row[index] ?? null, reason < 0 ? null : (row[reason] ?? null), { field, kind, locale });
      const name = refers(shown[column]?.name ?? '') ? named.get(cell.text) : undefined;
      return name === undefined ? cell : { ...cell, text: name };
    }),
  );
  const fields = columns.map(({ field }) => field);
  return {
    name: table.name,
    label: pathLabel(table.name.split('.'), document, locale),
    columns: columns.map(({ path, label, description, kind }) => ({ path, label, description, kind })),
    rows,
    counts: fields.flatMap((field, column) => (field?.type === 'Int' && COUNTS.has(field.name) ? [column] : [])),
    sums: table.hasNextPage ? undefined : sumsOf(rows, fields),
    totalCount: table.totalCount,
    hasNextPage: table.hasNextPage,
  };
}

/** Returns the names of an answer's objects by their ids. */
export function namesIn(data: unknown, found: Map<string, string> = new Map()): ReadonlyMap<string, string> {
  if (typeof data !== 'object' || data === null) return found;
  const { id, name, title }: { id?: unknown; name?: unknown; title?: unknown } = data;
  const own = name ?? title;
  if (typeof id === 'string' && typeof own === 'string') found.set(id, own);
  for (const part of Object.values(data)) namesIn(part, found);
  return found;
}

/** Tells whether the name of what an id identifies is in a column beside it. */
function isNamed(id: string, columns: readonly string[]): boolean {
  if (!/(^|[./])id$/.test(id)) return false;
  const beside = ['name', 'title', 'code', 'uscc'].map((name) => id.replace(/id$/, name));
  return (
    beside.some((name) => columns.includes(name)) ||
    (id === 'id' && columns.some((name) => !name.includes('/') && name !== 'id'))
  );
}

/** Returns the definition of a column. A part of a figure is told by the figure's own definition too. */
function descriptionOf(name: string, field: LookField | undefined, figure: LookField | undefined): string | null {
  const own = field?.description ?? null;
  const whole = name.includes('.') && own !== null && figure?.description ? `${figure.description} ${own}` : own;
  return whole?.replaceAll('\n', ' ') ?? null;
}

/** Fields that tell people what a row is of. */
const NAMES = new Set(['name', 'title']);
/** Values outside lists that the page itself tells or uses. */
const NOT_SHOWN = new Set(['totalCount', 'endCursor']);
/** Counts of people and enterprises, of which each is in one row alone. */
const ADDED = new Set(['numerator', 'denominator', 'value', 'staff']);
/** Counts that rows are compared by. Places of a school and seats of a canteen are compared, and not added. */
const COUNTS = new Set([...ADDED, 'capacity', 'reserved', 'placesTaken', 'placesFree']);
/** Rows by one of these tell of the same things again: an enterprise needs several goods. */
const REPEATED_BY = new Set(['Date', 'DateTime']);
const REPEATED_BY_NAME = new Set(['revision', 'goodsCode']);

/** Returns the sums of columns whose counts are all told; undefined where rows tell of the same things more than once. */
function sumsOf(rows: readonly (readonly LookCell[])[], fields: readonly (LookField | undefined)[]): LookTable['sums'] {
  const isRepeated = fields.some((field) => field && (REPEATED_BY.has(field.type) || REPEATED_BY_NAME.has(field.name)));
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
      { path: 'field', label: labelOf('field', locale), description: null, kind: 'text' },
      { path: 'value', label: labelOf('content', locale), description: null, kind: 'text' },
    ],
    rows: withoutSharedParts(
      table.rows.flatMap(([, value = null], index) => {
        const name = names[index] ?? '';
        const field = fieldAt(document, name);
        if (isSuppression(name, names) || isWordedBeside(name, names)) return [];
        if (field?.type === 'ID' || NOT_SHOWN.has(field?.name ?? '')) return [];
        const reason = table.rows[names.indexOf(reasonOf(name))]?.[1] ?? null;
        const path = name.endsWith('.value') ? name.slice(0, -'.value'.length) : name;
        return [
          [
            text(pathLabel(path.split('.'), document, locale)),
            cellOf(value, reason, { field, kind: kindOf(field), locale }),
          ],
        ];
      }),
    ),
    counts: [],
    sums: undefined,
    totalCount: undefined,
    hasNextPage: false,
  };
}

/** Returns rows of values without the parts that all their names begin with: of one park, nothing says so again. */
function withoutSharedParts(rows: readonly (readonly LookCell[])[]): readonly (readonly LookCell[])[] {
  const parts = rows.map(([name]) => name?.text.split(' · ') ?? []);
  const shared = sharedStart(parts);
  return rows.map(([, ...rest], at) => {
    const text = parts[at]?.slice(shared).join(' · ') ?? '';
    return [{ text, value: text, isKeptBack: false }, ...rest];
  });
}

/** Returns how many parts several names begin with alike. Each keeps one part at least. */
export function sharedStart(names: readonly (readonly string[])[]): number {
  const most = names.length > 1 ? Math.min(...names.map(({ length }) => length)) - 1 : 0;
  const differing = Array.from({ length: most }).findIndex((_, at) =>
    names.some((name) => name[at] !== names[0]?.[at]),
  );
  return differing < 0 ? most : differing;
}

/** The column that says why the empty cells of its row are kept back. */
const ROW_REASON = 'suppressed';
/** The column that says why the count of another is kept back. */
const reasonOf = (name: string) => (name.endsWith('value') ? name.replace(/value$/, 'suppressed') : '');
const isSuppression = (name: string, all: readonly string[]) =>
  /(^|\.)suppressed$/.test(name) && all.includes(name.replace(/suppressed$/, 'value'));

/** Tells whether another column has the words of a code: `stateLabel` has those of `state`. */
const isWordedBeside = (name: string, all: readonly string[]) => all.includes(`${name}Label`);

/** Returns the heading of a column: the names on its way from the row, or from the outer row that it is of. */
function columnLabel(name: string, table: string, document: LookDocument, locale: Locale): string {
  const [outer, inner] = name.includes('/') ? name.split('/', 2) : [table, name];
  const parts = (inner ?? '')
    .replace(/ \(count\)$/, '')
    .replace(/\.value$/, '')
    .split('.');
  const path = [...(outer ?? '').split('.'), ...parts];
  const own = parts.map((_, index) =>
    pathPart(path.slice(0, path.length - parts.length + index + 1), document, locale),
  );
  return [...(name.includes('/') ? [lastLabel(outer ?? '', document, locale)] : []), ...own].join(' · ');
}

/** Returns the heading of the last part of a path. */
const lastLabel = (path: string, document: LookDocument, locale: Locale) => pathPart(path.split('.'), document, locale);

/** Returns the headings of all parts of a path. */
const pathLabel = (path: readonly string[], document: LookDocument, locale: Locale) =>
  path.map((_, index) => pathPart(path.slice(0, index + 1), document, locale)).join(' · ');

function pathPart(path: readonly string[], document: LookDocument, locale: Locale): string {
  const field = fieldAt(document, path.join('.'));
  const part = path.at(-1) ?? '';
  return labelOf(field && field.name !== part && !hasLabel(part) ? field.name : part, locale, field?.type, path.at(-2));
}

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
