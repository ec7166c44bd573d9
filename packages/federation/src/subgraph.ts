import type { DocumentNode, GraphQLFormattedError } from 'graphql';

/** One client request, as every subgraph that it reaches learns of it. An application adds members of its own. */
export interface Call {
  readonly requestId: string;
  /** The instant of the request: rules and stores take this, never the clock. */
  readonly now: Date;
  /** Epoch milliseconds after which the client no longer waits for the answer. */
  readonly deadline: number;
  /** Aborts at the deadline, or when the client is gone. */
  readonly signal: AbortSignal;
  /** The language of texts, as a language tag (RFC 5646). */
  readonly locale?: string;
  /** The header of W3C Trace Context, passed on as it came. */
  readonly traceparent?: string;
}

/** One operation for one subgraph. `document` and `query` are the same operation, parsed and printed. */
export interface SubgraphRequest<Context extends Call = Call> {
  readonly document: DocumentNode;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly call: Context;
}

/** JSON values only, over every transport. The receiver must not mutate `data`: it may be the resolver's own. */
export interface SubgraphResult {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A subgraph, wherever it runs: in this process, behind AWS Lambda's Invoke, or behind HTTPS. */
export type Subgraph<Context extends Call = Call> = (request: SubgraphRequest<Context>) => Promise<SubgraphResult>;

/** The longest delay of a timer; a longer one fires at once. */
const MAX_TIMER = 2 ** 31 - 1;

/** Returns whether the client no longer waits for the call's answer. */
export function isOver(call: Call): boolean {
  return call.signal.aborted || call.deadline <= Date.now();
}

/**
 * Returns the result of some work, or of `onEnd`, which runs when the call's deadline passes or its signal aborts before
 * the work is done.
 */
export function orAtEnd<T>(call: Call, work: Promise<T>, onEnd: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', end);
    };
    const end = () => {
      stop();
      try {
        resolve(onEnd());
      } catch (error) {
        reject(error);
      }
    };
    const timer = setTimeout(end, Math.min(Math.max(call.deadline - Date.now(), 0), MAX_TIMER));
    call.signal.addEventListener('abort', end);
    work.then(
      (value) => {
        stop();
        resolve(value);
      },
      (error) => {
        stop();
        reject(error);
      },
    );
  });
}

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
