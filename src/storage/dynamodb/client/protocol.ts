import type { Command, Operation } from './dynamo.ts';
import { type CancellationReason, ConnectionError, StoreError } from './store-error.ts';

/** DynamoDB's JSON protocol 1.0: calls as bodies of requests, answers and failures from bodies of responses. */

const NAMES: Readonly<Record<Operation, string>> = {
  BatchGet: 'BatchGetItem',
  BatchWrite: 'BatchWriteItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Query: 'Query',
  Scan: 'Scan',
  TransactWrite: 'TransactWriteItems',
  Update: 'UpdateItem',
};

/** Returns the header `x-amz-target` of a call. */
export function targetOf({ operation }: Command): string {
  return `DynamoDB_20120810.${NAMES[operation]}`;
}

/** Returns the body of a call. */
export function bodyOf({ input }: Command): string {
  return writeInput(input);
}

function writeInput(input: object): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined) parts.push(`"${name}":${writeParameter(name, value)}`);
  }
  return `{${parts.join()}}`;
}

function writeParameter(name: string, value: unknown): string {
  switch (name) {
    case 'Key':
    case 'Item':
    case 'ExclusiveStartKey':
    case 'ExpressionAttributeValues':
      return writeItem(value as object);
    case 'Keys':
      return `[${(value as object[]).map(writeItem).join()}]`;
    case 'RequestItems':
      return writeTables(value as Readonly<Record<string, object>>);
    case 'TransactItems':
      return `[${(value as Readonly<Record<string, object>>[]).map(writeRequest).join()}]`;
    default:
      return JSON.stringify(value);
  }
}

/** Writes the requests of each table: of a read, its keys; of a write, its puts and deletes. */
function writeTables(tables: Readonly<Record<string, object>>): string {
  const parts = Object.entries(tables).map(([table, requests]) => {
    const text = Array.isArray(requests) ? `[${requests.map(writeRequest).join()}]` : writeInput(requests);
    return `${JSON.stringify(table)}:${text}`;
  });
  return `{${parts.join()}}`;
}

/** Writes one write of several, e.g. `{"Put":{…}}`. */
function writeRequest(request: Readonly<Record<string, object | undefined>>): string {
  const parts = Object.entries(request).map(([name, input]) => (input ? `"${name}":${writeInput(input)}` : ''));
  return `{${parts.join()}}`;
}

/**
 * Returns the answer of a call from the body of its response.
 * @throws ConnectionError where the body is no JSON
 */
export function answerOf(body: string): object {
  const answer = parsed(body);
  for (const name in answer) readResult(name, answer);
  return answer;
}

function readResult(name: string, answer: WireItem): void {
  const value = answer[name];
  switch (name) {
    case 'Item':
    case 'Attributes':
    case 'LastEvaluatedKey':
      readItem(value as WireItem);
      break;
    case 'Items':
      (value as WireItem[]).forEach(readItem);
      break;
    case 'Responses':
      for (const items of Object.values(value as Readonly<Record<string, WireItem[]>>)) items.forEach(readItem);
      break;
    case 'UnprocessedKeys':
      for (const { Keys } of Object.values(value as Readonly<Record<string, { readonly Keys: WireItem[] }>>)) {
        Keys.forEach(readItem);
      }
      break;
    case 'UnprocessedItems':
      for (const requests of Object.values(value as Readonly<Record<string, UnprocessedWrite[]>>)) {
        for (const { PutRequest, DeleteRequest } of requests) readItem(PutRequest?.Item ?? DeleteRequest?.Key ?? {});
      }
  }
}

interface UnprocessedWrite {
  readonly PutRequest?: { readonly Item: WireItem };
  readonly DeleteRequest?: { readonly Key: WireItem };
}

function parsed(body: string): WireItem {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new ConnectionError('UNREADABLE', 'The answer of DynamoDB is not readable.', error);
  }
}

/** Returns the failure of a response with a status other than 200. A body that is no JSON has no exception's name. */
export function failureOf(status: number, body: string, date: string | undefined): StoreError {
  const { __type = '', message, Message, CancellationReasons, Item } = namedFailure(body);
  const name = __type.slice(__type.indexOf('#') + 1) || 'UnknownError';
  const answeredAt = date === undefined ? Number.NaN : Date.parse(date);
  return new StoreError(name, message ?? Message ?? `The service answers ${status}.`, {
    status,
    answeredAt: Number.isNaN(answeredAt) ? undefined : answeredAt,
    cancellationReasons: CancellationReasons,
    item: Item && readItem(Item),
  });
}

