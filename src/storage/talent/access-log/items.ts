/** The items of the access log, as stored, each beside the function that makes it. Frequent items stay below 1 KB. */
import type { LaneCut } from '../../../domain/access-log/anchor.ts';
import type { AccessBatch } from '../../../domain/access-log/batch.ts';
import type { AccessEntry, AccessFrame, AccessView } from '../../../domain/access-log/entry.ts';
import type { AccessPart, PartCase } from '../../../domain/access-log/part.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { accessLogKeys, type PrimaryKey } from '../../tables.ts';

/** An entry that is in no batch yet. */
export interface WaitingItem extends PrimaryKey {
  readonly type: 'AccessWaiting';
  readonly requestId: string;
  readonly viewer: Viewer;
  readonly purpose: string | null;
  readonly subjects: readonly string[];
  readonly views: readonly AccessView[];
  /** The indexes of the subject and the view, and the case. */
  readonly cases: readonly (readonly [subject: number, view: number, caseId: string])[];
  readonly carried?: AccessFrame['carried'];
  /** A random seed, base64url, from which the salts of the parts are derived. */
  readonly seed: string;
}

export function entryOf(item: WaitingItem): AccessEntry {
  const { sk: id, requestId, viewer, purpose, subjects, views, carried } = item;
  const cases = item.cases.map(([subject, view, caseId]) => ({ subject, view, caseId }));
  return { id, requestId, viewer, purpose, subjects, views, cases, ...(carried === undefined ? {} : { carried }) };
}

/** The part of an entry that all of its subjects share. It never changes. */
export type FrameItem = PrimaryKey & Omit<AccessFrame, 'id'> & { readonly type: 'AccessEntry' };
export function frameItem({ id, requestId, viewer, purpose, views, carried }: AccessFrame): FrameItem {
  const frame = { requestId, viewer, purpose, views, ...(carried === undefined ? {} : { carried }) };
  return { ...accessLogKeys.entry(id), type: 'AccessEntry', ...frame };
}

export function frameOf({ pk, sk: _, type: __, ...frame }: FrameItem): AccessFrame {
  return { id: pk.slice(pk.indexOf('#') + 1), ...frame };
}

/** An entry's part about one person; `said` is null after its erasure. */
export interface PartItem extends PrimaryKey {
  readonly type: 'AccessPart';
  readonly said: { readonly person: string; readonly salt: string; readonly cases: readonly PartCase[] } | null;
  /** The place of its leaf. */
  readonly lane: number;
  readonly batch: number;
  readonly index: number;
}

type LeafPlace = Pick<PartItem, 'lane' | 'batch' | 'index'>;

export function partItem({ log, entry, person, salt, cases }: AccessPart, place: LeafPlace): PartItem {
  const { lane, batch, index } = place;
  return { ...accessLogKeys.part(log, entry), type: 'AccessPart', said: { person, salt, cases }, lane, batch, index };
}

export function erasedPartItem(part: PartItem): PartItem {
  return { ...part, said: null };
}

export function partOf({ pk, sk: entry, said }: PartItem): AccessPart | null {
  return said && { log: logNameOf({ pk }), entry, ...said };
}

/** Returns the name of the log that an item belongs to. */
export const logNameOf = ({ pk }: Pick<PrimaryKey, 'pk'>): string => pk.slice(pk.indexOf('#') + 1);

/** The log of a person. A closed log is being erased, and later entries go into another one. */
export type PersonLogItem = ReturnType<typeof personLogItem>;
export function personLogItem(person: string, log: string, closed = false) {
  return { ...accessLogKeys.ofPerson(person), type: 'PersonLog' as const, log, closed };
}

/** A log that is being erased. */
export type ErasingItem = ReturnType<typeof erasingItem>;
export function erasingItem(
  person: string,
  facts: {
    readonly log: string;
    /** The instant at which its erasure began. */
    readonly at: string;
    /** Set once every lane has a batch that states the erasure. */
    readonly isCounted: boolean;
  },
) {
  return { ...accessLogKeys.erasing(person, facts.log), type: 'ErasingLog' as const, ...facts };
}

/** A batch. It never changes. */
export type BatchItem = PrimaryKey & AccessBatch & { readonly type: 'AccessBatch' };
export function batchItem(batch: AccessBatch): BatchItem {
  return { ...accessLogKeys.batch(batch.lane, batch.number), type: 'AccessBatch', ...batch };
}

/** The register's copy of a batch. It never changes. */
export type RegisteredItem = ReturnType<typeof registeredItem>;
export function registeredItem({ lane, number, entries, sizes, digests, logs, erasure, hash }: AccessBatch) {
  return {
    ...accessLogKeys.registered(lane, number),
    type: 'AccessRegistered' as const,
    lane,
    number,
    entries,
    sizes,
    digests,
    logs,
    ...(erasure === undefined ? {} : { erasure }),
    hash,
  };
}

/** The signed end of a lane's deletable part. */
export type CutItem = ReturnType<typeof cutItem>;
export function cutItem(cut: LaneCut, signature: string) {
  return { ...accessLogKeys.cut(cut.lane), type: 'AccessCut' as const, ...cut, signature };
}

/** The number of the newest anchor, so that a run need not list all anchors. */
export type AnchorNoteItem = ReturnType<typeof anchorNoteItem>;
export function anchorNoteItem(number: number) {
  return { ...accessLogKeys.anchor(), type: 'AccessAnchorNote' as const, number };
}
