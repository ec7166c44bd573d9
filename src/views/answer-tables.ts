import Papa from 'papaparse';

/** A cell of a table. `null` is a null in the answer, or a field that this row's type lacks. */
export type Cell = string | number | boolean | null;

export interface Column {
  /**
   * The field's path within the row, e.g. `zone.name`; of an enclosing row `parks/name`; a nested list's length
   * `facilities (count)`.
   */
  readonly name: string;
  /** True if every value is a number or its text: then cells are right-aligned and sorted by value. */
  readonly numeric: boolean;
}

/** One list of an answer, or its values outside lists. Each row has one cell per column. */
export interface AnswerTable {
  /** The list's path in the answer, without `nodes` and `edges`, e.g. `park.enterprises`. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The connection's `totalCount`. */
  readonly totalCount?: number;
  /** True if the connection has more than this page. */
  readonly hasNextPage: boolean;
}

type Row = Map<string, Cell>;
type Json = Readonly<Record<string, unknown>>;

interface Collected {
  readonly rows: Row[];
  totalCount?: number;
  hasNextPage: boolean;
}

/** The name of the table for values outside lists. */
export const VALUES = 'Values';

/** Identifying fields of an outer row, which are repeated beside nested rows. */
const LABELS = ['id', 'code', 'uscc', 'receiptNumber', 'name', 'title', 'on'];
/** Fields of GraphQL itself, which are no data. */
const MACHINERY = new Set(['__typename', 'pageInfo']);
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;
/** Digits that a double holds exactly; longer runs of digits are identifiers. */
const MAX_DIGITS = 15;
/** Names of identifier columns, whose digits are no quantity. */
const IDENTIFIER = /(^|[./])(id|uscc)$|[cC]ode$/;

/** Tells whether a cell is a quantity: a number or its decimal text without a leading zero. */
export const isNumeric = (cell: Cell): boolean =>
  typeof cell === 'number' ||
  (typeof cell === 'string' && NUMBER.test(cell) && cell.replace(/[-.]/g, '').length <= MAX_DIGITS);

/**
 * Converts the lists of objects in an answer's `data` to tables, in the order of the answer. The values outside lists
 * follow as one table of names and values. A nested list is one table over all outer rows, each row labelled with its
 * outer row, which keeps the count. A connection's `nodes` or `edges` are its list.
 */
export function answerTables(data: unknown): AnswerTable[] {
  if (!isObject(data)) return [];
  const found = new Map<string, Collected>();
  const values: Row = new Map();
  readObject(data, [], values, new Map(), found, false);
  const tables = [...found].map(([name, list]) => toTable(name, list));
  if (values.size > 0) tables.push(valueTable(values));
  return tables;
}

/** Reads one object into `row`, nested objects by dotted names. Its lists become tables. */
function readObject(
  object: Json,
  path: string[],
  row: Row,
  outer: Row,
  found: Map<string, Collected>,
  inList: boolean,
) {
  const lists: { list: readonly unknown[]; parent: Json; path: string[] }[] = [];
  const flatten = (value: Json, prefix: string[]) => {
    for (const [key, field] of Object.entries(value)) {
      const name = [...prefix, key];
      if (MACHINERY.has(key)) continue;
      if (isRowList(field)) lists.push({ list: field, parent: value, path: name });
      else if (isObject(field)) flatten(field, name);
      else row.set(name.join('.'), toCell(field));
    }
  };
  flatten(object, []);
  const label = inList ? labelOf(path, row, outer) : outer;
  for (const { list, parent, path: at } of lists) {
    if (inList) row.set(`${at.join('.')} (count)`, list.length);
    readList(list, listPath([...path, ...at], list, parent), label, parent, found);
  }
}

function readList(list: readonly unknown[], path: string[], outer: Row, parent: Json, found: Map<string, Collected>) {
  const name = path.join('.');
  const table = found.get(name) ?? { rows: [], hasNextPage: false };
  found.set(name, table);
  if (typeof parent.totalCount === 'number') table.totalCount = (table.totalCount ?? 0) + parent.totalCount;
  if (isObject(parent.pageInfo) && parent.pageInfo.hasNextPage === true) table.hasNextPage = true;
  for (const item of list) {
    const row: Row = new Map(outer);
    table.rows.push(row);
    if (!isObject(item)) {
      if (item !== null) row.set('value', toCell(item));
      continue;
    }
    const { node, ...edge } = item;
    if (isObject(node)) {
      for (const [key, field] of Object.entries(edge)) if (!MACHINERY.has(key)) row.set(`edge.${key}`, toCell(field));
    }
    const own: Row = new Map();
    readObject(isObject(node) ? node : item, path, own, outer, found, true);
    for (const [key, cell] of own) row.set(key, cell);
  }
}

