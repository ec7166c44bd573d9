/** Agreements between zones, as they stand on a day and as they link. */

import type { DayInterval } from '../calendar/day.ts';
import type { AgreementStatus } from './coverage.ts';

/** A signed agreement has expired when its last day is over; nobody has to record that. */
export function agreementStatusOn(
  { status, to }: Pick<DayInterval, 'to'> & { readonly status: AgreementStatus },
  day: string,
): AgreementStatus {
  return status === 'SIGNED' && to !== null && to < day ? 'EXPIRED' : status;
}

export interface PartyFacts {
  readonly zoneId: string;
  readonly role: 'ORIGIN' | 'DESTINATION' | 'OPERATOR';
}

/** From each zone of origin to each other party; where there is none, between all parties in the order of listing. */
export function linkageEdges(
  parties: readonly PartyFacts[],
): readonly { readonly from: string; readonly to: string }[] {
  const origins = parties.filter(({ role }) => role === 'ORIGIN');
  const others = parties.filter(({ role }) => role !== 'ORIGIN');
  const pairs =
    origins.length > 0
      ? origins.flatMap((from) => others.map((to) => [from, to] as const))
      : others.flatMap((from, i) => others.slice(i + 1).map((to) => [from, to] as const));
  return pairs
    .filter(([from, to]) => from.zoneId !== to.zoneId)
    .map(([from, to]) => ({ from: from.zoneId, to: to.zoneId }));
}
