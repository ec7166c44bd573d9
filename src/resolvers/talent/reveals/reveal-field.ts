import type { PersonField } from '../../../domain/people/person.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { userErrors } from '../../../subgraph/user-errors.ts';
import type { MutationResolvers, PersonalField } from '../generated/types.ts';
import { allowReveal, REVEAL_CODES, recordReveal } from './allow-reveal.ts';

/** Reveals a field. The access-log entry is written before the value is opened: if that fails, nothing is shown. */
export const revealField: NonNullable<MutationResolvers['revealField']> = async (_, { input }, context) => {
  const { case: caseId, field, purpose, emergency = null } = input;
  const request = { what: FIELDS[field], purpose, emergency };
  const allowed = await allowReveal(caseId, request, context);
  if (!allowed.ok) return refused(allowed.refusals);
  const refusal = await recordReveal('revealField', allowed.value, `Applicant.${FIELDS[field]}`, request, context);
  if (refusal) return refused([refusal]);
  const value = await context.store.people.open(allowed.value.case.applicantId, FIELDS[field]);
  return value === null ? refused([NOT_KEPT]) : { value, userErrors: [] };
};

const FIELDS = {
  NAME: 'name',
  ID_NUMBER: 'idNumber',
  PHONE: 'phone',
} as const satisfies Record<PersonalField, PersonField>;

const NOT_KEPT = {
  code: 'NOT_KEPT',
  field: ['field'],
  message: 'The whole value is not kept, or not any more.',
} as const satisfies Refusal;

const CODES = { ...REVEAL_CODES, NOT_KEPT: 'NOT_FOUND' } as const;

function refused(refusals: readonly Refusal<keyof typeof CODES>[]) {
  return { value: null, userErrors: userErrors(refusals, CODES) };
}
