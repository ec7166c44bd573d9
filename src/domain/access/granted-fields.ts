import { formOf } from './decision.ts';
import { type FieldGroup, GUARDED } from './fields.ts';
import type { PartnerPurpose } from './purpose.ts';

/** Returns the fields, as `Type.field`, that an agreement opens to its parties' systems for a purpose. */
export function fieldsGrantedFor(purpose: PartnerPurpose): readonly string[] {
  return (Object.keys(GUARDED) as FieldGroup[])
    .filter((group) => formOf('partner', group, 'GRANTED', purpose) !== 'HIDDEN')
    .flatMap((group) => GUARDED[group].fields);
}
