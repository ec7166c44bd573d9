/** Facts of a span: codes, ids, counts. Never a name, a person's number, an argument's value or a query's text. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface SpanStart {
  /** One of few names, e.g. `subgraph parks`: a store of traces groups by it. */
  readonly name: string;
  readonly kind: 'SERVER' | 'CLIENT';
  readonly facts?: SpanFacts;
  /** The `traceparent` of a caller outside of this process. Default: the span in progress is the parent, if there is one. */
  readonly parent?: string | undefined;
}

/** A span in progress. */
export interface Span {
  /** The header of W3C Trace Context by which another process continues the trace here. */
  readonly traceparent: string;
  set(facts: SpanFacts): void;
  /** Marks the span as failed. */
  fail(code: string): void;
}

/** Spans of what this process does, sent to a collector. */
export interface Tracing {
  /** Runs a function within a span, which fails as the function does. */
  span<T>(start: SpanStart, run: (span: Span) => Promise<T>): Promise<T>;
}
