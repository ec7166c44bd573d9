import { openRequest, reasonOf } from '../../../domain/cases/supplements/supplement.ts';
import { SUPPLEMENT_REASON_LABELS } from '../../../domain/cases/supplements/supplement-reason.ts';
import { AGENCY_LABELS, DOCUMENT_STATUS_LABELS } from '../../../domain/cases/words/labels.ts';
import { localized, localizedField, localizedText } from '../../../subgraph/context.ts';
import type { Context } from '../context.ts';
import type {
  AgencyContactResolvers,
  CaseDocumentResolvers,
  DocumentVerificationResolvers,
  RequestSupplementInput,
  SupplementRequestResolvers,
  TalentCaseResolvers,
  UploadResolvers,
} from '../generated/types.ts';

const eventsOf = async (caseId: string, { store }: Context) => (await store.cases.fileOf.load(caseId))?.events ?? [];

/** Fields of a case on its open supplement request. */
export const supplementOfCase = {
  supplementRequest: async ({ id }, _, context) => openRequest(await eventsOf(id, context)),
} satisfies TalentCaseResolvers;

/** Fields of a document on the reason for which it is asked for. */
export const reasonOfDocument = {
  reason: async (document, _, context) => reasonOf(await eventsOf(document.caseId, context), document),
  reasonLabel: async (document, given, context) => {
    const reason = reasonOf(await eventsOf(document.caseId, context), document);
    return reason && localized(SUPPLEMENT_REASON_LABELS[reason], given, context);
  },
  note: async (document, _, { store }) => {
    const file = await store.cases.fileOf.load(document.caseId);
    return file ? store.documentNotes.open(file.case.applicantId, document) : null;
  },
} satisfies CaseDocumentResolvers;

export const CaseDocument: CaseDocumentResolvers = {
  ...reasonOfDocument,
  name: localizedField(({ name }) => name),
  versions: async ({ caseId, code }, _, { store }) => {
    const file = await store.cases.fileOf.load(caseId);
    return file?.versions.filter((version) => version.code === code) ?? [];
  },
  statusLabel: localizedField(({ status }) => DOCUMENT_STATUS_LABELS[status]),
  verification: ({ verification }) => verification ?? null,
};

export const DocumentVerification: DocumentVerificationResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
  agencyLabel: localizedField(({ agency }) => AGENCY_LABELS[agency]),
};

export const Upload: UploadResolvers = {
  id: ({ file }) => file.uploadId,
  url: ({ target }) => target.url,
  method: ({ target }) => target.method,
  headers: ({ target }) => Object.entries(target.headers).map(([name, value]) => ({ name, value })),
};

export const SupplementRequest: SupplementRequestResolvers = {
  agencyLabel: localizedField(({ agency }) => (agency === null ? null : AGENCY_LABELS[agency])),
};

export const AgencyContact: AgencyContactResolvers = {
  place: localizedField(({ place }) => place),
};

/** Returns the reasons and the contact of a supplement request as the command has them. */
export function statedIn({ reasons, contact }: Pick<RequestSupplementInput, 'reasons' | 'contact'>) {
  return {
    reasons: (reasons ?? []).map(({ document, reason, note = null }) => ({ document, reason, note })),
    contact: contact ? { phone: contact.phone, place: contact.place ? localizedText(contact.place) : null } : null,
  };
}
