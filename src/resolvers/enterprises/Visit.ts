import { localizedField } from '../../subgraph/localized.ts';
import type { VisitResolvers } from './generated/types.ts';

export const Visit: VisitResolvers = {
  outcome: localizedField(({ outcome }) => outcome),
};
