import { localizedField } from '../../subgraph/localized.ts';
import type { PolicyPackageResolvers } from './generated/types.ts';

export const PolicyPackage: PolicyPackageResolvers = {
  title: localizedField(({ title }) => title),
};
