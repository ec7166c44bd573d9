import { localizedField } from '../../subgraph/localized.ts';
import type { FacilityResolvers } from './generated/types.ts';

export const Facility: FacilityResolvers = {
  name: localizedField(({ name }) => name),
};
