import { localizedField } from '../../subgraph/localized.ts';
import type { DocumentRequirementResolvers } from './generated/types.ts';

export const DocumentRequirement: DocumentRequirementResolvers = {
  name: localizedField(({ name }) => name),
};
