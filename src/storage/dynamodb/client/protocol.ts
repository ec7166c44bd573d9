/** DynamoDB's JSON protocol 1.0: calls as bodies of requests, answers and failures from bodies of responses. */
import { readItem, type WireItem, writeItem } from './attribute-values.ts';
import type { Command, Operation } from './commands.ts';
import { type CancellationReason, ConnectionError, StoreError } from './store-error.ts';

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
  return new StoreError(name, message ?? Message ?? `DynamoDB answers ${status}.`, {
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
