/** Agreements on cases across zones, as far as cases rest on them. */
import type { DayInterval } from '../calendar/day.ts';
import type { CaseTerms } from '../linkages/case-terms.ts';

/** An agreement that is signed and has terms on cases. */
export interface CaseAgreement extends DayInterval {
  readonly agreementId: string;
  readonly zoneIds: readonly string[];
  readonly terms: CaseTerms;
}

/**
 * Returns the agreement between two zones on a day; null where none is in force. Of several, the one with the first id
 * counts.
 */
export function agreementBetween<Agreement extends CaseAgreement>(
  agreements: readonly Agreement[],
  zones: readonly [string, string],
  day: string,
): Agreement | null {
  const inForce = agreements.filter(
    ({ zoneIds, from, to }) =>
      zones.every((zone) => zoneIds.includes(zone)) && from <= day && (to === null || day <= to),
  );
  return inForce.toSorted((a, b) => (a.agreementId < b.agreementId ? -1 : 1))[0] ?? null;
}
