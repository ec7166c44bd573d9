import {
  type Anchor,
  anchorText,
  cutText,
  hashOfAnchor,
  type SignedAnchor,
} from '../../../domain/access-log/anchor.ts';
import {
  type AccessBatch,
  base64url,
  hashOfBatch,
  type LaneHead,
  laneStart,
} from '../../../domain/access-log/batch.ts';
import { ACCESS_LOG_LANES } from '../../../domain/access-log/entry.ts';
import { canonical } from '../../../domain/canonical.ts';
import { ulidTime } from '../../../domain/ids.ts';
import { type Anchors, anchorName, isAnchorName } from '../../access-log/anchors.ts';
import type { LogSigner } from '../../access-log/signing.ts';
import { QueryCommand } from '../../dynamodb/client/dynamo.ts';
import { rangeInput, readItem, readRange } from '../../dynamodb/read.ts';
import { sendRead } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { missingOrLess } from '../../dynamodb/write.ts';
import { accessLogKeys } from '../../tables.ts';
import {
  type AnchorNoteItem,
  anchorNoteItem,
  type BatchItem,
  type CutItem,
  cutItem,
  type RegisteredItem,
  registeredItem,
} from './items.ts';
import { deleteItem, forEachOf, putWhere } from './write-new.ts';

export interface Sealed {
  /** Number of batches added to the register. */
  readonly registered: number;
  /** Lanes that differ from their registered or anchored state. They stay unchanged. */
  readonly refused: readonly number[];
  /** Set where a new anchor was written. */
  readonly isAnchored: boolean;
  /** Number of lanes that can be cut further. */
  readonly cuttable: number;
}

interface Sealing {
  readonly signer: LogSigner;
  readonly anchors: Anchors;
  readonly now: Date;
  /** The instant before which entries may be deleted. */
  readonly keptSince: Date;
}

/**
 * Copies new batches into the register, signs the lanes' ends, and anchors them outside the table. Signs the cuts of
 * deletable parts. Without a change, it writes no anchor.
 */
export async function sealAccessLog(table: Table, { signer, anchors, now, keptSince }: Sealing): Promise<Sealed> {
  const last = await lastAnchor(table, anchors);
  const anchored = new Map((last?.anchor.heads ?? []).map((head) => [head.lane, head]));
  const heads: LaneHead[] = [];
  const refused: number[] = [];
  let registered = 0;
  for (const lane of ACCESS_LOG_LANES) {
    const before = anchored.get(lane);
    const found = await registerLane(table, lane, before);
    registered += found.registered;
    if (found.isBroken) refused.push(lane);
    const head = found.isBroken ? before : found.head;
    if (head && head.number > 0) heads.push(head);
  }
  const isAnchored = canonical(heads) !== canonical(last?.anchor.heads ?? []);
  if (isAnchored) await addAnchor(table, anchors, signer, { last, heads, at: now.toISOString() });
  let cuttable = 0;
  for (const head of heads)
    if (!refused.includes(head.lane)) cuttable += Number(await signCut(table, head, { signer, keptSince }));
  return { registered, refused, isAnchored, cuttable };
}

/** Returns whether the register continues a lane's anchored end. It may have been reset and continued from there. */
async function follows(table: Table, head: LaneHead, anchored: LaneHead): Promise<boolean> {
  if (head.number <= anchored.number) return head.number === anchored.number && head.hash === anchored.hash;
  const key = accessLogKeys.registered(anchored.lane, anchored.number);
  const item = await readItem<RegisteredItem>(table, key, { consistent: true });
  return item !== null && base64url(item.hash) === anchored.hash;
}

async function registerLane(table: Table, lane: number, anchored: LaneHead | undefined) {
  const cut = await readItem<CutItem>(table, accessLogKeys.cut(lane), { consistent: true });
  const last = await lastRegistered(table, lane);
  const start = last ?? { number: 0, hash: laneStart(lane) };
  const found = await readBatches(table, lane, Math.max(start.number, 1));
  const end = { lane, number: start.number, hash: base64url(start.hash) };
  const isPutBack = anchored !== undefined && !(await follows(table, end, anchored));
  const isLost = last !== null && last.number > (cut?.number ?? 0) && found[0]?.number !== last.number;
  let [number, hash, registered] = [start.number, start.hash, 0];
  let isBroken =
    isPutBack || isLost || (last !== null && found[0]?.number === last.number && !isSame(found[0].hash, last.hash));
  for (const batch of isBroken ? [] : found.filter((each) => each.number > start.number)) {
    isBroken = batch.number !== number + 1 || !isSame(hashOfBatch(hash, batch), batch.hash);
    if (isBroken) break;
    await putWhere(table, registeredItem(batch));
    registered += 1;
    [number, hash] = [batch.number, batch.hash];
  }
  return { head: { lane, number, hash: base64url(hash) }, registered, isBroken };
}

