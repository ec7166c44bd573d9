/** The zones to which coverages lead a policy on a day. */
import { isWithin } from '../../domain/calendar/day.ts';
import { firstDayInForce } from '../../domain/linkages/agreement.ts';
import { agreementHolds } from '../../domain/linkages/coverage.ts';
import type { PolicyFacts } from '../../domain/policies/policy.ts';
import type { Table } from '../dynamodb/table.ts';
import { openAgreements } from './agreements/agreements.ts';
import { openCoverages } from './coverages.ts';

/** A policy whose coverages are asked about, and the day. */
export interface CoverageQuestion {
  readonly policyId: string;
  readonly facts: Pick<PolicyFacts, 'homeZoneIds' | 'subject'>;
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

/**
 * Finds the zones where policies hold by coverages: for each question, in its order. A coverage counts on its days while
 * its agreement holds, whatever version it names: a new version ends the coverage of the one before.
 */
export async function coveredZones(
  table: Table,
  questions: readonly CoverageQuestion[],
): Promise<readonly (readonly string[])[]> {
  const [coverages, agreements] = [openCoverages(table), openAgreements(table)];
  const ofPolicy = await Promise.all(questions.map(({ policyId }) => coverages.ofPolicy(policyId)));
  const known = await agreements.byId.loadMany([...new Set(ofPolicy.flat().map(({ agreementId }) => agreementId))]);
  const byId = new Map(known.flatMap((agreement) => (agreement ? [[agreement.id, agreement] as const] : [])));
  return questions.map(({ facts, on }, i) => {
    const holding = (ofPolicy[i] ?? []).filter(({ agreementId, subject, fromZoneId, toZoneId, validFrom, validTo }) => {
      const agreement = byId.get(agreementId);
      const isOfPolicy = subject === facts.subject && facts.homeZoneIds.includes(fromZoneId);
      if (!agreement || !isOfPolicy || !isWithin(on, { from: validFrom, to: validTo })) return false;
      const { status, terminatedOn, parties, validTo: to } = agreement;
      const signers = parties.filter(({ signedOn }) => signedOn !== null).map(({ zoneId }) => zoneId);
      return (
        agreementHolds({ status, terminatedOn, from: firstDayInForce(agreement), to }, on) &&
        [fromZoneId, toZoneId].every((zone) => signers.includes(zone))
      );
    });
    const zones = new Set(holding.map(({ toZoneId }) => toZoneId));
    return [...zones].filter((zone) => !facts.homeZoneIds.includes(zone));
  });
}
