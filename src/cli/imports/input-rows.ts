import {
  coerceInputValue,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql';
import { CodedError } from '../../errors.ts';
import { decodeText, readCsvRows } from '../../local/csv-rows.ts';

/** One row of a file as a value of the mutation's input, and the line that it begins in. */
export interface InputRow {
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
  /** The row as the file has it: the cells of a CSV, or the text of a JSONL line. */
  readonly source: readonly string[] | string;
}

/** The rows of a file. */
export interface InputFile {
  /** The names in a CSV's first line; null for JSONL. */
  readonly columns: readonly string[] | null;
  readonly rows: readonly InputRow[];
}

/** Columns and members that the import itself writes begin so. They are no fields of the input. */
export const NOTE_MARK = '#';

/** A mutation that a file is sent to. */
export interface ImportTarget {
  readonly mutation: string;
  readonly inputType: GraphQLInputObjectType;
  /** The list field of the input whose items the rows are; null where each row is an input of its own. */
  readonly rows: string | null;
  /** The type that one row has. */
  readonly rowType: GraphQLInputObjectType;
  /** True if the payload has a result for each row. */
  readonly hasRowResults: boolean;
}

/**
 * Finds a mutation and the type of its rows in the public schema.
 * @param rows the input's list field whose items the rows are; null where each row is an input of its own
 * @throws CodedError CONFIGURATION for a mutation or a field that does not exist
 */
export function importTarget(schema: GraphQLSchema, mutation: string, rows: string | null): ImportTarget {
  const field = schema.getMutationType()?.getFields()[mutation];
  const inputType = field?.args.find(({ name }) => name === 'input')?.type;
  const named = inputType && getNamedType(inputType);
  if (!isInputObjectType(named)) throw new CodedError('CONFIGURATION', `There is no mutation ${mutation}.`);
  const payload = field && getNamedType(field.type);
  const ofRows = isObjectType(payload) ? payload.getFields().rows : undefined;
  const rowResult = ofRows && getNamedType(ofRows.type);
  const hasRowResults = isObjectType(rowResult) && 'userErrors' in rowResult.getFields();
  const target = { mutation, inputType: named, rows, hasRowResults };
  if (rows === null) return { ...target, rowType: named };
  const list = named.getFields()[rows]?.type;
  const rowType = list && isListType(getNullableType(list)) ? getNamedType(list) : undefined;
  if (!isInputObjectType(rowType)) {
    throw new CodedError('CONFIGURATION', `The input of ${mutation} has no list ${rows}.`);
  }
  return { ...target, rowType };
}

/**
 * Reads the rows of a file. A `.jsonl` file has one JSON object a line. Any other file is a CSV whose first line names
 * input fields, nested ones as `name.zh`; a cell of a list or an object may be JSON. An empty cell leaves its field out.
 * A row whose input has a `line` gets that of the file. Columns and members that begin with `#` are left out.
 * @throws CodedError BAD_USER_INPUT for a file of another form, and for a column that the input does not have
 */
export function readInputFile(file: string, bytes: Uint8Array, rowType: GraphQLInputObjectType): InputFile {
  const text = decodeText(bytes);
  const numbered = 'line' in rowType.getFields();
  const withLine = (row: InputRow): InputRow => (numbered ? { ...row, value: { line: row.line, ...row.value } } : row);
  if (file.endsWith('.jsonl')) return { columns: null, rows: readJsonLines(text).map(withLine) };
  const [header, ...rows] = readCsvRows(text);
  const names = (header?.cells ?? []).map((name) => name.trim());
  const columns = names.map((name) => ({ name, type: typeAt(rowType, name.split('.')) }));
  const unknown = columns.filter(({ name, type }) => type === undefined && !name.startsWith(NOTE_MARK));
  if (unknown.length > 0) {
    const list = unknown.map(({ name }) => name).join(', ');
    throw new CodedError('BAD_USER_INPUT', `${rowType.name} has no field ${list}.`);
  }
  const read = rows.map(({ line, cells }) => {
    const value: Record<string, unknown> = {};
    for (const [i, { name, type }] of columns.entries()) {
      const cell = cells[i]?.trim() ?? '';
      if (cell !== '' && type) setAt(value, name.split('.'), cellValue(cell, type, line));
    }
    return withLine({ line, value, source: cells });
  });
  return { columns: names, rows: read };
}

function readJsonLines(text: string): InputRow[] {
  return text.split(/\r?\n/).flatMap((source, i) => {
    if (source.trim() === '') return [];
    const members = Object.entries(parseJson(source, i + 1) as object);
    return [
      { line: i + 1, value: Object.fromEntries(members.filter(([name]) => !name.startsWith(NOTE_MARK))), source },
    ];
  });
}

function parseJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CodedError('BAD_USER_INPUT', `Line ${line} is no JSON.`);
  }
}

function typeAt(type: GraphQLInputType, [name = '', ...rest]: readonly string[]): GraphQLInputType | undefined {
  const object = getNullableType(type);
  const field = isInputObjectType(object) ? object.getFields()[name]?.type : undefined;
  return field && rest.length > 0 ? typeAt(field, rest) : field;
}

/** Returns a cell's text as a value of its type. Values of custom scalars and enums are texts. */
function cellValue(cell: string, type: GraphQLInputType, line: number): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable) || isInputObjectType(nullable)) return parseJson(cell, line);
  if (nullable.name === 'Int' || nullable.name === 'Float') return Number.isNaN(Number(cell)) ? cell : Number(cell);
  if (nullable.name === 'Boolean') return cell === 'true' ? true : cell === 'false' ? false : cell;
  return cell;
}

function setAt(object: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) object[name] = value;
  else {
    object[name] ??= {};
    setAt(object[name] as Record<string, unknown>, rest, value);
  }
}

/** Returns what is wrong with a row by its type, e.g. a required field that is missing; nothing where it fits. */
export function faultsOfRow(row: InputRow, type: GraphQLInputObjectType, given: object = {}): RowFault[] {
  const faults: RowFault[] = [];
  coerceInputValue({ ...given, ...row.value }, type, (path, _, error) => {
    faults.push({ column: path.length === 0 ? null : path.join('.'), message: error.message });
  });
  return faults;
}

/** Why a row is refused. */
export interface RowFault {
  /** The column or member that is meant, e.g. `name.zh`; null for the whole row. */
  readonly column: string | null;
  readonly message: string;
}
