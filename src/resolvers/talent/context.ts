import type { TalentStore } from '../../storage/talent/store.ts';
import type { ResolverContext } from '../../subgraph/context.ts';

export type Context = ResolverContext<TalentStore>;
