import { localizedField } from '../../subgraph/localized.ts';
import type { ClauseResolvers } from './generated/types.ts';

export const Clause: ClauseResolvers = {
  text: localizedField(({ text }) => text),
};
