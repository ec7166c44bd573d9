import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { PrimaryKey } from '../../tables/key.ts';
import { batchRead } from '../batch.ts';
import { readItem, readRange, scanPage } from '../read.ts';
import type { Table } from '../table.ts';
import { transact } from '../transaction.ts';
import { put, remove } from '../write.ts';
import type { RebuildLock } from './lock.ts';

/** Pages between two stored states: a state may be as large as what was read. */
const PAGES_A_STATE = 20;
/** Bytes of a state in one item, less than DynamoDB's 400 KB. */
const MAX_CHUNK_BYTES = 300_000;

/** A pass over a table that adds up all items of some types. */
export interface Fold<Item extends { readonly type: string }, State> {
  /** Names the stored states; change it with the state's shape. */
  readonly name: string;
  readonly types: readonly Item['type'][];
  /** The state before the first page. States are plain JSON. */
  readonly initial: State;
  readonly step: (state: State, page: readonly Item[]) => Promise<State> | State;
  readonly lock: RebuildLock;
  /** Called after each page with the number of items that DynamoDB read for it. */
  readonly onRead?: (items: number) => void;
  readonly itemsAPage?: number;
}

/** The position of a fold, and the chunks of its state there. */
interface PositionItem extends PrimaryKey {
  readonly type: 'RebuildPosition';
  /** The last key that was read; null once the pass is complete. */
  readonly after: PrimaryKey | null;
  /** Number of the state, and of its chunks. */
  readonly state: number;
  readonly chunks: number;
}

interface ChunkItem extends PrimaryKey {
  readonly type: 'RebuildState';
  readonly bytes: Uint8Array;
}

const positionKey = (name: string): PrimaryKey => ({ pk: 'REBUILD', sk: `POSITION#${name}` });
const chunkKey = (name: string, state: number, chunk: number): PrimaryKey => ({
  pk: 'REBUILD',
  sk: `STATE#${name}#${state}#${chunk}`,
});

/**
 * Folds all items into a state. Every `PAGES_A_STATE` pages the state is stored with its position. A fold whose lock was
 * taken over from a dead one goes on there. `forget` deletes what is stored, once the result is written.
 */
export async function foldPages<Item extends { readonly type: string }, State>(
  table: Table,
  { name, types, initial, step, lock, onRead = () => {}, itemsAPage }: Fold<Item, State>,
): Promise<{ readonly state: State; readonly forget: () => Promise<void> }> {
  const forget = () => forgetStates(table, name);
  // Without a dead predecessor, consumers may have counted since the position was stored.
  if (!lock.isTakenOver) await forget();
  const stored = await readItem<PositionItem>(table, positionKey(name), { consistent: true });
  let state = stored ? await readState<State>(table, name, stored) : initial;
  let position = stored;
  let after = stored?.after ?? undefined;
  for (let pages = 1; position?.after !== null; pages++) {
    await lock.renew();
    const page = await scanPage<Item>(table, types, { after, ...(itemsAPage && { itemsAPage }) });
    state = await step(state, page.items);
    onRead(page.scanned);
    after = page.after;
    if (after !== undefined && pages % PAGES_A_STATE !== 0) continue;
    position = await storeState(table, name, { state, after: after ?? null, number: (position?.state ?? 0) + 1 });
  }
  return { state, forget };
}

async function readState<State>(table: Table, name: string, { state, chunks }: PositionItem): Promise<State> {
  const keys = Array.from({ length: chunks }, (_, i) => chunkKey(name, state, i));
  const items = await batchRead<ChunkItem>(table, keys, { consistent: true });
  const bytes = Buffer.concat(items.map((item) => item?.bytes ?? new Uint8Array()));
  return JSON.parse((await promisify(brotliDecompress)(bytes)).toString());
}

interface Reached {
  readonly state: unknown;
  readonly after: PrimaryKey | null;
  readonly number: number;
}

/** A state of 1.5 MB takes 17 ms at this quality, and 1,280 ms at the default one, for two thirds of the bytes. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Stores the chunks before the position that names them, so that the position always names a whole state. */
async function storeState(table: Table, name: string, { state, after, number }: Reached): Promise<PositionItem> {
  const bytes = await promisify(brotliCompress)(JSON.stringify(state), QUALITY);
  const chunks = Math.ceil(bytes.length / MAX_CHUNK_BYTES);
  for (let i = 0; i < chunks; i++) {
    const part = bytes.subarray(i * MAX_CHUNK_BYTES, (i + 1) * MAX_CHUNK_BYTES);
    const chunk: ChunkItem = { ...chunkKey(name, number, i), type: 'RebuildState', bytes: part };
    await transact(table, [put<never>(chunk)]);
  }
  const position: PositionItem = { ...positionKey(name), type: 'RebuildPosition', after, state: number, chunks };
  await transact(table, [put<never>(position)]);
  return position;
}

async function forgetStates(table: Table, name: string): Promise<void> {
  await transact(table, [remove(positionKey(name))]);
  const range = { partition: 'REBUILD', sort: { beginsWith: `STATE#${name}#` }, consistent: true };
  for (const item of await readRange<PrimaryKey>(table, range)) await transact(table, [remove(item)]);
}
