import { localizedField } from '../../subgraph/localized.ts';
import type { SiteResolvers } from './generated/types.ts';

export const Site: SiteResolvers = {
  name: localizedField(({ name }) => name),
};
