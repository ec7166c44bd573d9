/** Facts for decisions, from the items that store them. */
import { firstDayInForce } from '../../domain/linkages/agreement.ts';
import type { AgreementFacts, Coverage } from '../../domain/linkages/coverage.ts';
import type { AgreementItem, CoverageItem } from '../../storage/linkages/items.ts';

/** Returns the facts of a coverage. It is valid as long as the policy version that the parties agreed on. */
export function coverageFacts(coverage: CoverageItem): Coverage {
  const { id, policyId, policyVersion, fromZoneId, toZoneId, subject, conditions, agreementId } = coverage;
  const from = [coverage.validFrom, policyVersion.validFrom].sort().at(-1) ?? coverage.validFrom;
  const to = [coverage.validTo, policyVersion.validTo].filter((day) => day !== null).sort()[0] ?? null;
  return { id, policyId, fromZoneId, toZoneId, subject, conditions, agreementId, from, to };
}

/** Returns the facts of an agreement. A zone that has not signed is no party yet. */
export function agreementFacts(agreement: AgreementItem): AgreementFacts {
  const { id, status, terminatedOn, parties, validTo: to } = agreement;
  const partyZoneIds = parties.filter(({ signedOn }) => signedOn !== null).map(({ zoneId }) => zoneId);
  return { id, status, terminatedOn, partyZoneIds, from: firstDayInForce(agreement), to };
}
