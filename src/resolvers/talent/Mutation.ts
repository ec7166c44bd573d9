import type { MutationResolvers } from './generated/types.ts';
import { revealField } from './reveal-field.ts';

export const Mutation: MutationResolvers = { revealField };
