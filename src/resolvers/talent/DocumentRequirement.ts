import { fileLimits } from '../../domain/cases/upload.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { DocumentRequirementResolvers } from './generated/types.ts';

export const DocumentRequirement: DocumentRequirementResolvers = {
  name: localizedField(({ name }) => name),
  maxBytes: (requirement) => fileLimits(requirement).maxBytes,
  mediaTypes: (requirement) => fileLimits(requirement).mediaTypes,
};
