import { addDays } from '../calendar/day.ts';
import type { RegisterActor, RegisterEvent, RegisterEventKind } from './event.ts';
import {
  decisionDueOn,
  hasLapsed,
  isUnderWay,
  type Move,
  type MoveState,
  type MoveStep,
  moveAfter,
  type ObjectionReason,
  objectionDueOn,
} from './move.ts';
import {
  type RegisterChange,
  type RegisterDecision,
  type RegisterMoment,
  type RegisterSituation,
  refuseRegister as refuse,
} from './situation.ts';
import { firstOpenDay, movedHome } from './stays.ts';
import { hasEnded } from './succession.ts';

/**
 * Requests a move of the home to a park of another zone, for the enterprise. It completes the move at once where both zones
 * have arranged it.
 */
export function decideRequest(moment: RegisterMoment, keepsSites: boolean): RegisterDecision {
  const { enterprise, park, by, today } = moment;
  const { registration, homeZoneId, move } = enterprise;
  if (!park) return refuse('UNKNOWN_PARK', 'park', 'There is no such park.');
  if (registration !== 'CONFIRMED') {
    return refuse('WRONG_STATE', 'enterprise', 'The registration of the enterprise is not confirmed.');
  }
  if (move && isUnderWay(move) && move.state !== 'ARRANGED')
    return refuse('WRONG_STATE', 'enterprise', 'A move is under way already.');
  if (park.zoneId === homeZoneId) {
    return refuse('WRONG_ZONE', 'park', 'The enterprise is at home in the zone of this park.');
  }
  const requested: Move = {
    state: 'REQUESTED',
    fromZoneId: homeZoneId,
    toZoneId: park.zoneId,
    toParkId: park.parkId,
    keepsSites,
    requestedOn: today,
    acceptedOn: null,
    dueOn: null,
    objection: null,
    completedOn: null,
  };
  const isArranged = move?.state === 'ARRANGED' && move.fromZoneId === homeZoneId && move.toZoneId === park.zoneId;
  if (isArranged) return { ok: true, value: completed(moment, requested, today, by) };
  return { ok: true, value: { change: { move: requested }, event: eventOf(requested, 'MOVE_REQUESTED', by) } };
}

/** A relocation that both zones have confirmed. */
export interface Arrangement {
  readonly fromZoneId: string;
  readonly toZoneId: string;
  readonly toParkId: string;
}

/**
 * Arranges the move of a confirmed relocation: it waits for the enterprise's request, or completes a move to the same zone
 * that the enterprise has requested. A request to another zone goes before.
 * @returns null where the relocation leads to no move
 */
export function arrangedMove(
  { enterprise, lastReported }: Pick<RegisterSituation, 'enterprise' | 'lastReported'>,
  { fromZoneId, toZoneId, toParkId }: Arrangement,
  today: string,
): RegisterChange | null {
  const { registration, homeZoneId, move } = enterprise;
  if (registration !== 'CONFIRMED' || homeZoneId !== fromZoneId || hasEnded(enterprise)) return null;
  if (move && isUnderWay(move)) {
    if (move.toZoneId !== toZoneId || !moveAfter(move.state, 'ARRANGE')) return null;
    return completed({ enterprise, lastReported }, move, today, 'ZONE');
  }
  const arranged: Move = {
    ...{ state: 'ARRANGED', fromZoneId, toZoneId, toParkId, keepsSites: false, requestedOn: today },
    ...{ acceptedOn: null, dueOn: null, objection: null, completedOn: null },
  };
  return { change: { move: arranged }, event: eventOf(arranged, 'MOVE_ARRANGED', 'ZONE') };
}

/** Accepts a move for the receiving zone. The period in which the old zone may object starts. */
export function decideAcceptance({ enterprise, by, today }: RegisterMoment): RegisterDecision {
  const { move } = enterprise;
  const state = move && moveAfter(move.state, 'ACCEPT');
  if (!move || !state) return wrongState(move);
  const accepted: Move = { ...move, state, acceptedOn: today, dueOn: objectionDueOn(today) };
  return { ok: true, value: { change: { move: accepted }, event: eventOf(accepted, 'MOVE_ACCEPTED', by) } };
}

const EVENTS = {
  OBJECTED: 'MOVE_OBJECTED',
  REFUSED: 'MOVE_REFUSED',
  WITHDRAWN: 'MOVE_WITHDRAWN',
} as const satisfies Partial<Record<MoveState, RegisterEventKind>>;

/** Decides a step of a requested move. A step that completes the move changes the home and the stays. */
export function decideMoveStep(
  moment: RegisterMoment,
  step: Exclude<MoveStep, 'REQUEST' | 'ARRANGE' | 'ACCEPT' | 'LAPSE'>,
  objection?: ObjectionReason,
): RegisterDecision {
  const { move } = moment.enterprise;
  const state = move && moveAfter(move.state, step);
  if (!move || !state) return wrongState(move);
  if (state === 'COMPLETED') return { ok: true, value: completed(moment, move, moment.today, moment.by) };
  if (state !== 'OBJECTED' && state !== 'REFUSED' && state !== 'WITHDRAWN') return wrongState(move);
  const objected = objection === undefined ? {} : { objection, dueOn: decisionDueOn(moment.today) };
  const after: Move = { ...move, state, ...objected };
  return { ok: true, value: { change: { move: after }, event: eventOf(after, EVENTS[state], moment.by) } };
}

/**
 * Completes a move whose deadline passed without a decision of the old zone or the administrator.
 * @returns null where no move has lapsed
 */
export function lapsedMove(
  { enterprise, lastReported }: Pick<RegisterSituation, 'enterprise' | 'lastReported'>,
  today: string,
): RegisterChange | null {
  const { move } = enterprise;
  if (!hasLapsed(move, today)) return null;
  return completed({ enterprise, lastReported }, move, addDays(move.dueOn, 1), 'RULE');
}

function completed(
  { enterprise, lastReported }: Pick<RegisterMoment, 'enterprise' | 'lastReported'>,
  move: Move,
  completedOn: string,
  by: RegisterActor,
): RegisterChange {
  const after: Move = { ...move, state: 'COMPLETED', completedOn };
  const moved = movedHome(enterprise, move, firstOpenDay(completedOn, lastReported));
  return { change: { ...moved, move: after }, event: eventOf(after, 'MOVED', by) };
}

function wrongState(move: Move | null) {
  return refuse('WRONG_STATE', 'enterprise', move ? `The move is ${move.state}.` : 'No move was requested.');
}

function eventOf(move: Move, kind: RegisterEventKind, by: RegisterActor): RegisterEvent {
  return {
    kind,
    by,
    zoneIds: [move.fromZoneId, move.toZoneId],
    isForAdministrators: kind === 'MOVE_OBJECTED',
    parkId: move.toParkId,
    reason: kind === 'MOVE_OBJECTED' ? move.objection : null,
  };
}
