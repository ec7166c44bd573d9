import { fieldsGrantedFor } from '../../../domain/access/granted-fields.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import type { AmendableTerms } from '../../../domain/linkages/agreement.ts';
import type { AgreementItem } from '../../../storage/linkages/items.ts';
import { localizedField } from '../../../subgraph/context.ts';
import type { Context } from '../context.ts';
import type {
  AgreementChangeResolvers,
  AgreementResolvers,
  AgreementSignatureResolvers,
  AgreementTermsResolvers,
  ProposedTermsResolvers,
} from '../generated/types.ts';
import type { TermsOfAgreement } from '../parents.ts';

/** The fields of an agreement that tell its terms through time, and what waits for signatures. */
export const agreementChanges = {
  grants: ({ purposes }) => purposes.map((purpose) => ({ purpose, fields: fieldsGrantedFor(purpose) })),
  terms: async (agreement, { asOf }, context) => {
    const day = asOf ?? dayInShanghai(context.request.now);
    return (await termsOf(agreement, context)).find(({ signedOn }) => signedOn <= day) ?? null;
  },
  versions: (agreement, _, context) => termsOf(agreement, context),
  noticeDays: ({ noticeDays }) => noticeDays ?? null,
  caseTerms: ({ caseTerms }) => caseTerms ?? null,
  change: ({ change }) => change ?? null,
} satisfies AgreementResolvers;

/** Returns the terms of an agreement, newest first. Only an amended agreement takes a read. */
async function termsOf(agreement: AgreementItem, { store }: Context): Promise<readonly TermsOfAgreement[]> {
  const { id, amended, signedOn, title, validTo, purposes, shareTerms, noticeDays, caseTerms } = agreement;
  if (signedOn === null) return [];
  const replaced = amended ? ((await store.agreements.replaced.load(id))?.terms ?? []) : [];
  const current = {
    ...{ title, validTo, purposes, shareTerms, number: replaced.length + 1, replacedOn: null },
    ...(noticeDays === undefined ? {} : { noticeDays }),
    ...(caseTerms && { caseTerms }),
    signedOn: amended?.on ?? signedOn,
  };
  return [current, ...replaced.toReversed()].map((terms) => ({ ...terms, agreement }));
}

const title = localizedField((terms: AmendableTerms) => terms.title);

export const AgreementTerms: AgreementTermsResolvers = {
  title,
  noticeDays: ({ noticeDays }) => noticeDays ?? null,
  caseTerms: ({ caseTerms }) => caseTerms ?? null,
};

export const ProposedTerms: ProposedTermsResolvers = {
  title,
  noticeDays: ({ noticeDays }) => noticeDays ?? null,
  caseTerms: ({ caseTerms }) => caseTerms ?? null,
};

export const AgreementChange: AgreementChangeResolvers = {
  proposedBy: ({ proposedBy }) => ({ id: proposedBy }),
  signatures: ({ signers }) => signers,
  terms: (change) => (change.kind === 'AMENDMENT' ? change.terms : null),
  lastDay: (change) => (change.kind === 'TERMINATION' ? change.lastDay : null),
};

export const AgreementSignature: AgreementSignatureResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
};
