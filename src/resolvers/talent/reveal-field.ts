import { decideReveal, type RevealRefusal } from '../../domain/access/reveal.ts';
import type { PersonField } from '../../domain/person.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { type UserErrorCode, userErrors } from '../../subgraph/user-errors.ts';
import { noteAccess } from './access-log/note-access.ts';
import type { MutationResolvers, PersonalField } from './generated/types.ts';

/** Records the access and its purpose first, then opens the value: where the first fails, there is no second. */
export const revealField: NonNullable<MutationResolvers['revealField']> = async (
  _,
  { input: { case: caseId, field, purpose } },
  { viewer, store },
) => {
  const of = await store.cases.byId.load(caseId);
  const decision = decideReveal(viewer, of, FIELDS[field], purpose);
  if (!decision.ok || of === null) return refused(decision.ok ? [] : decision.refusals);
  const seen = { field: `Applicant.${FIELDS[field]}`, form: 'FULL', relation: decision.value } as const;
  noteAccess(store.accessNotes, of, seen);
  await store.accessNotes.flush(purpose);
  const value = await store.people.open(of.applicantId, FIELDS[field]);
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

const CODES = {
  UNKNOWN_CASE: 'NOT_FOUND',
  NOT_REVEALED: 'NOT_ALLOWED',
  NOT_KEPT: 'NOT_FOUND',
} as const satisfies Record<RevealRefusal | 'NOT_KEPT', UserErrorCode>;

function refused(refusals: readonly Refusal<keyof typeof CODES>[]) {
  return { value: null, userErrors: userErrors(refusals, CODES) };
}
