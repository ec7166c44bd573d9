/** Saved questions: queries that callers keep for themselves or their zone, and that roles publish for everybody. */
import { createHash } from 'node:crypto';
import { mayWrite } from '../access/decision.ts';
import { questionRelation, recordRelation } from '../access/write-relation.ts';
import type { Localized } from '../locale.ts';
import {
  type RecordRefusal,
  type RecordRefusalCode,
  refuseCode,
  refusePublisher,
  refuseText,
  refuseVersion,
  unless,
  type Versioned,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import { type Viewer, viewerKey } from '../viewer.ts';
import { isPersonal } from './personal-text.ts';

/** The audience of a saved question: who saved it, their zone, or everybody. */
export type QuestionAudience = 'OWN' | 'ZONE' | 'PUBLIC';
export type QuestionView = 'TABLE' | 'CHART' | 'GRAPH' | 'JSON';

export interface SavedQuestion extends Versioned {
  readonly id: string;
  readonly audience: QuestionAudience;
  /** The hash that names who saved it; null for a public question, for which its zone answers. */
  readonly savedBy: string | null;
  /** The zone that may read or publishes it; null for an analyst's or an administrator's. */
  readonly zoneId: string | null;
  readonly name: Localized;
  readonly query: string;
  /** The SHA-256 of `query`, hex. */
  readonly hash: string;
  /** JSON. */
  readonly variables: string;
  readonly view: QuestionView;
  /** A `LookShape` as JSON, by which `/look` shows it; null where a field isn't public, or a variable no scalar. */
  readonly shape: string | null;
  /** The instant of the version, RFC 3339 in UTC. */
  readonly savedAt: string;
  readonly isWithdrawn: boolean;
}

/** The findings on the text of a question. */
export interface CheckedQuestion {
  readonly hash: string;
  /** The reason why nobody may save it; null where they may. */
  readonly fault: { readonly field: 'query' | 'variables'; readonly message: string } | null;
  /** The reason why nobody may publish it, else the most that an answer may cost, in objects. */
  readonly published: { readonly fault: string } | { readonly cost: number };
  readonly shape: string | null;
}

/** The parts that a caller states of a question. */
export interface StatedQuestion {
  /** The version that was seen; null for a new question. */
  readonly seen: number | null;
  readonly id: string;
  readonly name: Localized;
  readonly query: string;
  readonly variables: string;
  readonly view: QuestionView;
}

/** The facts that decide beside the stated ones. */
export interface QuestionSituation {
  readonly before: SavedQuestion | null;
  readonly checked: CheckedQuestion;
  readonly viewer: Viewer;
  readonly now: Date;
}

/** The list that a saved question is for. */
export interface QuestionPlace {
  readonly isForZone: boolean;
  /** The questions in that list, as far as they were counted. */
  readonly kept: number;
}

type QuestionDecision = Decision<SavedQuestion, RecordRefusalCode>;

export const QUESTION_PREFIX = 'question_';
const MAX_QUERY_CHARACTERS = 5_000;
const MAX_VARIABLES_CHARACTERS = 2_000;
const MAX_NAME_CHARACTERS = 100;
/** The most that one answer of a public question may cost. Anonymous visitors may spend five times as much at once. */
const MAX_PUBLIC_COST = 1_000;
/** The most questions that a caller keeps, and that a zone keeps: as many as one page of a list shows. */
export const MAX_KEPT = 100;

/** Returns the name under which a viewer's own questions are stored, which tells nothing of the viewer. */
export const saverOf = (viewer: Viewer): string =>
  createHash('sha256').update(viewerKey(viewer)).digest('base64url').slice(0, 22);

/** Returns the zone that a viewer belongs to; null for none. */
export const zoneOfSaver = (viewer: Viewer): string | null =>
  viewer.kind === 'officer' || viewer.kind === 'partner' ? viewer.zone : null;

/** Returns whether a viewer may read a saved question. */
export function mayReadQuestion(viewer: Viewer, { audience, savedBy, zoneId, isWithdrawn }: SavedQuestion): boolean {
  if (isWithdrawn) return false;
  switch (audience) {
    case 'PUBLIC':
      return true;
    case 'ZONE':
      return zoneId !== null && zoneOfSaver(viewer) === zoneId;
    case 'OWN':
      return savedBy === saverOf(viewer);
  }
}

/** Decides the next version of a question that a caller keeps for themselves or their zone. */
export function decideSaving(
  { seen, ...stated }: StatedQuestion,
  { isForZone, kept }: QuestionPlace,
  { before, checked, viewer, now }: QuestionSituation,
): QuestionDecision {
  const zoneId = zoneOfSaver(viewer);
  const known = before?.isWithdrawn ? null : before;
  const owned = known ?? { audience: 'OWN' as const, savedBy: saverOf(viewer), zoneId };
  const refused = refusePublisher(mayWrite(viewer, 'saveQuestion', questionRelation(viewer, saverOf(viewer), owned)));
  if (refused.length > 0) return { ok: false, refusals: refused };
  const audience = isForZone ? 'ZONE' : 'OWN';
  const refusals = [
    ...refuseVersion(seen, known),
    ...refuseStated(stated, checked),
    ...unless(!isForZone || zoneId !== null, 'INVALID_VALUE', ['forZone'], 'This caller belongs to no zone.'),
    ...unless(known?.audience === audience || kept < MAX_KEPT, 'QUOTA_USED', [], FULL[audience]),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return {
    ok: true,
    value: versionOf(stated, { audience, savedBy: saverOf(viewer), zoneId }, { before, checked, now }),
  };
}

/**
 * Decides the next version of a public question.
 * @param zoneId the zone that publishes it; null for the administration
 */
export function decidePublishing(
  { seen, ...stated }: StatedQuestion,
  zoneId: string | null,
  { before, checked, viewer, now }: QuestionSituation,
): QuestionDecision {
  const { published } = checked;
  const isAllowed = [zoneId, ...(before ? [before.zoneId] : [])].every((zone) =>
    mayWrite(viewer, 'publishQuestion', recordRelation(viewer, zone)),
  );
  const refused = refusePublisher(isAllowed);
  if (refused.length > 0) return { ok: false, refusals: refused };
  const refusals = [
    ...refuseVersion(seen, before),
    ...refuseCode(stated.id.slice(QUESTION_PREFIX.length)),
    ...refuseStated(stated, checked),
    ...('fault' in published
      ? unless(checked.fault !== null, 'INVALID_VALUE', ['query'], published.fault)
      : unless(
          published.cost <= MAX_PUBLIC_COST,
          'INVALID_VALUE',
          ['query'],
          `An answer of a public question costs at most ${MAX_PUBLIC_COST} objects; this one may cost ${published.cost}.`,
        )),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const of = { audience: 'PUBLIC' as const, savedBy: null, zoneId };
  return { ok: true, value: versionOf(stated, of, { before, checked, now }) };
}

/**
 * Decides the withdrawal of a question: it is listed and shown no more, and its versions stay recorded.
 * @param seen the version that was seen
 */
export function decideWithdrawal(
  before: SavedQuestion | null,
  seen: number,
  { viewer, now }: Pick<QuestionSituation, 'viewer' | 'now'>,
): QuestionDecision {
  const isKnown = before !== null && mayReadQuestion(viewer, before);
  if (!isKnown) return { ok: false, refusals: unless(false, 'UNKNOWN_RECORD', ['id'], 'There is no such question.') };
  const refusals = [
    ...refusePublisher(mayWrite(viewer, 'withdrawQuestion', questionRelation(viewer, saverOf(viewer), before))),
    ...refuseVersion(seen, before),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const { id, audience, savedBy, zoneId, name, query, hash, variables, view, shape, version } = before;
  const kept = { id, audience, savedBy, zoneId, name, query, hash, variables, view, shape };
  return { ok: true, value: { ...kept, version: version + 1, savedAt: now.toISOString(), isWithdrawn: true } };
}

const FULL = {
  OWN: `A caller keeps at most ${MAX_KEPT} questions: withdraw one first.`,
  ZONE: `A zone keeps at most ${MAX_KEPT} questions: withdraw one first.`,
} as const;

function versionOf(
  stated: Omit<StatedQuestion, 'seen'>,
  of: Pick<SavedQuestion, 'audience' | 'savedBy' | 'zoneId'>,
  { before, checked, now }: Pick<QuestionSituation, 'before' | 'checked' | 'now'>,
): SavedQuestion {
  const { hash, shape } = checked;
  const version = (before?.version ?? 0) + 1;
  return { ...stated, ...of, hash, shape, version, savedAt: now.toISOString(), isWithdrawn: false };
}

function refuseStated(
  { name, query, variables }: Omit<StatedQuestion, 'seen'>,
  { fault }: CheckedQuestion,
): readonly RecordRefusal[] {
  const words = Object.values(name).flatMap((text) => text.split(/\s+/));
  return [
    ...refuseText(name, ['name'], MAX_NAME_CHARACTERS),
    ...unless(!words.some(isPersonal), 'INVALID_TEXT', ['name'], 'A name holds no personal data.'),
    ...unless(
      query.length <= MAX_QUERY_CHARACTERS,
      'INVALID_VALUE',
      ['query'],
      `A query has at most ${MAX_QUERY_CHARACTERS} characters.`,
    ),
    ...unless(
      variables.length <= MAX_VARIABLES_CHARACTERS,
      'INVALID_VALUE',
      ['variables'],
      `Variables have at most ${MAX_VARIABLES_CHARACTERS} characters.`,
    ),
    ...(fault ? unless(false, 'INVALID_VALUE', [fault.field], fault.message) : []),
  ];
}
