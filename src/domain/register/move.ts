/**
 * A move of an enterprise's home to another zone. The enterprise asks, the receiving zone accepts, the old zone hands over or
 * objects in time; an administrator decides an objection in time. The silence of either hands over: nobody may hold an
 * enterprise back by doing nothing.
 */
import { deadlineOf, type Limit } from '../calendar/deadline.ts';

export const MOVE_STATES = ['REQUESTED', 'ACCEPTED', 'OBJECTED', 'COMPLETED', 'REFUSED', 'WITHDRAWN'] as const;
export type MoveState = (typeof MOVE_STATES)[number];

export type MoveStep = 'ACCEPT' | 'HAND_OVER' | 'OBJECT' | 'LAPSE' | 'APPROVE' | 'REFUSE' | 'WITHDRAW';

/** What each step makes of each state; a step that is missing is refused. LAPSE is silence until `dueOn`. */
export const MOVE_STEPS = {
  REQUESTED: { ACCEPT: 'ACCEPTED', WITHDRAW: 'WITHDRAWN' },
  ACCEPTED: { HAND_OVER: 'COMPLETED', OBJECT: 'OBJECTED', LAPSE: 'COMPLETED', WITHDRAW: 'WITHDRAWN' },
  OBJECTED: {
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

/** The state after a step; null where the step is not open in this state. */
export function moveAfter(state: MoveState, step: MoveStep): MoveState | null {
  const steps: Partial<Record<MoveStep, MoveState>> = MOVE_STEPS[state];
  return steps[step] ?? null;
}

export function isUnderWay({ state }: Pick<Move, 'state'>): boolean {
  return Object.keys(MOVE_STEPS[state]).length > 0;
}

/** Why an old zone may object. */
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
  /** Whether the stays in the old zone's parks go on, as admissions. */
  readonly keepsSites: boolean;
  /** Days as `YYYY-MM-DD`; null until it has come to that. */
  readonly requestedOn: string;
  readonly acceptedOn: string | null;
  /** The last day on which the old zone may object; once it has, the last on which an administrator may decide. */
  readonly dueOn: string | null;
  readonly objection: ObjectionReason | null;
  /** The first day of the new home. */
  readonly completedOn: string | null;
}

/** How long the old zone may object, from the day of the acceptance on. */
export const OBJECTION_LIMIT: Limit = { count: 10, unit: 'WORKING_DAY' };

/** Returns the last day on which the old zone may object to a move that was accepted on a day. */
export function objectionDueOn(acceptedOn: string): string {
  return lastDayOf(OBJECTION_LIMIT, acceptedOn);
}

/** How long an administrator may decide an objection, from the day of the objection on. */
const DECISION_LIMIT: Limit = { count: 20, unit: 'WORKING_DAY' };

/** Returns the last day on which an administrator may decide an objection that was made on a day. */
export function decisionDueOn(objectedOn: string): string {
  return lastDayOf(DECISION_LIMIT, objectedOn);
}

/** Tells whether silence hands over in this state. */
export function isLapsing({ state }: Pick<Move, 'state'>): boolean {
  return moveAfter(state, 'LAPSE') !== null;
}

/** Tells whether silence has handed the enterprise over: the day after the last one, and from then on. */
export function hasLapsed(move: Move | null, today: string): move is Move & { readonly dueOn: string } {
  return move !== null && isLapsing(move) && move.dueOn !== null && today > move.dueOn;
}

function lastDayOf(limit: Limit, startedOn: string): string {
  return deadlineOf({ startedOn, limit, extendedBy: 0, pauses: [] }, startedOn).dueOn;
}
