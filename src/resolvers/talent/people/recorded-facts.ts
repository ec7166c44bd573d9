/** Facts of applicants from agencies' registers: how they are recorded, and who is shown them. */
import { caseRelation } from '../../../domain/access/case-relation.ts';
import { PERSON_FACTS } from '../../../domain/case-types/terms.ts';
import { AGENCY_LABELS } from '../../../domain/cases/words/labels.ts';
import { decideFacts, factsFromRegisters, type RecordedFacts } from '../../../domain/people/recorded-facts.ts';
import type { Facts, FactValue } from '../../../domain/rules/rule.ts';
import { textOfValue } from '../../../domain/rules/value-text.ts';
import { definitionOf } from '../../../domain/rules/vocabulary.ts';
import { localizedField } from '../../../subgraph/context.ts';
import { statedFacts } from '../../../subgraph/judgement.ts';
import { ONCE_CODES, once, onceRequest } from '../../../subgraph/once.ts';
import { userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers, PersonFactResolvers, TalentCaseResolvers } from '../generated/types.ts';
import type { FactOfPerson } from '../parents.ts';

const CODES = {
  ...ONCE_CODES,
  UNKNOWN_CASE: 'NOT_FOUND',
  NOT_YOURS: 'NOT_ALLOWED',
  OTHER_VERSION: 'VERSION_CONFLICT',
  INVALID_FACT: 'INVALID',
  INVALID_DAY: 'INVALID',
  ERASED: 'NOT_ALLOWED',
} as const;

/** Records what the officer's agency knows of an applicant from its register. */
export const recordPersonFacts: NonNullable<MutationResolvers['recordPersonFacts']> = async (
  _,
  { input },
  { viewer, request, store: { personFacts, cases } },
) => {
  const call = onceRequest('recordPersonFacts', input, request.now);
  const stated = { seen: input.version, on: input.on, facts: statedFacts(input.facts) };
  const decision = await once(call, {
    load: () => personFacts.load(call, input.case, viewer),
    decide: (loaded) => decideFacts(loaded, stated, viewer, request.now),
    commit: (recorded, { of }) => {
      if (!of) throw new Error('facts of no case are recorded');
      return personFacts.commit(call, of, recorded, viewer);
    },
    again: () => Promise.resolve(null),
    done: () => null,
  });
  if (!decision.ok) return { case: null, userErrors: userErrors(decision.refusals, CODES) };
  const of = await cases.byId.load(input.case);
  return { case: of && caseRelation(viewer, of) !== 'NONE' ? of : null, userErrors: [] };
};

/** Returns what agencies have recorded of the caller; nothing for callers who are no applicants. */
export async function ownRegisteredFacts({ viewer, store }: Context): Promise<Facts> {
  return viewer.kind === 'applicant' ? factsFromRegisters(await store.personFacts.of(viewer.person)) : {};
}

/** Shows the applicant all facts, and the handling agency; an agency that is asked is shown its own. */
export const factsOfCase: Pick<TalentCaseResolvers, 'applicantFacts'> = {
  applicantFacts: async (of, _, { viewer, store }) => {
    const recorded = await store.personFacts.of(of.applicantId);
    const isOwnAlone = viewer.kind === 'officer' && caseRelation(viewer, of) === 'ASKED';
    const shown = isOwnAlone ? recorded.filter(({ agency }) => agency === viewer.agency) : recorded;
    return shown.flatMap((each) =>
      Object.entries(each.facts).map(([fact, value]): FactOfPerson => ({ of, recorded: each, fact, value })),
    );
  },
};

export const PersonFact: PersonFactResolvers = {
  name: localizedField(({ fact }) => definitionOf(PERSON_FACTS, fact)?.name ?? null),
  value: ({ value }) => String(value),
  valueText: localizedField(({ fact, value }) => textOf(fact, value)),
  agency: ({ recorded }) => recorded.agency,
  agencyLabel: localizedField(({ recorded }) => AGENCY_LABELS[recorded.agency]),
  on: ({ recorded }) => recorded.on,
  recordedAt: ({ recorded }) => recorded.recordedAt,
  version: ({ recorded }: { readonly recorded: RecordedFacts }) => recorded.version,
};

function textOf(fact: string, value: FactValue) {
  const definition = definitionOf(PERSON_FACTS, fact);
  return definition ? textOfValue(value, definition) : null;
}
