import { localizedField } from '../../subgraph/localized.ts';
import type { UnmetConditionResolvers } from './generated/types.ts';

export const UnmetCondition: UnmetConditionResolvers = {
  reason: localizedField(({ reason }) => reason),
};
