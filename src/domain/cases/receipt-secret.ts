/** The secret that an applicant gets with a receipt number, when it may be replaced by another. */
import { mayWrite } from '../access/may-write.ts';
import { caseRelation } from '../access/relation.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { UNKNOWN_CASE } from './decide.ts';
import type { CaseSubject } from './file.ts';

export type RenewalRefusalCode = 'UNKNOWN_CASE' | 'NOT_YOURS' | 'ERASED';

/**
 * Whether somebody may have another secret of a case: only who signs in as its applicant. Who comes with the secret itself
 * may have found it.
 */
export function decideRenewal(
  of: (CaseSubject & { readonly zoneId: string }) | null,
  viewer: Viewer,
): Decision<null, RenewalRefusalCode> {
  const relation = of === null ? 'NONE' : caseRelation(viewer, of);
  const refuse = (refusal: Refusal<RenewalRefusalCode>) => ({ ok: false, refusals: [refusal] }) as const;
  if (of === null || relation === 'NONE') return refuse({ ...UNKNOWN_CASE, code: 'UNKNOWN_CASE' });
  if (!mayWrite(viewer, 'renewReceiptSecret', relation)) {
    return refuse({ code: 'NOT_YOURS', field: [], message: 'Only the applicant, signed in as such, may do this.' });
  }
  if (of.applicant === null) {
    return refuse({ code: 'ERASED', field: [], message: 'The applicant was erased: there is no secret any more.' });
  }
  return { ok: true, value: null };
}