/** Returns a list's name in the answer. `nodes`, and `edges` with a `node`, get their connection's name. */
function listPath(path: string[], list: readonly unknown[], parent: Json): string[] {
  const last = path.at(-1);
  const isEdges = last === 'edges' && list.some((item) => isObject(item) && isObject(item.node));
  const isNodes = last === 'nodes' && !Array.isArray(parent.edges);
  return (isEdges || isNodes) && path.length > 1 ? path.slice(0, -1) : path;
}

/** Returns the cells that a nested row repeats from its outer rows. */
function labelOf(path: string[], row: Row, outer: Row): Row {
  const label: Row = new Map(outer);
  for (const key of LABELS) {
    const cell = row.get(key);
    if (cell !== undefined) label.set(`${path.join('.')}/${key}`, cell);
  }
  return label;
}

function toTable(name: string, { rows, totalCount, hasNextPage }: Collected): AnswerTable {
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))].filter(
    (name, _, all) =>
      !all.some((other) => isPartOf(other, name)) || rows.some((row) => (row.get(name) ?? null) !== null),
  );
  const columns = names.map((column) => {
    const present = rows.map((row) => row.get(column) ?? null).filter((cell) => cell !== null);
    return { name: column, numeric: present.length > 0 && !IDENTIFIER.test(column) && present.every(isNumeric) };
  });
  const cells = rows.map((row) => columns.map((column) => row.get(column.name) ?? null));
  return { name, columns, rows: cells, hasNextPage, ...(totalCount === undefined ? {} : { totalCount }) };
}

/** Tells whether a column belongs to an object or list that is null in some rows: its columns are then empty. */
const isPartOf = (column: string, name: string): boolean =>
  column.startsWith(`${name}.`) || column === `${name} (count)`;

function valueTable(values: Row): AnswerTable {
  const columns = [
    { name: 'field', numeric: false },
    { name: 'value', numeric: false },
  ];
  return { name: VALUES, columns, rows: [...values], hasNextPage: false };
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && !value.some((item) => typeof item === 'object')) return value.join('; ');
  return JSON.stringify(value);
}

/** Tells whether a list becomes a table: it holds objects, or is empty. */
const isRowList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && (value.length === 0 || value.some(isObject));

/** Tells whether a part of an answer is an object, and no list. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Order {
  /** Index of the column. */
  readonly column: number;
  readonly direction: 'ascending' | 'descending';
}

const collator = new Intl.Collator(['zh', 'ja', 'en'], { numeric: true });

/**
 * Returns the rows in the given order, else in the answer's own. Equal rows keep their places; nulls come last in both
 * directions.
 * @param isNumeric true for a column of quantities
 */
export function orderedRows<Row extends readonly { readonly value: Cell }[]>(
  rows: readonly Row[],
  order: Order | undefined,
  isNumeric: boolean,
): readonly Row[] {
  if (!order) return rows;
  const compare = isNumeric ? compareNumbers : compareTexts;
  const sign = order.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((rowA, rowB) => {
    const a = rowA[order.column]?.value ?? null;
    const b = rowB[order.column]?.value ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compare(a, b);
  });
}

/** Returns the order after a click on a column's head: ascending, then descending, then the answer's own. */
export function nextOrder(order: Order | undefined, column: number): Order | undefined {
  if (order?.column !== column) return { column, direction: 'ascending' };
  return order.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

const compareTexts = (a: Cell, b: Cell): number => collator.compare(String(a), String(b));
const compareNumbers = (a: Cell, b: Cell): number => Number(a) - Number(b);

/**
 * Text that a spreadsheet would run as a formula, also after spaces, tabs and line ends, and in full-width forms, which
 * it folds to narrow ones. A plain negative number is no formula.
 */
const FORMULA = /^(?!-\d+(\.\d+)?$)[\s\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * Formats a table as CSV: byte order mark, CRLF, quotes as in RFC 4180, a head of column names. Nulls are empty. A cell
 * that a spreadsheet would run gets a leading `'`.
 */
export function tableToCsv(names: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const fields = [...names];
  const data = rows.map((row) => [...row]);
  return `\uFEFF${Papa.unparse({ fields, data }, { newline: '\r\n', escapeFormulae: FORMULA })}`;
}

/** Returns the file's name: the operation's, then the list's. */
export function csvFileName(operationName: string | null, tableName: string): string {
  const name = [operationName, tableName].filter(Boolean).join('-');
  return `${name.replaceAll(/[^\w.-]+/g, '_')}.csv`;
}