interface NamedFailure {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
  readonly CancellationReasons?: readonly CancellationReason[];
  readonly Item?: WireItem;
}

function namedFailure(body: string): NamedFailure {
  try {
    return JSON.parse(body) as NamedFailure;
  } catch {
    return {};
  }
}

/**
 * DynamoDB's attribute values as JSON, e.g. `{"S":"a"}`. They are written as text and read in place, each in one pass.
 * The JavaScript values are those of the SDK's document client without undefined values.
 */

/** An item, or one value of it, as parsed from JSON. */
export type WireItem = Record<string, unknown>;

/**
 * Returns an item's JSON. Properties that are undefined are left out.
 * @throws TypeError where a value has no attribute value, e.g. NaN, an empty set or an object with a class of its own
 */
export function writeItem(item: object): string {
  let text = '';
  for (const [name, value] of Object.entries(item)) {
    if (value === undefined || typeof value === 'function') continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${writeValue(value)}`;
  }
  return `{${text}}`;
}

function writeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `{"S":${JSON.stringify(value)}}`;
    case 'number':
      return `{"N":"${numberText(value)}"}`;
    case 'bigint':
      return `{"N":"${value}"}`;
    case 'boolean':
      return `{"BOOL":${value}}`;
    case 'object':
      return value === null ? '{"NULL":true}' : writeObject(value);
    default:
      throw new TypeError(`A ${typeof value} is no attribute value.`);
  }
}

/** Values of other realms have other classes, so that a class is known by its name. */
function writeObject(value: object): string {
  if (Array.isArray(value)) return `{"L":[${value.filter(isPresent).map(writeValue).join()}]}`;
  if (ArrayBuffer.isView(value)) return `{"B":"${base64(value)}"}`;
  const kind = Object.getPrototypeOf(value)?.constructor.name ?? 'Object';
  if (kind === 'Object') return `{"M":${writeItem(value)}}`;
  if (kind === 'Set') return writeSet([...(value as ReadonlySet<unknown>)].filter(isPresent));
  if (kind === 'Map') return `{"M":${writeItem(Object.fromEntries(value as ReadonlyMap<string, unknown>))}}`;
  throw new TypeError(`A ${kind} is no attribute value.`);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function';
}

function writeSet(members: readonly unknown[]): string {
  const first = members[0];
  if (typeof first === 'string') return `{"SS":${JSON.stringify(members)}}`;
  if (typeof first === 'number' || typeof first === 'bigint')
    return `{"NS":${JSON.stringify(members.map(numberText))}}`;
  if (ArrayBuffer.isView(first)) return `{"BS":${JSON.stringify(members.map(base64))}}`;
  throw new TypeError('A set has at least one member: texts, numbers or bytes.');
}

function numberText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value.toString();
  throw new TypeError(`${value} is no exact number. Give a bigint.`);
}

function base64(bytes: unknown): string {
  if (!ArrayBuffer.isView(bytes)) throw new TypeError('A set of bytes has other members, too.');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Turns a parsed item into JavaScript values, in place. */
export function readItem(item: WireItem): Record<string, unknown> {
  for (const name in item) item[name] = readValue(item[name] as WireItem);
  return item;
}

function readValue(value: WireItem): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return readNumber(value.N as string);
  if (value.M !== undefined) return readItem(value.M as WireItem);
  if (value.L !== undefined) return readList(value.L as WireItem[]);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.SS !== undefined) return new Set(value.SS as string[]);
  if (value.B !== undefined) return readBytes(value.B as string);
  if (value.NS !== undefined) return new Set((value.NS as string[]).map(readNumber));
  if (value.BS !== undefined) return new Set((value.BS as string[]).map(readBytes));
  throw new TypeError(`Unknown type of attribute value: ${Object.keys(value)}.`);
}

function readList(values: unknown[]): unknown[] {
  for (let i = 0; i < values.length; i++) values[i] = readValue(values[i] as WireItem);
  return values;
}

/** Integers beyond the safe ones are bigints. */
function readNumber(text: string): number | bigint {
  const number = Number(text);
  return Math.abs(number) > Number.MAX_SAFE_INTEGER ? BigInt(text) : number;
}

function readBytes(text: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(text, 'base64');
  return new Uint8Array(buffer, byteOffset, byteLength);
}
