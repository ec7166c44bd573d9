import type { Claim } from '../../../domain/work-list/claim.ts';
import type { Work } from '../../../domain/work-list/work-item.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { and, attributeIs, type Condition, put, update, type Write } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import { type WorkItem, workItem } from '../items.ts';

/**
 * Puts a work item into an agency's list, or updates it.
 * @param keepsClaim set where the list has it already, whose claim stays
 */
export function writeWork(work: Work, keepsClaim: boolean): Write<never> {
  if (!keepsClaim) return put(workItem(work));
  const { pk: _, sk: __, claim: ___, ...rest } = workItem(work);
  return update(talentKeys.work(work.caseId, work.agency), { set: rest });
}

/** Sets the claim of a work item, unless its claim or list has changed since it was loaded. */
export function writeClaim({ caseId, agency, zoneId, claim: before }: WorkItem, claim: Claim | null): Write<Stale> {
  const when = and(attributeIs('zoneId', zoneId), claimIs(before));
  return update<Stale>(talentKeys.work(caseId, agency), { set: { claim } }, { when, otherwise: STALE });
}

function claimIs(claim: Claim | null | undefined): Condition {
  if (claim) return attributeIs('claim', claim);
  const isNull = attributeIs('claim', null);
  return { ...isNull, expression: `attribute_not_exists(#c_claim) OR ${isNull.expression}` };
}
