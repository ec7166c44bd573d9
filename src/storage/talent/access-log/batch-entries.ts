import { randomBytes } from 'node:crypto';
import { type AccessBatch, laneStart, leavesOf, nextBatch } from '../../../domain/access-log/batch.ts';
import { type AccessEntry, laneOf } from '../../../domain/access-log/entry.ts';
import { LOG_NAME_BYTES, partDigest, partsOf } from '../../../domain/access-log/part.ts';
import { CodedError } from '../../../errors.ts';
import { backOff } from '../../dynamodb/backoff.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { QueryCommand } from '../../dynamodb/client/dynamo.ts';
import { rangeInput } from '../../dynamodb/read.ts';
import { sendRead } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { and, attributeIs, isNew } from '../../dynamodb/write.ts';
import { accessLogKeys } from '../../tables.ts';
import {
  type BatchItem,
  batchItem,
  entryOf,
  type FrameItem,
  frameItem,
  type PersonLogItem,
  partItem,
  personLogItem,
  type WaitingItem,
} from './items.ts';
import { deleteItem, forEachOf, putWhere } from './write-new.ts';

/** An entry to be batched, with the seed of its parts' salts. */
interface Waiting {
  readonly entry: AccessEntry;
  readonly seed: string;
}

/**
 * Puts entries into batches, each once, however often and in any order they come. A batch is written on condition that
 * it is the next of its lane. Then its contents are written, and its waiting entries deleted. The rest of a lane's last
 * batch that a crash left is completed first, so an entry with a frame is already in a batch.
 * @returns the ids of malformed entries; all others are batched
 * @throws CodedError CONFLICT where other calls make batches of the same lane until the deadline. Some entries may be
 * batched by then; call it again with all.
 */
export async function batchEntries(table: Table, items: readonly WaitingItem[]): Promise<readonly string[]> {
  const sound = [...new Map(items.filter(isSound).map((item) => [item.sk, item])).values()];
  const waiting = sound.map((item) => ({ entry: entryOf(item), seed: item.seed }));
  for (const [lane, ofLane] of Map.groupBy(waiting, ({ entry }) => laneOf(entry.id))) {
    await batchLane(table, lane, ofLane);
  }
  return items.filter((item) => !isSound(item)).map(({ sk }) => String(sk));
}

/** Returns whether an item is a well-formed entry. A malformed one must not block the others. */
function isSound(item: WaitingItem): boolean {
  try {
    const { id, viewer, subjects, cases, views } = entryOf(item);
    const isNamed = [id, viewer.kind, item.seed, ...subjects].every((text) => typeof text === 'string' && text !== '');
    return isNamed && id.length === 26 && subjects.length > 0 && cases.every(({ view }) => views[view] !== undefined);
  } catch {
    return false;
  }
}

async function batchLane(table: Table, lane: number, waiting: readonly Waiting[]): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const last = await completedEnd(table, lane);
    const keys = waiting.map(({ entry }) => accessLogKeys.entry(entry.id));
    const frames = await batchRead<FrameItem>(table, keys, { consistent: true });
    const batched = waiting.filter((_, i) => frames[i]);
    await forEachOf(batched, ({ entry }) => deleteItem(table, accessLogKeys.waiting(lane, entry.id)));
    const fresh = waiting.filter((_, i) => !frames[i]).toSorted((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
    if (fresh.length === 0) return;
    const logs = await logsOf(
      table,
      fresh.flatMap(({ entry }) => entry.subjects),
    );
    const entries = fresh.map(({ entry, seed }) => {
      const names = entry.subjects.map((person) => logs.get(person) ?? '');
      const leaves = partsOf(entry, seed, names).map((part) => ({
        log: part.log,
        entry: entry.id,
        digest: partDigest(part, entry),
      }));
      return { id: entry.id, leaves };
    });
    const batch = nextBatch(last, entries);
    if (await putWhere(table, batchItem(batch))) return writeContents(table, batch, fresh);
    if (!(await backOff(table, attempt))) throw contended();
  }
}

export function contended(): CodedError {
  return new CodedError('CONFLICT', 'Other requests are writing the same items. Try again in a moment.');
}

/** Returns the last batch of a lane, after its contents are completely written. */
export async function completedEnd(table: Table, lane: number): Promise<Pick<AccessBatch, 'lane' | 'number' | 'hash'>> {
  const last = await lastBatch(table, lane);
  if (!last) return { lane, number: 0, hash: laneStart(lane) };
  const keys = last.entries.map((entry) => accessLogKeys.waiting(lane, entry));
  const left = (await batchRead<WaitingItem>(table, keys, { consistent: true })).flatMap((item) => item ?? []);
  if (left.length > 0) {
    await writeContents(
      table,
      last,
      left.map((item) => ({ entry: entryOf(item), seed: item.seed })),
    );
  }
  return last;
}

async function lastBatch(table: Table, lane: number): Promise<BatchItem | null> {
  const range = { partition: accessLogKeys.batch(lane, 0).pk, backwards: true, consistent: true };
  const command = new QueryCommand({ ...rangeInput(table, range), Limit: 1 });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  return ((answer.Items ?? []) as BatchItem[])[0] ?? null;
}

/** Writes a batch's contents: frames, then parts; then deletes its waiting entries. A repeated call changes nothing. */
async function writeContents(table: Table, batch: AccessBatch, waiting: readonly Waiting[]): Promise<void> {
  const places = new Map<string, { readonly index: number; readonly log: string }[]>();
  for (const [index, { entry, log }] of leavesOf(batch).entries()) {
    places.set(entry, [...(places.get(entry) ?? []), { index, log }]);
  }
  await forEachOf(waiting, ({ entry }) => putWhere(table, frameItem(entry)));
  const parts = waiting.flatMap(({ entry, seed }) => {
    const ofEntry = places.get(entry.id) ?? [];
    return partsOf(
      entry,
      seed,
      ofEntry.map(({ log }) => log),
    ).map((part, i) => partItem(part, { lane: batch.lane, batch: batch.number, index: ofEntry[i]?.index ?? 0 }));
  });
  await forEachOf(parts, (part) => putWhere(table, part));
  await forEachOf(waiting, ({ entry }) => deleteItem(table, accessLogKeys.waiting(batch.lane, entry.id)));
}

/** Returns the names of persons' logs, by person. Persons without a log, or with a closed one, get a new one. */
export async function logsOf(table: Table, persons: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(persons)];
  const read = () => batchRead<PersonLogItem>(table, distinct.map(accessLogKeys.ofPerson), { consistent: true });
  const found = await read();
  const without = distinct.flatMap((person, i) => {
    const item = found[i] ?? null;
    return item && !item.closed ? [] : [{ person, item }];
  });
  if (without.length === 0) return named(distinct, found);
  await forEachOf(without, ({ person, item }) => {
    const fresh = personLogItem(person, randomBytes(LOG_NAME_BYTES).toString('base64url'));
    return putWhere(table, fresh, item ? and(attributeIs('log', item.log), attributeIs('closed', true)) : isNew);
  });
  return named(distinct, await read());
}

function named(persons: readonly string[], items: readonly (PersonLogItem | null)[]): ReadonlyMap<string, string> {
  return new Map(persons.flatMap((person, i) => (items[i] ? [[person, items[i].log] as const] : [])));
}
