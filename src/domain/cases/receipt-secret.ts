/** Renewal of the secret that belongs to a receipt number. */

import { caseRelation } from '../access/case-relation.ts';
import { mayWrite } from '../access/decision.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { UNKNOWN_CASE } from './decide.ts';
import type { CaseSubject } from './file.ts';

export type RenewalRefusalCode = 'UNKNOWN_CASE' | 'NOT_YOURS' | 'ERASED';

/**
 * Decides whether a viewer may renew the secret of a case: only its signed-in applicant may. A holder of the secret may
 * have found it.
 */
export function decideRenewal(
  of: (CaseSubject & { readonly zoneId: string }) | null,
  viewer: Viewer,
): Decision<null, RenewalRefusalCode> {
  const relation = of === null ? 'NONE' : caseRelation(viewer, of);
  const refuse = (refusal: Refusal<RenewalRefusalCode>) => ({ ok: false, refusals: [refusal] }) as const;
  if (of === null || relation === 'NONE') return refuse({ ...UNKNOWN_CASE, code: 'UNKNOWN_CASE' });
  if (!mayWrite(viewer, 'renewReceiptSecret', relation)) {
    return refuse({ code: 'NOT_YOURS', field: [], message: 'Only the signed-in applicant may do this.' });
  }
  if (of.applicant === null) {
    return refuse({ code: 'ERASED', field: [], message: 'The applicant was erased, so there is no secret.' });
  }
  return { ok: true, value: null };
}
