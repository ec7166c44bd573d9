/** Facts for decisions, from the items that store them. */
import { laterDay } from '../../domain/calendar/day.ts';
import type { Coverage } from '../../domain/linkages/coverage.ts';
import type { CoverageItem, PolicyFactsItem } from '../../storage/linkages/items.ts';

/**
 * Returns the facts of a coverage. It is valid on the days on which the policy version is in force that the parties
 * agreed on: as far as the policy is known, on those of now, else on those of the agreement's time.
 */
export function coverageFacts(coverage: CoverageItem, policy: PolicyFactsItem | null): Coverage {
  const { id, policyId, policyVersion, fromZoneId, toZoneId, subject, rule, agreementId } = coverage;
  const agreed = { from: policyVersion.validFrom, to: policyVersion.validTo };
  const now = policy?.inForce.find(({ number }) => number === policyVersion.number) ?? agreed;
  const from = laterDay(coverage.validFrom, now.from);
  const to = [coverage.validTo, now.to].filter((day) => day !== null).sort()[0] ?? null;
  return { id, policyId, fromZoneId, toZoneId, subject, rule, agreementId, from, to };
}
