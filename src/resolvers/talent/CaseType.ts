import { localizedField } from '../../subgraph/localized.ts';
import type { CaseTypeResolvers } from './generated/types.ts';

export const CaseType: CaseTypeResolvers = {
  name: localizedField(({ name }) => name),
  policy: ({ policyId }) => (policyId === null ? null : { id: policyId }),
};
