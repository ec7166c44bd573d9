/** Refusals that all changes of an enterprise's tracking, requests and facts share. */
import type { EnterpriseRelation } from '../access/relation.ts';
import type { MutationName } from '../access/write-table.ts';
import type { RecordRefusalCode } from '../records/record.ts';
import type { Refusal } from '../refusal.ts';
import { isGone, type RegisterRecord } from '../register/record.ts';

export type StepRefusalCode = RecordRefusalCode | 'WRONG_STATE' | 'FULL' | 'ENDED';

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

/** Mutations that begin something with an enterprise. Those that go on with it or end it stay possible. */
const BEGINNINGS: ReadonlySet<MutationName> = new Set([
  'requestSupport',
  'assignTracking',
  'publishOffer',
  'showInterest',
  'acceptInterest',
  'enrolInCourse',
  'recordInspection',
]);

/**
 * Refuses to begin something with an enterprise that is gone.
 * @param enterprise null where the change concerns none
 */
export function refuseGone(
  mutation: MutationName,
  enterprise: Pick<RegisterRecord, 'successors' | 'registration' | 'residencies'> | null,
  today: string,
): readonly Refusal<StepRefusalCode>[] {
  if (!enterprise || !BEGINNINGS.has(mutation) || !isGone(enterprise, today)) return [];
  return [{ code: 'ENDED', field: ['enterprise'], message: 'The enterprise has ended, or has left all parks.' }];
}
