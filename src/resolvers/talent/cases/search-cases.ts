import { caseRelation } from '../../../domain/access/case-relation.ts';
import { quotaFor } from '../../../domain/access/reveal-quota.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { mayFind, maySearch, type SearchedField, searchText } from '../../../domain/people/search.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { CodedError } from '../../../errors.ts';
import { securityEvent } from '../../../security-event.ts';
import type { CaseItem } from '../../../storage/talent/items.ts';
import { exactlyOne } from '../../../subgraph/arguments.ts';
import { userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import { noteAccess } from '../entities.ts';
import type { QueryResolvers } from '../generated/types.ts';

/** Upper bounds of an answer. Each person's cases take two calls. */
const MAX_PERSONS = 10;
const MAX_CASES = 50;

/**
 * Finds cases by an exact value. Nothing is shown before the search is counted and each found case is recorded: the cases
 * are read beside the count, and a refused search doesn't wait for them.
 */
export const searchCases: NonNullable<QueryResolvers['searchCases']> = async (_, { by }, context) => {
  const { viewer, store, request, log } = context;
  const { purpose, receiptNumber = null, name = null, idNumber = null } = by;
  const { name: field, value } = exactlyOne({ receiptNumber, name, idNumber });
  if (!maySearch(viewer)) throw new CodedError('FORBIDDEN', 'Only officers with the role REVEAL search for cases.');
  const reading = casesBy(field, value, viewer.zone, context);
  // A fault of the reads is reported where the search is granted.
  reading.catch(() => undefined);
  const limit = quotaFor('CLAIMED', await store.reveals.quota(viewer.zone));
  const { now } = request;
  const sought = field === 'receiptNumber' ? `RECEIPT ${value}` : searchText(field, value);
  const search = {
    officer: viewer.person,
    person: sought,
    ground: 'CLAIMED',
    limit,
    day: dayInShanghai(now),
    now,
  } as const;
  if (!(await store.reveals.count(search))) {
    const event = { viewer, requestId: request.id, mutation: 'searchCases', purpose, isClaimed: false };
    securityEvent(log, { kind: 'REVEAL_QUOTA_EXCEEDED', ...event, limit });
    return { cases: [], isComplete: false, userErrors: userErrors([quotaExceeded(limit)], CODES) };
  }
  const { cases, isComplete } = await reading;
  const found = cases.filter((of) => mayFind(viewer, of, field, purpose));
  const shown = found.toSorted((a, b) => b.openedAt.localeCompare(a.openedAt)).slice(0, MAX_CASES);
  for (const of of shown) noteAccess(store.accessRecorder, of, { ...SHOWN[field], relation: caseRelation(viewer, of) });
  // The release of the answer waits for it.
  store.accessRecorder.begin(purpose);
  return { cases: shown, isComplete: isComplete && found.length <= MAX_CASES, userErrors: [] };
};

/** The field that a match confirms. */
const SHOWN = {
  receiptNumber: { field: 'TalentCase.receiptNumber', form: 'FULL' },
  name: { field: 'Applicant.name', form: 'FULL' },
  idNumber: { field: 'Applicant.idNumber', form: 'FULL' },
} as const;

const CODES = { QUOTA_EXCEEDED: 'QUOTA_EXCEEDED' } as const;

const quotaExceeded = (limit: number): Refusal<'QUOTA_EXCEEDED'> => ({
  code: 'QUOTA_EXCEEDED',
  field: ['by'],
  message: `You have searched for or opened values of ${limit} persons today, which is your quota. It begins anew at midnight.`,
});

async function casesBy(
  field: SearchedField | 'receiptNumber',
  value: string,
  zone: string,
  { store }: Context,
): Promise<{ readonly cases: readonly CaseItem[]; readonly isComplete: boolean }> {
  if (field === 'receiptNumber') {
    const id = await store.cases.idOfReceipt(value);
    const of = id === null ? null : await store.cases.byId.load(id);
    return { cases: of ? [of] : [], isComplete: true };
  }
  const persons = await store.people.search(zone, field, value);
  const cases = await Promise.all(persons.slice(0, MAX_PERSONS).map((person) => store.casesOfPerson(person)));
  return { cases: cases.flat(), isComplete: persons.length <= MAX_PERSONS };
}
