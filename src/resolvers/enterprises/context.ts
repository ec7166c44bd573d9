import type { EnterprisesStore } from '../../storage/enterprises/store.ts';
import type { ResolverContext } from '../../subgraph/context.ts';

export type Context = ResolverContext<EnterprisesStore>;
