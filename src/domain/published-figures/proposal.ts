/** What one officer proposes of a park's published figures, and another person decides. */
import { dayInShanghai } from '../calendar/day.ts';
import type { Decision } from '../refusal.ts';
import type { Correction, DayChange, DecidedCorrection } from './correction.ts';
import { MAX_PROPOSED_DAYS } from './correction.ts';
import { type DayFigures, fingerprintOf } from './figures.ts';
import { currentRevision, type PublishedDay } from './published-day.ts';

/** The days after which a proposal that nobody decided is void, where the park sets no other number. */
export const PROPOSAL_DAYS = 14;

const MAX_REASON_CHARACTERS = 500;

/** `ACCEPTED` is decided and being applied; `APPLIED` is visible. */
export type ProposalState = 'PROPOSED' | 'ACCEPTED' | 'APPLIED' | 'REJECTED' | 'WITHDRAWN';

/** Days that were never published, with the fingerprints that the officer has seen. */
export interface Backfill {
  readonly parkId: string;
  readonly days: readonly { readonly on: string; readonly seen: string }[];
}

/** What is proposed. It never changes. */
export interface Proposal extends DecidedCorrection {
  readonly id: string;
  readonly parkId: string;
  readonly kind: 'BACKFILL' | 'CORRECTION';
  readonly reason: string;
  /** What the issuer calls the officer. */
  readonly proposedBy: string;
  /** RFC 3339, UTC. */
  readonly proposedAt: string;
  readonly expiresAt: string;
  /** As it was asked for, to decide it again on the day of its acceptance. */
  readonly asked: Correction | Backfill;
}

/** How a proposal stands. */
export interface ProposalCourse {
  readonly state: ProposalState;
  /** 1 when it is proposed; each step adds 1. */
  readonly version: number;
  /** Who accepted, rejected or withdrew it. */
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  readonly decisionReason?: string;
  /** When its revisions became current. */
  readonly appliedAt?: string;
}

export type ShownState = ProposalState | 'EXPIRED';

/** Returns the state that readers see: a proposal that nobody decided in time is void. */
export function stateOf({ state, expiresAt }: ProposalCourse & Proposal, now: Date): ShownState {
  return state === 'PROPOSED' && expiresAt <= now.toISOString() ? 'EXPIRED' : state;
}

export type ReasonRefusal = 'INVALID_REASON';

/** Decides whether a reason is one: for a person to read, without control characters. */
export function decideReason(reason: string): Decision<string, ReasonRefusal> {
  const text = reason.trim();
  if (text.length >= 1 && text.length <= MAX_REASON_CHARACTERS) return { ok: true, value: text };
  const message = `A reason has 1 to ${MAX_REASON_CHARACTERS} characters.`;
  return { ok: false, refusals: [{ code: 'INVALID_REASON', field: ['reason'], message }] };
}

export type BackfillRefusal =
  | 'WRONG_NUMBER'
  | 'TWICE_IN_ONE_CALL'
  | 'DAY_IN_FUTURE'
  | 'NOTHING_COUNTED'
  | 'PUBLISHED_ALREADY'
  | 'OTHER_FIGURES';

export interface BackfillSituation {
  readonly days: readonly PublishedDay[];
  readonly applied: number;
  /** What reports and stays add up to; null where the park has no figures. */
  readonly computedOf: ((day: string) => DayFigures) | null;
  readonly now: Date;
}

/** Decides a backfill: days that were never published, with the figures that the officer has seen. */
export function decideBackfill(
  { days }: Backfill,
  situation: BackfillSituation,
): Decision<DecidedCorrection, BackfillRefusal> {
  if (days.length < 1 || days.length > MAX_PROPOSED_DAYS) {
    return refuse('WRONG_NUMBER', ['days'], `From 1 to ${MAX_PROPOSED_DAYS} at once.`);
  }
  const { applied, computedOf, now } = situation;
  if (!computedOf) return refuse('NOTHING_COUNTED', ['park'], 'The park has no figures.');
  const today = dayInShanghai(now);
  const changes: DayChange[] = [];
  const published = new Map(situation.days.map((day) => [day.on, day]));
  const seenDays = new Set<string>();
  for (const [i, { on, seen }] of days.entries()) {
    const field = (name: string) => ['days', String(i), name];
    if (seenDays.has(on)) return refuse('TWICE_IN_ONE_CALL', field('on'), 'This day is in the backfill twice.');
    seenDays.add(on);
    if (on > today) return refuse('DAY_IN_FUTURE', field('on'), 'A day can be published when it has begun.');
    if (currentRevision(published.get(on) ?? null, applied)) {
      return refuse('PUBLISHED_ALREADY', field('on'), 'The day is published already.');
    }
    const after = computedOf(on);
    if (fingerprintOf(after) !== seen) {
      return refuse('OTHER_FIGURES', field('seen'), 'The figures have changed since you saw them. Look at them again.');
    }
    changes.push({ on, revision: 0, before: null, after });
  }
  return { ok: true, value: { changes: [], days: changes.toSorted((a, b) => (a.on < b.on ? -1 : 1)) } };
}

export type ProposalRefusal =
  | 'UNKNOWN_PROPOSAL'
  | 'OTHER_VERSION'
  | 'ALREADY_DECIDED'
  | 'EXPIRED'
  | 'OWN_PROPOSAL'
  | 'NOT_PROPOSER';

export type ProposalStep = 'ACCEPT' | 'REJECT' | 'WITHDRAW';

/**
 * Decides whether a person takes a step with a proposal. Only its proposer withdraws it, and anybody but the proposer
 * accepts or rejects it.
 * @param seen the version that the person has seen
 */
export function decideStep(
  proposal: (Proposal & ProposalCourse) | null,
  step: ProposalStep,
  { person, seen, now }: { readonly person: string; readonly seen: number; readonly now: Date },
): Decision<Proposal & ProposalCourse, ProposalRefusal> {
  if (!proposal) return refuse('UNKNOWN_PROPOSAL', ['proposal'], 'There is no such proposal.');
  const isOwn = proposal.proposedBy === person;
  if (step === 'WITHDRAW' && !isOwn) return refuse('NOT_PROPOSER', ['proposal'], 'Only its proposer withdraws it.');
  if (step !== 'WITHDRAW' && isOwn) {
    return refuse('OWN_PROPOSAL', ['proposal'], 'Another person decides on what you have proposed.');
  }
  const state = stateOf(proposal, now);
  if (state === 'EXPIRED') return refuse('EXPIRED', ['proposal'], 'It has expired. Propose it again.');
  if (state !== 'PROPOSED') return refuse('ALREADY_DECIDED', ['proposal'], `It is ${state.toLowerCase()} already.`);
  if (proposal.version !== seen) return refuse('OTHER_VERSION', ['version'], `The newest is ${proposal.version}.`);
  return { ok: true, value: proposal };
}

function refuse<Code extends string>(code: Code, field: readonly string[], message: string) {
  return { ok: false, refusals: [{ code, field, message }] } as const;
}
