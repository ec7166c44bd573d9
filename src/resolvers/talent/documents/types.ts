import { AGENCY_LABELS, DOCUMENT_STATUS_LABELS } from '../../../domain/cases/words.ts';
import { localizedField } from '../../../subgraph/localized.ts';
import type { CaseDocumentResolvers, DocumentVerificationResolvers, UploadResolvers } from '../generated/types.ts';
import { reasonOfDocument } from './supplements.ts';

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
