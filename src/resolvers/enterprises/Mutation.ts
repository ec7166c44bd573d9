import type { GuardedMutations } from '../../subgraph/guard-mutations.ts';
import type { MutationResolvers } from './generated/types.ts';
import { importEnterprises } from './import-enterprises.ts';
import { publishDay } from './published-figures/publish-day.ts';
import { reportOperations } from './report-operations.ts';

export const Mutation: GuardedMutations<MutationResolvers> = { reportOperations, importEnterprises, publishDay };
