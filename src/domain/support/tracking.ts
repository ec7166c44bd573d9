/** One-to-one tracking of an enterprise (一对一动态跟踪): the desk that answers its requests and visits it. */
import { mayWrite } from '../access/decision.ts';
import type { EnterpriseRelation } from '../access/relation.ts';
import { dayInShanghai } from '../calendar/day.ts';
import { refuseVersion, unless, type Versioned } from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { refuseRelation, type StepRefusalCode } from './refusals.ts';

/** An assignment that another one has replaced. */
export interface PastTracking {
  readonly officer: string;
  readonly since: string;
  /** The day of the hand-over. */
  readonly until: string;
}

/** The assignment of an enterprise to a desk. */
export interface Tracking extends Versioned {
  readonly enterpriseId: string;
  /** The desk; a person's name only masked (张*). */
  readonly officer: string;
  /** `YYYY-MM-DD`. */
  readonly since: string;
  /** The assignments before, newest first, at most `MAX_EARLIER`. Missing where the desk is the first one. */
  readonly earlier?: readonly PastTracking[];
}

/** Earlier assignments that are shown. The history items keep all of them. */
export const MAX_EARLIER = 20;

/** The tracking as an officer assigns it. */
export interface StatedTracking {
  readonly enterpriseId: string;
  /** The version that was seen; null where no desk tracks the enterprise yet. */
  readonly seen: number | null;
  readonly desk: string;
  /** The officer's family name, which is all that is stored of a name. */
  readonly familyName: string | null;
}

/**
 * Decides who tracks an enterprise from today on.
 * @param relation the viewer's relation to the enterprise; null where there is no such enterprise
 */
export function decideTracking(
  { enterpriseId, seen, desk, familyName }: StatedTracking,
  before: Tracking | null,
  relation: EnterpriseRelation | null,
  viewer: Viewer,
  now: Date,
): Decision<Tracking, StepRefusalCode> {
  const refused = refuseRelation(relation, (of) => mayWrite(viewer, 'assignTracking', of));
  if (refused.length > 0) return { ok: false, refusals: refused };
  const officer = familyName === null ? desk.trim() : `${desk.trim()} ${familyName.trim()}*`;
  const refusals = [
    ...refuseVersion(seen, before),
    ...unless(DESK.test(desk.trim()), 'INVALID_TEXT', ['desk'], 'A desk has 1 to 60 characters, without digits.'),
    ...unless(
      familyName === null || FAMILY_NAME.test(familyName.trim()),
      'INVALID_TEXT',
      ['familyName'],
      'A family name has 1 or 2 Chinese characters.',
    ),
    ...unless(officer !== before?.officer, 'INVALID_VALUE', ['desk'], 'This desk tracks the enterprise already.'),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const since = dayInShanghai(now);
  return {
    ok: true,
    value: {
      version: (before?.version ?? 0) + 1,
      enterpriseId,
      officer,
      since,
      ...(before && { earlier: [pastOf(before, since), ...(before.earlier ?? [])].slice(0, MAX_EARLIER) }),
    },
  };
}

function pastOf({ officer, since }: Tracking, until: string): PastTracking {
  return { officer, since, until };
}

/** Without digits, a desk holds no phone or identity number. */
const DESK = /^[^\p{Nd}]{1,60}$/u;
const FAMILY_NAME = /^\p{Script=Han}{1,2}$/u;
