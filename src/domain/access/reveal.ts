import type { PersonField } from '../person.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { FieldGroup } from './fields.ts';
import { formOf } from './form.ts';
import type { RevealPurpose } from './purpose.ts';
import { type CaseBinding, type CaseRelation, caseRelation } from './relation.ts';

/** What is opened one by one: a field of the applicant, or a file that they handed in. */
export type Revealed = PersonField | 'document';

/** The group that each is judged by. */
const GROUPS = {
  name: 'applicantName',
  idNumber: 'applicantIdNumber',
  phone: 'applicantPhone',
  document: 'documentContents',
} as const satisfies Record<Revealed, FieldGroup>;

export type RevealRefusal = 'UNKNOWN_CASE' | 'NOT_REVEALED';

/**
 * Whether a whole value of a case's applicant, or a file, is shown to a viewer for a purpose: by the table of who sees what.
 * Who has nothing to do with the case isn't told that there is one.
 * @returns how the viewer stands to the case
 */
export function decideReveal(
  viewer: Viewer,
  of: CaseBinding | null,
  what: Revealed,
  purpose: RevealPurpose,
): Decision<CaseRelation, RevealRefusal> {
  const relation = of === null ? 'NONE' : caseRelation(viewer, of);
  if (relation === 'NONE') {
    return { ok: false, refusals: [{ code: 'UNKNOWN_CASE', field: ['case'], message: 'There is no such case.' }] };
  }
  if (formOf(viewer.kind, GROUPS[what], relation, purpose) !== 'FULL') {
    const message = 'Your part in this case does not open this for this purpose.';
    return { ok: false, refusals: [{ code: 'NOT_REVEALED', field: ['purpose'], message }] };
  }
  return { ok: true, value: relation };
}
