import type { Subgraph } from '../../../../src/subgraph/request.ts';

/**
 * A subgraph in this process, loaded with the first request that needs it: the parsed document goes straight to execution.
 * A subgraph that couldn't be loaded is tried again with the next request.
 */
export function localSubgraph(load: () => Promise<Subgraph>): Subgraph {
  let loading: Promise<Subgraph> | undefined;
  return async (request) => {
    loading ??= load();
    loading.catch(() => {
      loading = undefined;
    });
    return (await loading)(request);
  };
}
