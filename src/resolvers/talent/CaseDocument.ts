import { DOCUMENT_STATUS_LABELS } from '../../domain/cases/words.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { CaseDocumentResolvers } from './generated/types.ts';

export const CaseDocument: CaseDocumentResolvers = {
  name: localizedField(({ name }) => name),
  versions: async ({ caseId, code }, _, { store }) => {
    const file = await store.cases.fileOf.load(caseId);
    return file?.versions.filter((version) => version.code === code) ?? [];
  },
  statusLabel: localizedField(({ status }) => DOCUMENT_STATUS_LABELS[status]),
};
