/** Proposals to change a park's published figures. One officer proposes, and another person decides. */
import { dayInShanghai } from '../calendar/day.ts';
import type { Decision } from '../refusal.ts';
import { type Correction, type DayChange, type DecidedCorrection, MAX_PROPOSED_DAYS } from './correction.ts';
import { currentRevision, type DayFigures, fingerprintOf, type PublishedDay } from './published-day.ts';

/** Lifetime of an undecided proposal in days, where the park sets no other. */
export const PROPOSAL_DAYS = 14;

const MAX_REASON_CHARACTERS = 500;

/** `ACCEPTED`: decided and being applied. `APPLIED`: visible. */
export type ProposalState = 'PROPOSED' | 'ACCEPTED' | 'APPLIED' | 'REJECTED' | 'WITHDRAWN';

/** Days that were never published, with the fingerprints of the figures that the officer read. */
export interface Backfill {
  readonly parkId: string;
  readonly days: readonly { readonly on: string; readonly seen: string }[];
}

/** The content of a proposal. It never changes. */
export interface Proposal extends DecidedCorrection {
  readonly id: string;
  readonly parkId: string;
  readonly kind: 'BACKFILL' | 'CORRECTION';
  readonly reason: string;
  /** The officer, as the issuer names them. */
  readonly proposedBy: string;
  /** RFC 3339, UTC. */
  readonly proposedAt: string;
  readonly expiresAt: string;
  /** The original request, to decide it again on the day of its acceptance. */
  readonly asked: Correction | Backfill;
}

/** The course of a proposal. */
export interface ProposalCourse {
  readonly state: ProposalState;
  /** 1 for a new proposal; each step adds 1. */
  readonly version: number;
  /** The person who accepted, rejected or withdrew it. */
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  readonly decisionReason?: string;
  /** The instant at which its revisions became current. */
  readonly appliedAt?: string;
}

export type ShownState = ProposalState | 'EXPIRED';

/** Returns the state that readers see. A proposal that expired undecided is void. */
export function stateOf({ state, expiresAt }: ProposalCourse & Proposal, now: Date): ShownState {
  return state === 'PROPOSED' && expiresAt <= now.toISOString() ? 'EXPIRED' : state;
}

export type ReasonRefusal = 'INVALID_REASON';

/** Validates a reason: its length, without the spaces around it. */
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
  /** Returns the figures counted from reports and stays; null where the park has no figures. */
  readonly computedOf: ((day: string) => DayFigures) | null;
  readonly now: Date;
}

/** Decides a backfill: days that were never published, with the figures that the officer read. */
export function decideBackfill(
  { days }: Backfill,
  situation: BackfillSituation,
): Decision<DecidedCorrection, BackfillRefusal> {
  if (days.length < 1 || days.length > MAX_PROPOSED_DAYS) {
    return refuse('WRONG_NUMBER', ['days'], `Name 1 to ${MAX_PROPOSED_DAYS} days at once.`);
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
    if (on > today) return refuse('DAY_IN_FUTURE', field('on'), 'A day can be published once it has begun.');
    if (currentRevision(published.get(on) ?? null, applied)) {
      return refuse('PUBLISHED_ALREADY', field('on'), 'The day is published already.');
    }
    const after = computedOf(on);
    if (fingerprintOf(after) !== seen) {
      return refuse('OTHER_FIGURES', field('seen'), 'The figures have changed since you read them. Read them again.');
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
 * Decides a person's step on a proposal. Only its proposer withdraws it; only another person accepts or rejects it.
 * @param seen the version that the person read
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
    return refuse('OWN_PROPOSAL', ['proposal'], 'Another person must decide on your proposal.');
  }
  const state = stateOf(proposal, now);
  if (state === 'EXPIRED') return refuse('EXPIRED', ['proposal'], 'The proposal has expired. Propose it again.');
  if (state !== 'PROPOSED')
    return refuse('ALREADY_DECIDED', ['proposal'], `The proposal is ${state.toLowerCase()} already.`);
  if (proposal.version !== seen)
    return refuse('OTHER_VERSION', ['version'], `The newest version is ${proposal.version}.`);
  return { ok: true, value: proposal };
}

function refuse<Code extends string>(code: Code, field: readonly string[], message: string) {
  return { ok: false, refusals: [{ code, field, message }] } as const;
}