const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

async function lastRegistered(table: Table, lane: number): Promise<RegisteredItem | null> {
  const { pk: partition, sk: to } = accessLogKeys.registered(lane, 999_999_999);
  const range = { partition, sort: { from: '0', to }, backwards: true, consistent: true };
  const command = new QueryCommand({ ...rangeInput(table, range), Limit: 1 });
  const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
  return ((answer.Items ?? []) as RegisteredItem[])[0] ?? null;
}

/** Returns the batches of a lane from one number on, or up to another. */
export function readBatches(table: Table, lane: number, from: number, to = 999_999_999): Promise<BatchItem[]> {
  const { pk: partition, sk } = accessLogKeys.batch(lane, from);
  const sort = { from: sk, to: accessLogKeys.batch(lane, to).sk };
  return readRange<BatchItem>(table, { partition, sort, consistent: true });
}

interface LastAnchor {
  readonly anchor: Anchor;
  readonly file: string;
}

async function lastAnchor(table: Table, anchors: Anchors): Promise<LastAnchor | null> {
  const note = await readItem<AnchorNoteItem>(table, accessLogKeys.anchor(), { consistent: true });
  const name = note ? anchorName(note.number) : (await anchors.list()).filter(isAnchorName).at(-1);
  return name === undefined ? null : readAnchor(anchors, name);
}

async function readAnchor(anchors: Anchors, name: string): Promise<LastAnchor> {
  const file = await anchors.read(name);
  return { anchor: JSON.parse(file) as SignedAnchor, file };
}

async function addAnchor(
  table: Table,
  anchors: Anchors,
  signer: LogSigner,
  given: { readonly last: LastAnchor | null; readonly heads: readonly LaneHead[]; readonly at: string },
): Promise<void> {
  for (let last = given.last; ; ) {
    const number = (last?.anchor.number ?? 0) + 1;
    const previous = last ? hashOfAnchor(last.file) : null;
    const anchor: Anchor = { number, at: given.at, previous, heads: given.heads };
    const file = JSON.stringify({ ...anchor, signature: await signer.sign(anchorText(anchor)) } satisfies SignedAnchor);
    const isAdded = await anchors.add(anchorName(number), file);
    await putWhere(table, anchorNoteItem(number), missingOrLess('number', number));
    if (isAdded) return;
    // Another run was faster, or ended before it recorded its anchor. This one follows that anchor.
    last = await readAnchor(anchors, anchorName(number));
  }
}

/** Batches read per Query in search of a lane's cut. */
const BATCHES_A_QUERY = 100;

/** Signs the cut of a lane, and deletes the register's copies of the batches before it. */
async function signCut(
  table: Table,
  head: LaneHead,
  { signer, keptSince }: Pick<Sealing, 'signer' | 'keptSince'>,
): Promise<boolean> {
  const { lane } = head;
  const cut = await readItem<CutItem>(table, accessLogKeys.cut(lane), { consistent: true });
  let last: AccessBatch | undefined;
  const first = (cut?.number ?? 0) + 1;
  // The last batch stays, since the next one follows it.
  for (let from = first; from < head.number; from += BATCHES_A_QUERY) {
    const some = await readBatches(table, lane, from, Math.min(from + BATCHES_A_QUERY, head.number) - 1);
    const young = some.findIndex(({ entries }) => entries.some((entry) => ulidTime(entry) >= keptSince.getTime()));
    last = some[young === -1 ? some.length - 1 : young - 1] ?? last;
    if (young !== -1) break;
  }
  if (!last) return false;
  const next = { lane, number: last.number, hash: base64url(last.hash), before: keptSince.toISOString() };
  const item = cutItem(next, await signer.sign(cutText(next)));
  await putWhere(table, item, missingOrLess('number', next.number));
  const numbers = Array.from({ length: next.number - first + 1 }, (_, i) => first + i);
  await forEachOf(numbers, (number) => deleteItem(table, accessLogKeys.registered(lane, number)));
  return true;
}
