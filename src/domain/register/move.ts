/**
 * A move of an enterprise's home to another zone. The enterprise requests it and the receiving zone accepts it. The old
 * zone hands over or objects in time; an administrator decides an objection in time. Silence of either completes the
 * move, so that inaction never blocks an enterprise. Where both zones have confirmed a relocation, the request completes
 * the move at once.
 */
import { deadlineOf, type Limit } from '../calendar/deadline.ts';

export const MOVE_STATES = [
  'ARRANGED',
  'REQUESTED',
  'ACCEPTED',
  'OBJECTED',
  'COMPLETED',
  'REFUSED',
  'WITHDRAWN',
] as const;
export type MoveState = (typeof MOVE_STATES)[number];

export type MoveStep =
  | 'REQUEST'
  | 'ARRANGE'
  | 'ACCEPT'
  | 'HAND_OVER'
  | 'OBJECT'
  | 'LAPSE'
  | 'APPROVE'
  | 'REFUSE'
  | 'WITHDRAW';

/**
 * State → step → next state; a missing step is refused. LAPSE is silence until `dueOn`, ARRANGE the confirmation of a
 * relocation by both zones.
 */
export const MOVE_STEPS = {
  ARRANGED: { REQUEST: 'COMPLETED', WITHDRAW: 'WITHDRAWN' },
  REQUESTED: { ACCEPT: 'ACCEPTED', ARRANGE: 'COMPLETED', WITHDRAW: 'WITHDRAWN' },
  ACCEPTED: {
    HAND_OVER: 'COMPLETED',
    OBJECT: 'OBJECTED',
    LAPSE: 'COMPLETED',
    ARRANGE: 'COMPLETED',
    WITHDRAW: 'WITHDRAWN',
  },
  OBJECTED: {
    ARRANGE: 'COMPLETED',
    HAND_OVER: 'COMPLETED',
    LAPSE: 'COMPLETED',
    APPROVE: 'COMPLETED',
    REFUSE: 'REFUSED',
    WITHDRAW: 'WITHDRAWN',
  },
  COMPLETED: {},
  REFUSED: {},
  WITHDRAWN: {},
} as const satisfies Record<MoveState, Partial<Record<MoveStep, MoveState>>>;

/** Returns the state after a step; null where the state doesn't allow the step. */
export function moveAfter(state: MoveState, step: MoveStep): MoveState | null {
  const steps: Partial<Record<MoveStep, MoveState>> = MOVE_STEPS[state];
  return steps[step] ?? null;
}

export function isUnderWay({ state }: Pick<Move, 'state'>): boolean {
  return Object.keys(MOVE_STEPS[state]).length > 0;
}

/** Reasons for which an old zone may object. */
export const OBJECTION_REASONS = [
  'TAX_NOT_SETTLED',
  'UNDER_INVESTIGATION',
  'FROZEN_BY_COURT',
  'SUBSIDY_OBLIGATIONS',
  'NOT_REQUESTED',
] as const;
export type ObjectionReason = (typeof OBJECTION_REASONS)[number];

export interface Move {
  readonly state: MoveState;
  readonly fromZoneId: string;
  readonly toZoneId: string;
  readonly toParkId: string;
  /** Set where the stays in the old zone's parks continue as admissions. */
  readonly keepsSites: boolean;
  /** Days as `YYYY-MM-DD`; null before the event. */
  readonly requestedOn: string;
  readonly acceptedOn: string | null;
  /** The last day for the old zone's objection; after one, the last day for the administrator's decision. */
  readonly dueOn: string | null;
  readonly objection: ObjectionReason | null;
  /** The first day of the new home. */
  readonly completedOn: string | null;
}

/** Period for the old zone's objection, from the day of the acceptance. */
export const OBJECTION_LIMIT: Limit = { count: 10, unit: 'WORKING_DAY' };

/** Returns the last day for an objection to a move that was accepted on a day. */
export function objectionDueOn(acceptedOn: string): string {
  return lastDayOf(OBJECTION_LIMIT, acceptedOn);
}

/** Period for the administrator's decision, from the day of the objection. */
const DECISION_LIMIT: Limit = { count: 20, unit: 'WORKING_DAY' };

/** Returns the last day for the decision on an objection that was made on a day. */
export function decisionDueOn(objectedOn: string): string {
  return lastDayOf(DECISION_LIMIT, objectedOn);
}

/** Returns whether silence completes the move in this state. */
export function isLapsing({ state }: Pick<Move, 'state'>): boolean {
  return moveAfter(state, 'LAPSE') !== null;
}

/** Returns whether silence has completed the move: from the day after the last one on. */
export function hasLapsed(move: Move | null, today: string): move is Move & { readonly dueOn: string } {
  return move !== null && isLapsing(move) && move.dueOn !== null && today > move.dueOn;
}

function lastDayOf(limit: Limit, startedOn: string): string {
  return deadlineOf({ startedOn, limit, extendedBy: 0, pauses: [] }, startedOn).dueOn;
}
