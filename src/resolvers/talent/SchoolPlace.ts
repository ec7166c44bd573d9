import { localizedField } from '../../subgraph/localized.ts';
import type { SchoolPlaceResolvers } from './generated/types.ts';

export const SchoolPlace: SchoolPlaceResolvers = {
  schoolName: localizedField(({ schoolName }) => schoolName),
};
