import type { LinkagesStore } from '../../storage/linkages/store.ts';
import type { ResolverContext } from '../../subgraph/context.ts';

export type Context = ResolverContext<LinkagesStore>;
