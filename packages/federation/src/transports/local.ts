import type { Call, Subgraph } from '../subgraph.ts';

/**
 * Returns a subgraph in this process, loaded with the first request that needs it: the parsed document goes straight to
 * execution. A subgraph that couldn't be loaded is tried again with the next request.
 */
export function localSubgraph<Context extends Call = Call>(load: () => Promise<Subgraph<Context>>): Subgraph<Context> {
  let loading: Promise<Subgraph<Context>> | undefined;
  return async (request) => {
    loading ??= load();
    loading.catch(() => {
      loading = undefined;
    });
    return (await loading)(request);
  };
}
