import { localizedField } from '../../subgraph/localized.ts';
import type { CaseDocumentResolvers } from './generated/types.ts';

export const CaseDocument: CaseDocumentResolvers = {
  name: localizedField(({ name }) => name),
};
