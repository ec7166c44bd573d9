import {
  anchorText,
  cutText,
  hashOfAnchor,
  type LaneCut,
  type SignedAnchor,
} from '../../../domain/access-log/anchor.ts';
import type { LaneHead } from '../../../domain/access-log/batch.ts';
import { checkLane, checkLog, FAULTS, type Fault, type LogLeaf } from '../../../domain/access-log/check.ts';
import { ACCESS_LOG_LANES } from '../../../domain/access-log/entry.ts';
import { ulidOf } from '../../../domain/ids.ts';
import { type Anchors, isAnchorName } from '../../access-log/anchors.ts';
import type { LogVerifier } from '../../access-log/signing.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { accessLogKeys } from '../../tables.ts';
import { readParts } from './erase.ts';
import {
  type CutItem,
  type FrameItem,
  frameOf,
  type PersonLogItem,
  partOf,
  type RegisteredItem,
  type WaitingItem,
} from './items.ts';
import { readBatches } from './seal.ts';
import { forEachOf } from './write-new.ts';

export interface Verdict {
  readonly logs: number;
  /** Parts of entries, one for each person and entry. */
  readonly parts: number;
  readonly batches: number;
  readonly anchors: number;
  /** Every fault, as a sentence. */
  readonly faults: readonly string[];
}

interface Verifying {
  readonly verifier: LogVerifier;
  readonly anchors: Anchors;
  /** The person whose log alone is verified, as the issuer names them; null for all logs. */
  readonly person: string | null;
}

/** Verifies the lanes, the register and the anchors, and the logs of one person or of all. */
export async function verifyAccessLog(table: Table, given: Verifying): Promise<Verdict> {
  let verdict = await verifyOnce(table, given);
  // A growing log may look inconsistent during the read, but a real fault stays.
  for (let more = 0; more < 2 && verdict.faults.length > 0; more++) verdict = await verifyOnce(table, given);
  return verdict;
}

async function verifyOnce(table: Table, { verifier, anchors, person }: Verifying): Promise<Verdict> {
  const anchored = await readAnchors(anchors, verifier);
  const faults = [...anchored.faults];
  const waiting = new Set<string>();
  const cutBefore = new Map<number, string>();
  const leaves: LogLeaf[] = [];
  let batches = 0;
  for (const lane of ACCESS_LOG_LANES) {
    const { pk: partition } = accessLogKeys.waiting(lane, '');
    for (const { sk } of await readRange<WaitingItem>(table, { partition, consistent: true })) waiting.add(sk);
    const signed = await readItem<CutItem>(table, accessLogKeys.cut(lane), { consistent: true });
    const isGenuine = !signed || verifier.verify(cutText(signed), signed.signature);
    if (!isGenuine) faults.push(`Lane ${lane}: the signature of its cut is not the signer's.`);
    const cut: LaneCut | null = isGenuine ? signed : null;
    if (cut) cutBefore.set(lane, ulidOf(Date.parse(cut.before), 0n));
    const { pk, sk: to } = accessLogKeys.registered(lane, 999_999_999);
    const register = await readRange<RegisteredItem>(table, {
      partition: pk,
      sort: { from: '0', to },
      consistent: true,
    });
    const stored = await readBatches(table, lane, 1);
    batches += stored.length;
    const heads = anchored.heads.filter((head) => head.lane === lane);
    const checked = checkLane({ lane, cut, register, batches: stored, anchored: heads });
    faults.push(...checked.faults.map(sentence));
    leaves.push(...checked.leaves);
  }

  const byLog = Map.groupBy(leaves, ({ log }) => log);
  const named = person === null ? null : await readItem<PersonLogItem>(table, accessLogKeys.ofPerson(person));
  const logs = person === null ? [...byLog.keys()] : named ? [named.log] : [];
  let parts = 0;
  await forEachOf(logs, async (log) => {
    const stored = await readLog(table, log);
    parts += stored.parts.size;
    faults.push(...checkLog({ ...stored, waiting, cutBefore }, byLog.get(log) ?? []).map(sentence));
    const isTheirs = person === null || [...stored.parts.values()].every((part) => !part || part.person === person);
    if (!isTheirs) faults.push(sentence({ kind: 'OTHER_PERSON', of: { log } }));
  });
  return { logs: logs.length, parts, batches, anchors: anchored.count, faults: [...new Set(faults)] };
}

function sentence({ kind, of }: Fault): string {
  const [[what = '', name = ''] = []] = Object.entries(of);
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${name}: ${FAULTS[kind]}.`;
}

async function readLog(table: Table, log: string) {
  const items = await readParts(table, log);
  const parts = new Map(items.map((item) => [item.sk, partOf(item)]));
  const consistent = true;
  const frameKeys = items.map(({ sk }) => accessLogKeys.entry(sk));
  const frames = (await batchRead<FrameItem>(table, frameKeys, { consistent })).flatMap((item) => item ?? []);
  const persons = [...new Set([...parts.values()].flatMap((part) => (part ? [part.person] : [])))];
  const named = await batchRead<PersonLogItem>(table, persons.map(accessLogKeys.ofPerson), { consistent });
  return {
    log,
    parts,
    frames: new Map(frames.map(frameOf).map((frame) => [frame.id, frame])),
    logOf: new Map(persons.flatMap((person, i) => (named[i] ? [[person, named[i].log] as const] : []))),
  };
}

/** Returns the anchored ends of lanes. Checks the sequence of the anchors too. */
async function readAnchors(anchors: Anchors, verifier: LogVerifier) {
  const names = (await anchors.list()).filter(isAnchorName);
  const files = new Map<string, string>();
  await forEachOf(names, async (name) => files.set(name, await anchors.read(name)));
  const heads: LaneHead[] = [];
  const faults: string[] = [];
  let previous: string | null = null;
  for (const name of names) {
    const file = files.get(name) ?? '';
    const anchor = JSON.parse(file) as SignedAnchor;
    if (!verifier.verify(anchorText(anchor), anchor.signature)) {
      faults.push(`Anchor ${name}: its signature is not the signer's.`);
    } else {
      if (anchor.previous !== previous) faults.push(`Anchor ${name}: the one before it is missing or another.`);
      heads.push(...anchor.heads);
    }
    previous = hashOfAnchor(file);
  }
  return { heads, faults, count: names.length };
}
