import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { STORES, type StoreName } from '../../config.ts';
import { writeItem } from '../../storage/dynamodb/client/protocol.ts';
import { DATA_VERSION } from '../../storage/migrations/migrations.ts';
import { stampItem } from '../../storage/migrations/stamp.ts';
import type { PrimaryKey, TableNames } from '../../storage/tables.ts';
import { itemsOf } from './items.ts';
import type { Scale } from './scale.ts';
import type { SealedPersons } from './talent/sealed-persons.ts';

/** Characters written to the file at once. Memory holds a few such chunks. */
const CHUNK_LENGTH = 1 << 18;

function* linesInChunks(items: Iterable<PrimaryKey>, onItem: (item: PrimaryKey) => void): Generator<string> {
  let chunk = '';
  for (const item of items) {
    chunk += `${exportLine(item)}\n`;
    onItem(item);
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function* withFirst(first: string, rest: Iterable<string>): Generator<string> {
  yield first;
  yield* rest;
}

/** Returns the file of a table's lines, in a folder laid out as DynamoDB's exports to S3. */
export function exportFile(folder: string, tableName: string): string {
  return join(folder, tableName, 'data', 'items.json');
}

/**
 * Writes the demo data as DynamoDB-JSON lines, one file per table, each with the stamp of its data version.
 * @param anchor the day that counts as today for pending cases
 */
export async function writeExport(
  folder: string,
  names: TableNames,
  scale: Scale,
  anchor: string,
  persons: SealedPersons,
  onItem: (item: PrimaryKey, store: StoreName) => void = () => {},
): Promise<void> {
  for (const store of STORES) {
    const file = exportFile(folder, names[store]);
    mkdirSync(dirname(file), { recursive: true });
    const chunks = linesInChunks(itemsOf(store, scale, anchor, persons), (item) => onItem(item, store));
    const stamp = `${exportLine(stampItem(DATA_VERSION))}\n`;
    await pipeline(Readable.from(withFirst(stamp, chunks)), createWriteStream(file));
  }
}

/** Returns an item as a line of an export to S3 (`DYNAMODB_JSON`): `{"Item":{…}}`, without the line's end. */
export function exportLine(item: object): string {
  return `{"Item":${writeItem(item)}}`;
}
