import {
  decideConfirmation,
  decideOpening,
  decideStatement,
  decideWithdrawal,
  type RelocationDecision,
} from '../../../domain/linkages/relocating.ts';
import type { RelocationFacts } from '../../../domain/linkages/relocation.ts';
import { publicationBy } from '../../../domain/records/publication.ts';
import { newId } from '../../../storage/dynamodb/new-id.ts';
import { relocationItem } from '../../../storage/linkages/relocations/relocation-items.ts';
import type { LoadedRelocation, RelocationNames } from '../../../storage/linkages/relocations/relocation-records.ts';
import { once, onceRequest } from '../../../subgraph/once.ts';
import { userErrors } from '../../../subgraph/user-errors.ts';
import { CODES } from '../agreements/change-agreement.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers, RelocationFactsInput } from '../generated/types.ts';

type RelocationMutation = 'openRelocation' | 'stateRelocation' | 'confirmRelocation' | 'withdrawRelocation';

/** The commands of relocations. */
export const RELOCATION_MUTATIONS: Required<Pick<MutationResolvers, RelocationMutation>> = {
  openRelocation: (_, { input }, context) => {
    const { viewer, request } = context;
    const id = newId('reloc', request.now);
    const facts = factsOf(input.facts);
    const opened = { id, enterpriseId: input.enterprise, toParkId: input.toPark, facts };
    return change('openRelocation', input, context, {
      names: { relocation: id, agreement: facts.agreementId, enterprise: input.enterprise, park: input.toPark },
      decide: (grounds) => decideOpening(opened, grounds, viewer, request.now),
    });
  },
  stateRelocation: (_, { input }, context) => {
    const { viewer, request } = context;
    const stated = { version: input.version, facts: factsOf(input.facts) };
    return change('stateRelocation', input, context, {
      names: { relocation: input.relocation, agreement: stated.facts.agreementId },
      decide: ({ before, ...grounds }) => decideStatement(before, stated, grounds, viewer, request.now),
    });
  },
  confirmRelocation: (_, { input }, context) =>
    change('confirmRelocation', input, context, {
      names: { relocation: input.relocation },
      decide: ({ before }) => decideConfirmation(before, input.version, context.viewer, context.request.now),
    }),
  withdrawRelocation: (_, { input }, context) =>
    change('withdrawRelocation', input, context, {
      names: { relocation: input.relocation },
      decide: ({ before }) => decideWithdrawal(before, input.version, context.viewer, context.request.now),
    }),
};

/** The steps of a change that differ by the mutation. */
interface ChangeSteps {
  readonly names: RelocationNames;
  decide(loaded: LoadedRelocation): RelocationDecision;
}

/** Changes a relocation by one version: load, decide, commit. */
async function change(
  mutation: RelocationMutation,
  input: { readonly idempotencyKey: string },
  { viewer, request, store }: Context,
  { names, decide }: ChangeSteps,
) {
  const { records } = store.relocations;
  const call = onceRequest(mutation, input, request.now);
  const decision = await once(call, {
    load: () => records.load(call, names),
    decide,
    commit: (relocation, loaded) => records.commit(call, loaded, relocation, publicationBy(viewer, request.now)),
    again: (answer) => records.answered(answer),
    done: (relocation) => relocationItem(relocation),
  });
  if (decision.ok) return { relocation: decision.value, userErrors: [] };
  return { relocation: null, userErrors: userErrors(decision.refusals, CODES) };
}

function factsOf({ ledBy, listNumber, relieves, remainingSites, agreement }: RelocationFactsInput): RelocationFacts {
  return {
    ledBy,
    listNumber: listNumber ?? null,
    relieves: relieves ?? null,
    remainingSiteIds: [...(remainingSites ?? [])].sort(),
    agreementId: agreement ?? null,
  };
}
