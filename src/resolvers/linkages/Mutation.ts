import type { AgreementTerms, AmendableTerms } from '../../domain/linkages/agreement.ts';
import { decideAmendment, decideTermination } from '../../domain/linkages/proposed-change.ts';
import { type AgreementStep, decideProposal, decideStep } from '../../domain/linkages/signing.ts';
import { newId } from '../../storage/dynamodb/new-id.ts';
import { localizedText } from '../../subgraph/context.ts';
import type { GuardedMutations } from '../../subgraph/guards.ts';
import { changeAgreement } from './agreements/change-agreement.ts';
import { addCoverage, endCoverage } from './change-coverage.ts';
import type { Context } from './context.ts';
import type {
  AgreementVersionInput,
  AmendAgreementInput,
  MutationResolvers,
  ProposeAgreementInput,
} from './generated/types.ts';
import { addSignedEntry } from './ledgers/ledger-entries.ts';
import { endRecognition, recogniseQualification } from './recognitions.ts';
import { RELOCATION_MUTATIONS } from './relocations/change-relocation.ts';
import { setSigningOfficers } from './signing-rules.ts';

/** The changes of agreements, and of what rests on them. Who may change which: `src/domain/access/write-table.ts`. */
export const Mutation: GuardedMutations<MutationResolvers> = {
  proposeAgreement: (_, { input }, context) => {
    const id = newId('agr', context.request.now);
    return changeAgreement('proposeAgreement', input, context, {
      id,
      zones: input.parties.map(({ zone }) => zone),
      decide: ({ knownZones }, act) => decideProposal(id, termsOf(input), act, knownZones),
    });
  },
  signAgreement: stepping('signAgreement'),
  declineAgreement: stepping('declineAgreement'),
  withdrawAgreement: stepping('withdrawAgreement'),
  amendAgreement: (_, { input }, context) =>
    changeAgreement('amendAgreement', input, context, {
      id: input.agreement,
      decide: ({ before }, act) =>
        decideAmendment(before, { seen: input.version, terms: amendableTermsOf(input) }, act),
    }),
  terminateAgreement: (_, { input }, context) =>
    changeAgreement('terminateAgreement', input, context, {
      id: input.agreement,
      decide: ({ before }, act) => decideTermination(before, { seen: input.version, lastDay: input.lastDay }, act),
    }),
  addCoverage: (_, { input }, context) => addCoverage(input, context),
  endCoverage: (_, { input }, context) => endCoverage(input, context),
  recogniseQualification: (_, { input }, context) => recogniseQualification(input, context),
  endRecognition: (_, { input }, context) => endRecognition(input, context),
  setSigningOfficers: (_, { input }, context) => setSigningOfficers(input, context),
  enterInLedger: (_, { input }, context) => addSignedEntry(input, context),
  ...RELOCATION_MUTATIONS,
};

/** Returns the resolver of a mutation that takes an agreement one version further. */
function stepping(step: AgreementStep) {
  return (_: unknown, { input }: { readonly input: AgreementVersionInput }, context: Context) =>
    changeAgreement(step, input, context, {
      id: input.agreement,
      decide: ({ before }, act) => decideStep(before, input.version, step, act),
    });
}

function termsOf(input: ProposeAgreementInput): AgreementTerms {
  const { kind, parties, validFrom } = input;
  return {
    ...amendableTermsOf(input),
    kind,
    parties: parties.map(({ zone, role }) => ({ zoneId: zone, role })),
    validFrom,
  };
}

function amendableTermsOf({
  title,
  validTo,
  purposes,
  shareTerms,
  noticeDays,
  caseTerms,
}: ProposeAgreementInput | AmendAgreementInput): AmendableTerms {
  return {
    title: localizedText(title),
    validTo: validTo ?? null,
    purposes,
    shareTerms: (shareTerms ?? []).map(({ cap, extensionYears, ...term }) => ({
      ...term,
      cap: cap == null ? null : String(cap),
      extensionYears: extensionYears ?? 0,
    })),
    ...(noticeDays == null ? {} : { noticeDays }),
    ...(caseTerms && { caseTerms }),
  };
}
