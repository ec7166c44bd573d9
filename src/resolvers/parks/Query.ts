import { CodedError } from '../../errors.ts';
import type { PolicyChoice } from '../../storage/parks/policies-in-force.ts';
import { exactlyOne } from '../../subgraph/arguments.ts';
import { calendarYear } from './calendar.ts';
import type { QueryPoliciesArgs, QueryResolvers } from './generated/types.ts';
import { savedQuestion, savedQuestions } from './questions.ts';

/** Returns the id of a park or zone: a prefix and its code. */
function idOf(prefix: 'park' | 'zone', given: { readonly id?: string | null; readonly code?: string | null }): string {
  const { name, value } = exactlyOne({ id: given.id ?? null, code: given.code ?? null });
  return name === 'id' ? value : `${prefix}_${value}`;
}

function choiceOf({ issuer, subject }: QueryPoliciesArgs): PolicyChoice {
  if (issuer != null && subject != null) {
    throw new CodedError('BAD_USER_INPUT', 'Give at most one of `issuer` and `subject`.', {
      details: { arguments: ['issuer', 'subject'] },
    });
  }
  if (issuer != null) return { by: 'ISSUER', issuer };
  return subject == null ? { by: 'ALL' } : { by: 'SUBJECT', subject };
}

export const Query: QueryResolvers = {
  park: (_, given, { store }) => store.parks.byId.load(idOf('park', given)),
  parks: (_, { zone, ...page }, { store }) =>
    zone == null ? store.parks.list(page) : store.parks.listOfZone(zone, 'Query.parks', page),
  zone: (_, given, { store }) => store.zones.byId.load(idOf('zone', given)),
  zones: (_, { kind, ...page }, { store }) => store.zones.list(kind ?? null, page),
  policy: (_, { id }, { store }) => store.policies.byId.load(id),
  policies: (_, given, { store }) =>
    given.inForceOn == null
      ? store.policies.list(choiceOf(given), given)
      : store.policies.listInForce(choiceOf(given), given.inForceOn, given),
  calendarYear,
  savedQuestions,
  savedQuestion,
  indicators: (_, page, { store }) => store.figures.listIndicators(page),
};
