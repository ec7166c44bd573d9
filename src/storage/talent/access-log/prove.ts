import type { SignedAnchor } from '../../../domain/access-log/anchor.ts';
import { type AccessBatch, laneStart } from '../../../domain/access-log/batch.ts';
import { type AccessProof, proofOf } from '../../../domain/access-log/proof.ts';
import { type Anchors, isAnchorName } from '../../access-log/anchors.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { accessLogKeys } from '../../tables.ts';
import { readParts } from './erase.ts';
import { type FrameItem, frameOf, type PersonLogItem, partOf } from './items.ts';
import { readBatches } from './seal.ts';

/** Returns a proof of each anchored entry of a person's log, oldest first. */
export async function proveAccessLog(table: Table, anchors: Anchors, person: string): Promise<AccessProof[]> {
  const named = await readItem<PersonLogItem>(table, accessLogKeys.ofPerson(person), { consistent: true });
  if (!named) return [];
  const items = await readParts(table, named.log);
  const frames = await batchRead<FrameItem>(
    table,
    items.map(({ sk }) => accessLogKeys.entry(sk)),
  );
  const signed = await readAll(anchors);
  const proofs: AccessProof[] = [];
  for (const [i, item] of items.entries()) {
    const { lane, batch, index } = item;
    const [part, frame] = [partOf(item), frames[i]];
    const anchor = signed.find(({ heads }) => heads.some((head) => head.lane === lane && head.number >= batch));
    const end = anchor?.heads.find((head) => head.lane === lane)?.number;
    if (!part || !frame || !anchor || end === undefined) continue;
    const [before, ...batches] = await following(table, lane, batch, end);
    const [own, ...later] = batches;
    if (!before || !own) continue;
    const given = { part, frame: frameOf(frame), index };
    proofs.push(proofOf(given, [own, ...later], { previous: before.hash, anchor }));
  }
  return proofs;
}

/** Returns the batches from one number to another, after the batch that the first one follows. */
async function following(
  table: Table,
  lane: number,
  from: number,
  to: number,
): Promise<[Pick<AccessBatch, 'hash'>, ...AccessBatch[]]> {
  const [first, ...rest] = await readBatches(table, lane, from - 1, to);
  return from === 1 || !first ? [{ hash: laneStart(lane) }, ...(first ? [first] : []), ...rest] : [first, ...rest];
}

async function readAll(anchors: Anchors): Promise<SignedAnchor[]> {
  const names = (await anchors.list()).filter(isAnchorName);
  return Promise.all(names.map(async (name) => JSON.parse(await anchors.read(name)) as SignedAnchor));
}
