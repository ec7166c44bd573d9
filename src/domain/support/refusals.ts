/** Refusals that all changes of an enterprise's tracking, requests and facts share. */
import type { EnterpriseRelation } from '../access/relation.ts';
import type { RecordRefusalCode } from '../records/record.ts';
import type { Refusal } from '../refusal.ts';

export type StepRefusalCode = RecordRefusalCode | 'WRONG_STATE' | 'FULL';

/**
 * Refuses a caller whose relation to the enterprise doesn't allow the change. It comes before all other refusals, so
 * that they tell nothing to others.
 * @param relation null where there is no such enterprise
 */
export function refuseRelation(
  relation: EnterpriseRelation | null,
  mayDo: (relation: EnterpriseRelation) => boolean,
): readonly Refusal<StepRefusalCode>[] {
  if (relation === null) {
    return [{ code: 'UNKNOWN_REFERENCE', field: ['enterprise'], message: 'There is no such enterprise.' }];
  }
  if (mayDo(relation)) return [];
  return [{ code: 'NOT_YOURS', field: [], message: 'You may not do this for this enterprise.' }];
}
