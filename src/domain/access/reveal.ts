import type { PersonField } from '../person.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { FieldGroup } from './fields.ts';
import { formOf } from './form.ts';
import type { RevealPurpose } from './purpose.ts';
import { type CaseBinding, type CaseRelation, caseRelation } from './relation.ts';

/** The group that each of a person's fields is judged by. */
const GROUPS = {
  name: 'applicantName',
  idNumber: 'applicantIdNumber',
  phone: 'applicantPhone',
} as const satisfies Record<PersonField, FieldGroup>;

export type RevealRefusal = 'UNKNOWN_CASE' | 'NOT_REVEALED';

/**
 * Whether a whole value of a case's applicant is shown to a viewer for a purpose: by the table of who sees what. Who has
 * nothing to do with the case isn't told that there is one.
 * @returns how the viewer stands to the case
 */
export function decideReveal(
  viewer: Viewer,
  of: CaseBinding | null,
  field: PersonField,
  purpose: RevealPurpose,
): Decision<CaseRelation, RevealRefusal> {
  const relation = of === null ? 'NONE' : caseRelation(viewer, of);
  if (relation === 'NONE') {
    return { ok: false, refusals: [{ code: 'UNKNOWN_CASE', field: ['case'], message: 'There is no such case.' }] };
  }
  if (formOf(viewer.kind, GROUPS[field], relation, purpose) !== 'FULL') {
    const message = 'Your part in this case does not open this field for this purpose.';
    return { ok: false, refusals: [{ code: 'NOT_REVEALED', field: ['purpose'], message }] };
  }
  return { ok: true, value: relation };
}
