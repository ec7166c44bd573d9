import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { Locale } from '../domain/locale.ts';
import type { Viewer } from '../domain/viewer.ts';

/** What every part of one client request shares: who asks, when it was asked, and until when an answer is of use. */
export interface Call {
  readonly requestId: string;
  readonly viewer: Viewer;
  /** The instant of the request: rules and stores take this, never the clock. */
  readonly now: Date;
  readonly locale: Locale;
  /** Epoch milliseconds after which nobody waits for the answer. */
  readonly deadline: number;
  /** Aborts at the deadline, or when the client is gone. */
  readonly signal: AbortSignal;
  /** Why a partner or an officer looks, where they said so. */
  readonly purpose?: string;
  /** W3C Trace Context header, passed on as it came. */
  readonly traceparent?: string;
}

/** One operation for one subgraph. `document` and `query` are the same operation, parsed and printed. */
export interface SubgraphRequest {
  readonly document: DocumentNode;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly call: Call;
}

/** JSON values only, over every transport. The receiver must not mutate `data`: it may be the resolver's own. */
export interface SubgraphResult {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The one shape of a subgraph, wherever it runs: in this process, behind Lambda Invoke, or behind HTTPS. */
export type Subgraph = (request: SubgraphRequest) => Promise<SubgraphResult>;
