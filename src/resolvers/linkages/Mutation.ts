import type { AgreementTerms } from '../../domain/linkages/agreement.ts';
import {
  type AgreementDecision,
  type AgreementStep,
  decideProposal,
  decideStep,
} from '../../domain/linkages/signing.ts';
import { publicationBy } from '../../domain/records/publication.ts';
import type { RecordRefusalCode } from '../../domain/records/record.ts';
import { newId } from '../../storage/dynamodb/new-id.ts';
import type { LoadedAgreement } from '../../storage/linkages/agreement-records.ts';
import { agreementItem } from '../../storage/linkages/items.ts';
import type { GuardedMutations } from '../../subgraph/guards/mutations.ts';
import { localizedText } from '../../subgraph/localized.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../subgraph/once.ts';
import { RECORD_CODES, type UserErrorCode, userErrors } from '../../subgraph/user-errors.ts';
import type { Context } from './context.ts';
import type { AgreementVersionInput, MutationResolvers, ProposeAgreementInput } from './generated/types.ts';

/** The changes of agreements. Who may change which: `src/domain/access/write-table.ts`. */
export const Mutation: GuardedMutations<MutationResolvers> = {
  proposeAgreement: (_, { input }, context) => {
    const { viewer, request } = context;
    const id = newId('agr', request.now);
    const decide = () => decideProposal(id, termsOf(input), viewer, request.now);
    return changeAgreement('proposeAgreement', input, context, { id, decide });
  },
  signAgreement: stepping('signAgreement'),
  declineAgreement: stepping('declineAgreement'),
  withdrawAgreement: stepping('withdrawAgreement'),
};

/** Returns the resolver of a mutation that takes an agreement one version further. */
function stepping(step: AgreementStep) {
  return (_: unknown, { input }: { readonly input: AgreementVersionInput }, context: Context) => {
    const { viewer, request } = context;
    return changeAgreement(step, input, context, {
      id: input.agreement,
      decide: ({ before }) => decideStep(before, input.version, step, viewer, request.now),
    });
  };
}

/** The steps of a change that differ by the mutation. */
interface ChangeSteps {
  readonly id: string;
  decide(loaded: LoadedAgreement): AgreementDecision;
}

/** Changes an agreement by one version: load, decide, commit. */
async function changeAgreement(
  mutation: string,
  input: { readonly idempotencyKey: string },
  { viewer, request, store }: Context,
  { id, decide }: ChangeSteps,
) {
  const { records } = store.agreements;
  const call = onceRequest(mutation, input, request.now);
  const decision = await once(call, {
    load: () => records.load(call, id),
    decide,
    commit: (agreement, loaded) => records.commit(call, loaded, agreement, publicationBy(viewer, request.now)),
    again: (answer) => records.answered(answer),
    done: (agreement) => agreementItem(agreement),
  });
  if (decision.ok) return { agreement: decision.value, userErrors: [] };
  return { agreement: null, userErrors: userErrors(decision.refusals, CODES) };
}

function termsOf({
  title,
  kind,
  parties,
  validFrom,
  validTo,
  purposes,
  shareTerms,
}: ProposeAgreementInput): AgreementTerms {
  return {
    title: localizedText(title),
    kind,
    parties: parties.map(({ zone, role }) => ({ zoneId: zone, role })),
    validFrom,
    validTo: validTo ?? null,
    purposes,
    shareTerms: (shareTerms ?? []).map(({ cap, extensionYears, ...term }) => ({
      ...term,
      cap: cap == null ? null : String(cap),
      extensionYears: extensionYears ?? 0,
    })),
  };
}

const CODES = {
  ...ONCE_CODES,
  ...RECORD_CODES,
} as const satisfies Record<RecordRefusalCode | OnceRefusal, UserErrorCode>;
