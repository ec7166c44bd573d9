import type { Claim } from '../../../domain/work-list/claim.ts';
import type { Work } from '../../../domain/work-list/work-item.ts';
import { and, attributeIs, type Condition } from '../../dynamodb/condition.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { put, update, type Write } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import { type WorkItem, workItem } from '../items.ts';

/**
 * Puts a case in an agency's list, or says anew what is to be done.
 * @param keepsClaim whether the list has it already, and who has it in hand keeps it
 */
export function writeWork(work: Work, keepsClaim: boolean): Write<never> {
  if (!keepsClaim) return put(workItem(work));
  const { pk: _, sk: __, claim: ___, ...rest } = workItem(work);
  return update(talentKeys.work(work.caseId, work.agency), { set: rest });
}

/** Says who has it in hand, where nobody has said so since it was loaded, and the list still has it. */
export function writeClaim({ caseId, agency, zoneId, claim: before }: WorkItem, claim: Claim | null): Write<Stale> {
  const when = and(attributeIs('zoneId', zoneId), claimIs(before));
  return update<Stale>(talentKeys.work(caseId, agency), { set: { claim } }, { when, otherwise: STALE });
}

function claimIs(claim: Claim | null | undefined): Condition {
  if (claim) return attributeIs('claim', claim);
  const isNull = attributeIs('claim', null);
  return { ...isNull, expression: `attribute_not_exists(#c_claim) OR ${isNull.expression}` };
}
