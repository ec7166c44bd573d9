import { localizedField } from '../../subgraph/localized.ts';
import type { IndicatorResolvers } from './generated/types.ts';

export const Indicator: IndicatorResolvers = {
  name: localizedField(({ name }) => name),
  formula: localizedField(({ formula }) => formula),
};
