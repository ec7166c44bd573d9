import { localizedField } from '../../subgraph/localized.ts';
import type { SourceResolvers } from './generated/types.ts';

export const Source: SourceResolvers = {
  title: localizedField(({ title }) => title),
};
