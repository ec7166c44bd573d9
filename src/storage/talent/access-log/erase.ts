import { erasureBatch } from '../../../domain/access-log/batch.ts';
import { rootOf } from '../../../domain/access-log/check.ts';
import { ACCESS_LOG_LANES } from '../../../domain/access-log/entry.ts';
import { type AccessErasure, type AccessLeaf, partDigest } from '../../../domain/access-log/part.ts';
import { ulidOfName, ulidTime } from '../../../domain/ids.ts';
import { backOff } from '../../dynamodb/backoff.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { QueryCommand } from '../../dynamodb/client/dynamo.ts';
import { rangeInput, readRange } from '../../dynamodb/read.ts';
import { sendRead } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, transact } from '../../dynamodb/transaction.ts';
import { attributeIs, exists, isNew, put, remove } from '../../dynamodb/write.ts';
import { accessLogKeys } from '../../tables.ts';
import { completedEnd, contended } from './batch-entries.ts';
import { batchWaiting } from './batch-waiting.ts';
import {
  batchItem,
  type ErasingItem,
  erasedPartItem,
  erasingItem,
  type FrameItem,
  frameOf,
  type PartItem,
  type PersonLogItem,
  partOf,
  personLogItem,
} from './items.ts';
import { forEachOf, putWhere } from './write-new.ts';

/**
 * Erases the contents of a person's log and its link to the person, unless the log began after the erasure. A later log
 * is about a person who returned, or about the rest of their cases. A batch in each lane states the number of the log's
 * earlier leaves and their root. The hashes stay and remain valid. A repeated call continues an interrupted one.
 * @returns the number of erased parts
 * @throws CodedError CONFLICT where other calls make batches at the same time until the deadline
 */
export async function eraseAccessLog(table: Table, person: string, erasedAt: Date): Promise<number> {
  await batchWaiting(table, null);
  const { pk: partition } = accessLogKeys.ofPerson(person);
  const items = await readRange<PersonLogItem | ErasingItem>(table, { partition, consistent: true });
  const erasing = items.filter((item) => item.type === 'ErasingLog');
  const open = items.find((item) => item.type === 'PersonLog');
  if (open && !open.closed && (await beganBy(table, open.log, erasedAt))) {
    erasing.push(await closeLog(table, person, open.log, erasedAt));
  }
  let erased = 0;
  for (const item of erasing) erased += await eraseLog(table, person, item);
  return erased;
}

async function beganBy(table: Table, log: string, instant: Date): Promise<boolean> {
  const range = { partition: accessLogKeys.part(log, '').pk, consistent: true };
  const command = new QueryCommand({ ...rangeInput(table, range), Limit: 1 });
  const { Items = [] } = await sendRead(table, (send) => table.dynamo.send(command, send));
  return (Items as PartItem[]).every(({ sk }) => ulidTime(sk) <= instant.getTime());
}

/** Closes a log. Later entries about the person go into another log. */
async function closeLog(table: Table, person: string, log: string, now: Date): Promise<ErasingItem> {
  const item = erasingItem(person, { log, at: now.toISOString(), isCounted: false });
  const outcome = await transact(table, [
    put(personLogItem(person, log, true), { when: attributeIs('log', log), otherwise: STALE }),
    put(item, { when: isNew, otherwise: STALE }),
  ]);
  if (!outcome.committed) throw contended();
  return item;
}

async function eraseLog(table: Table, person: string, erasing: ErasingItem): Promise<number> {
  const { log, at, isCounted } = erasing;
  if (!isCounted) {
    for (const lane of ACCESS_LOG_LANES) await countErased(table, lane, log, at);
    await putWhere(table, erasingItem(person, { log, at, isCounted: true }), exists);
  }
  const said = (await readParts(table, log)).filter((part) => part.said !== null);
  await forEachOf(said, (part) => putWhere(table, erasedPartItem(part), exists));
  await transact(table, [remove(accessLogKeys.erasing(person, log))]);
  // The record may name another log by now, which stays.
  await transact(table, [remove(accessLogKeys.ofPerson(person), { when: attributeIs('log', log), otherwise: STALE })]);
  return said.length;
}

/** Appends the erasure to a lane. A batch that another instance is making meanwhile is made again, without the log. */
async function countErased(table: Table, lane: number, log: string, at: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const last = await completedEnd(table, lane);
    const leaves = await leavesOfLog(table, lane, log);
    const erasure: AccessErasure = { log, count: leaves.length, root: rootOf(leaves), at };
    const id = ulidOfName(`${log} ${lane}`, Date.parse(at));
    if (await putWhere(table, batchItem(erasureBatch(last, id, erasure)))) return;
    if (!(await backOff(table, attempt))) throw contended();
  }
}

async function leavesOfLog(table: Table, lane: number, log: string): Promise<AccessLeaf[]> {
  const parts = (await readParts(table, log))
    .filter((part) => part.lane === lane)
    .toSorted((a, b) => a.batch - b.batch || a.index - b.index);
  const frames = await batchRead<FrameItem>(
    table,
    parts.map(({ sk }) => accessLogKeys.entry(sk)),
    { consistent: true },
  );
  return parts.flatMap((item, i) => {
    const [part, frame] = [partOf(item), frames[i]];
    return part && frame ? [{ log, entry: part.entry, digest: partDigest(part, frameOf(frame)) }] : [];
  });
}

export function readParts(table: Table, log: string): Promise<PartItem[]> {
  return readRange<PartItem>(table, { partition: accessLogKeys.part(log, '').pk, consistent: true });
}
