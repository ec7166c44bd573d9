import type { ParksStore } from '../../storage/parks/store.ts';
import type { ResolverContext } from '../../subgraph/context.ts';

export type Context = ResolverContext<ParksStore>;
