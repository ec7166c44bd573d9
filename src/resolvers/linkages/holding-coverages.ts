/** Coverages that hold on a day, of a policy and of a zone. */
import { isWithin } from '../../domain/calendar/day.ts';
import { agreementFacts } from '../../domain/linkages/agreement.ts';
import { agreementHolds } from '../../domain/linkages/coverage.ts';
import type { CoverageItem } from '../../storage/linkages/items.ts';
import type { Context } from './context.ts';
import type { CoverageDirection } from './generated/types.ts';
import { knownAgreement } from './known.ts';
import { coverageFacts } from './stored-facts.ts';

/** Returns those of some coverages that hold on a day: their version and their agreement are in force. */
async function holdingOn(
  coverages: readonly CoverageItem[],
  day: string,
  { store }: Context,
): Promise<readonly CoverageItem[]> {
  const policies = await store.known.policy.loadMany(coverages.map(({ policyId }) => policyId));
  const valid = coverages.filter((coverage, i) => isWithin(day, coverageFacts(coverage, policies[i] ?? null)));
  const agreements = await Promise.all(valid.map(({ agreementId }) => knownAgreement(store, agreementId)));
  return valid.filter((_, i) => {
    const agreement = agreements[i];
    return agreement !== undefined && agreementHolds(agreementFacts(agreement), day);
  });
}

export async function coveragesOfPolicy(policyId: string, day: string, context: Context) {
  const { known, coverages } = context.store;
  // The policy is read beside its coverages: their days follow from it.
  const [found] = await Promise.all([coverages.ofPolicy(policyId), known.policy.load(policyId)]);
  return holdingOn(found, day, context);
}

/** Returns the coverages into a zone, or those of its own policies into others. */
export async function coveragesOfZone(
  zoneId: string,
  { direction, day }: { readonly direction: CoverageDirection; readonly day: string },
  context: Context,
) {
  const { coverages } = context.store;
  const zone = await coverages.intoZone.load(zoneId);
  if (direction === 'IN') {
    const into = await coverages.byId.loadMany([...(zone?.coverageIds ?? [])].sort());
    return holdingOn(
      into.filter((coverage) => coverage !== null),
      day,
      context,
    );
  }
  const out = await Promise.all([...(zone?.policyIds ?? [])].sort().map((id) => coverages.ofPolicy(id)));
  return holdingOn(
    out.flat().filter(({ fromZoneId }) => fromZoneId === zoneId),
    day,
    context,
  );
}
