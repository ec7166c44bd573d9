/** Agreements between zones: their status on a day, and the links between their parties. */

import type { DayInterval } from '../calendar/day.ts';
import type { AgreementStatus } from './coverage.ts';

/**
 * Returns the status of an agreement on a day. A signed agreement expires after its last day without being recorded.
 */
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

/**
 * Returns a link from each zone of origin to each other party. Without an origin, it links all parties in their listed
 * order.
 */
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
