import {
  coerceInputValue,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { CodedError } from '../../errors.ts';
import { decodeText, readCsvRows } from './rows.ts';

/** One row of a file as a value of the mutation's input, and the line that it begins in. */
export interface InputRow {
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A mutation that a file is sent to. */
export interface ImportTarget {
  readonly mutation: string;
  readonly inputType: GraphQLInputObjectType;
  /** The type that one row has: the input itself, or an item of its list `rows`. */
  readonly rowType: GraphQLInputObjectType;
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
  if (rows === null) return { mutation, inputType: named, rowType: named };
  const list = named.getFields()[rows]?.type;
  const rowType = list && isListType(getNullableType(list)) ? getNamedType(list) : undefined;
  if (!isInputObjectType(rowType)) {
    throw new CodedError('CONFIGURATION', `The input of ${mutation} has no list ${rows}.`);
  }
  return { mutation, inputType: named, rowType };
}

/**
 * Reads the rows of a file. A `.jsonl` file has one JSON object a line. Any other file is a CSV whose first line names
 * input fields, nested ones as `name.zh`; a cell of a list or an object may be JSON. An empty cell leaves its field out.
 * @throws CodedError BAD_USER_INPUT for a file of another form, and for a column that the input does not have
 */
export function readInputRows(file: string, bytes: Uint8Array, rowType: GraphQLInputObjectType): InputRow[] {
  const text = decodeText(bytes);
  if (file.endsWith('.jsonl')) return readJsonLines(text);
  const [header, ...rows] = readCsvRows(text);
  const columns = (header?.cells ?? []).map((name) => ({ name, type: typeAt(rowType, name.trim().split('.')) }));
  const unknown = columns.filter(({ type }) => type === undefined).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new CodedError('BAD_USER_INPUT', `${rowType.name} has no field ${unknown.join(', ')}.`);
  }
  return rows.map(({ line, cells }) => {
    const value: Record<string, unknown> = {};
    for (const [i, { name, type }] of columns.entries()) {
      const cell = cells[i]?.trim() ?? '';
      if (cell !== '' && type) setAt(value, name.trim().split('.'), cellValue(cell, type, line));
    }
    return { line, value };
  });
}

function readJsonLines(text: string): InputRow[] {
  return text.split(/\r?\n/).flatMap((content, i) => {
    if (content.trim() === '') return [];
    return [{ line: i + 1, value: parseJson(content, i + 1) as Record<string, unknown> }];
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

/** Returns what is wrong with an input by its type, e.g. a required field that is missing; nothing where it fits. */
export function faultsOfInput(input: unknown, type: GraphQLInputObjectType): string[] {
  const faults: string[] = [];
  coerceInputValue(input, type, (path, _, error) => {
    faults.push(path.length === 0 ? error.message : `${path.join('.')}: ${error.message}`);
  });
  return faults;
}
