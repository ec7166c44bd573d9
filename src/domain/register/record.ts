/** The register record of an enterprise: its home, its hosts and open procedures. */
import { isWithin } from '../calendar/day.ts';
import type { Residency } from '../enterprises/residency.ts';
import type { Admission } from './admission.ts';
import { hasLapsed, type Move } from './move.ts';
import type { EnterpriseProposal } from './proposal.ts';
import type { Challenge, RegistrationState } from './registration.ts';
import { hasEnded, type Relative, type Succession } from './succession.ts';

export interface RegisterRecord {
  readonly id: string;
  /** The zone whose officers change the enterprise's facts. */
  readonly homeZoneId: string;
  readonly registration: RegistrationState;
  /** Null unless the registration is CHALLENGED. */
  readonly challenge: Challenge | null;
  readonly admissions: readonly Admission[];
  /** The last move; null where there never was one. */
  readonly move: Move | null;
  /** The clerk's open proposals, the oldest first; absent where there never was one. */
  readonly proposals?: readonly EnterpriseProposal[];
  /** A succession that awaits agreement or confirmation; absent or null where there is none. */
  readonly succession?: Succession | null;
  /** Absent where there never was one, like the predecessors. */
  readonly successors?: readonly Relative[];
  readonly predecessors?: readonly Relative[];
  /** Newest first, without the settled ones. */
  readonly residencies: readonly Residency[];
  /** The last settled day; absent before there is one. */
  readonly settledTo?: string;
}

/** Returns the home zone on a day. A lapsed move counts from the day after its deadline. */
export function homeZoneOn({ homeZoneId, move }: Pick<RegisterRecord, 'homeZoneId' | 'move'>, today: string): string {
  return hasLapsed(move, today) ? move.toZoneId : homeZoneId;
}

/** Returns whether an enterprise has ended, or has left all parks before a day. */
export function isGone(
  { successors, registration, residencies }: Pick<RegisterRecord, 'successors' | 'registration' | 'residencies'>,
  day: string,
): boolean {
  if (hasEnded({ ...(successors && { successors }) }) || registration === 'VOID') return true;
  return residencies.every(({ to }) => to !== null && to < day);
}

/** Returns the parks of other zones in which the enterprise stays by admission on a day. */
export function hostParksOn(
  { admissions, residencies }: Pick<RegisterRecord, 'admissions' | 'residencies'>,
  today: string,
): readonly Admission[] {
  return admissions.filter(
    ({ parkId, state }) =>
      state === 'OPEN' && residencies.some((stay) => stay.parkId === parkId && isWithin(today, stay)),
  );
}

/** Returns all zones that are party to an open procedure, the home zone first. */
export function partiesOf({ homeZoneId, admissions, move, challenge, succession }: RegisterRecord): readonly string[] {
  return [
    homeZoneId,
    ...admissions.map(({ zoneId }) => zoneId),
    ...(move ? [move.fromZoneId, move.toZoneId] : []),
    ...zonesOfChallenge(challenge),
    ...(succession?.zoneIds ?? []),
  ];
}

export function zonesOfChallenge(challenge: Challenge | null): readonly string[] {
  return [challenge?.byZoneId, challenge?.homeZoneId].filter((zone) => zone != null);
}
