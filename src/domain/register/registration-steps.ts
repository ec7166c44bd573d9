import { addDays } from '../calendar/day.ts';
import { isIdOf } from '../ids.ts';
import type { RegisterCommandOf } from './command.ts';
import type { RegisterEvent } from './event.ts';
import { zonesOfChallenge } from './record.ts';
import { type Challenge, type RegistrationState, registrationAfter } from './registration.ts';
import { type RegisterDecision, type RegisterMoment, refuseRegister as refuse } from './situation.ts';
import { endStays, firstOpenDay } from './stays.ts';

/**
 * Confirms a registration: from then on, the home zone's officers see the enterprise's private data. The enterprise's
 * confirmation also settles a challenge, so that no other zone blocks it. An administrator decides a challenge instead
 * of confirming.
 */
export function decideConfirmation({ enterprise, by }: RegisterMoment): RegisterDecision {
  const { challenge, homeZoneId } = enterprise;
  const step = by === 'ENTERPRISE' && challenge ? 'CONFIRM_AFTER_ALL' : 'CONFIRM';
  const registration = registrationAfter(enterprise.registration, step);
  if (!registration) return wrongState(enterprise.registration);
  const event = eventOf('CONFIRMED', by, [homeZoneId, ...zonesOfChallenge(challenge)]);
  return { ok: true, value: { change: { registration, challenge: null }, event } };
}

/**
 * Challenges a registration. An officer may name only their own zone as the home. An enterprise's statement that it
 * never agreed to the registration needs no decision. So no zone blocks it by registering it first.
 */
export function decideChallenge(
  moment: RegisterMoment,
  { reason, homeZoneId }: Pick<RegisterCommandOf<'CHALLENGE_REGISTRATION'>, 'reason' | 'homeZoneId'>,
): RegisterDecision {
  const { enterprise, by, byZoneId, today } = moment;
  if (by === 'ENTERPRISE' && reason === 'NOT_AGREED' && homeZoneId === null) return disowned(moment);
  const registration = registrationAfter(enterprise.registration, 'CHALLENGE');
  if (!registration) return wrongState(enterprise.registration);
  const claimed = reason === 'OTHER_HOME' ? (byZoneId ?? homeZoneId) : null;
  const isNamed = homeZoneId === null || homeZoneId === claimed;
  const isClaimable = claimed !== null && isIdOf('zone', claimed) && claimed !== enterprise.homeZoneId;
  if (!isNamed || (reason === 'OTHER_HOME' && !isClaimable)) {
    return refuse(
      'INVALID_HOME_ZONE',
      'homeZone',
      'Name another zone as the home where the reason is OTHER_HOME only.',
    );
  }
  const challenge: Challenge = { reason, homeZoneId: claimed, byZoneId, on: today };
  const event = {
    ...eventOf('CHALLENGED', by, [enterprise.homeZoneId, ...zonesOfChallenge(challenge)]),
    isForAdministrators: true,
    reason,
  };
  return { ok: true, value: { change: { registration, challenge }, event } };
}

/**
 * Decides a challenge. If upheld, the stays of the registration end; the home becomes the named zone, or the
 * registration void.
 */
export function decideOutcome(moment: RegisterMoment, isUpheld: boolean): RegisterDecision {
  const { enterprise, by } = moment;
  const { challenge, homeZoneId } = enterprise;
  const step = !isUpheld ? 'REJECT' : challenge?.reason === 'OTHER_HOME' ? 'UPHOLD_OTHER_HOME' : 'UPHOLD';
  const registration = registrationAfter(enterprise.registration, step);
  if (!registration || !challenge) return wrongState(enterprise.registration);
  const zones = [homeZoneId, ...zonesOfChallenge(challenge)];
  if (!isUpheld) {
    const event = eventOf('CHALLENGE_REJECTED', by, zones);
    return { ok: true, value: { change: { registration, challenge: null }, event } };
  }
  const change = {
    registration,
    challenge: null,
    homeZoneId: challenge.homeZoneId ?? homeZoneId,
    residencies: staysEnded(moment),
  };
  return {
    ok: true,
    value: { change, event: { ...eventOf('CHALLENGE_UPHELD', by, zones), reason: challenge.reason } },
  };
}

function disowned(moment: RegisterMoment): RegisterDecision {
  const { registration: before, homeZoneId, challenge } = moment.enterprise;
  const registration = registrationAfter(before, 'DISOWN');
  if (!registration) return wrongState(before);
  const zones = [homeZoneId, ...zonesOfChallenge(challenge)];
  const event = { ...eventOf('CHALLENGE_UPHELD', moment.by, zones), reason: 'NOT_AGREED' as const };
  return { ok: true, value: { change: { registration, challenge: null, residencies: staysEnded(moment) }, event } };
}

function staysEnded({ enterprise, today, lastReported }: RegisterMoment) {
  const lastDay = addDays(firstOpenDay(today, lastReported), -1);
  return endStays(enterprise.residencies, lastDay, () => true);
}

function wrongState(state: RegistrationState) {
  return refuse('WRONG_STATE', 'enterprise', `The registration is ${state}.`);
}

function eventOf(kind: RegisterEvent['kind'], by: RegisterEvent['by'], zoneIds: readonly string[]): RegisterEvent {
  return { kind, by, zoneIds: [...new Set(zoneIds)], isForAdministrators: false, parkId: null, reason: null };
}
