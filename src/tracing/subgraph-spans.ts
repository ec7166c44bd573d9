import type { Subgraph } from '../subgraph/request.ts';
import type { Tracing } from './tracing.ts';

/** Makes a span of each operation that the gateway sends a subgraph. The subgraph continues the trace from it. */
export function tracedSubgraph(tracing: Tracing, name: string, subgraph: Subgraph): Subgraph {
  return (request) =>
    tracing.span(
      { name: `subgraph ${name}`, kind: 'CLIENT', facts: { 'bridgehead.subgraph': name } },
      async ({ traceparent, fail }) => {
        const result = await subgraph({ ...request, call: { ...request.call, traceparent } });
        const [error] = result.errors ?? [];
        if (error) fail(String(error.extensions?.code ?? 'INTERNAL_SERVER_ERROR'));
        return result;
      },
    );
}

/**
 * Makes a span of each operation that a function answers for the gateway in another process.
 * @param open opens the process's tracing with the first operation
 */
export function servedSubgraph(open: () => Promise<Tracing | undefined>, name: string, subgraph: Subgraph): Subgraph {
  return async (request) => {
    const tracing = await open();
    const parent = request.call.traceparent;
    return tracing
      ? tracing.span({ name: `serve ${name}`, kind: 'SERVER', parent }, () => subgraph(request))
      : subgraph(request);
  };
}
