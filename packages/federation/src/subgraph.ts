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
