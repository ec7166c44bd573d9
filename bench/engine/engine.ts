import type { Operation } from '../load.ts';

/** How an engine reaches the shop's subgraphs: by a function call, or by HTTP at the addresses in the supergraph. */
export type Reach = 'in process' | 'over HTTP';

/** An execution engine, without a server around it: executes operations that were parsed before, as servers do that keep them. */
export interface Engine {
  /** Answers `{ data, errors? }`. */
  execute(operation: Operation): Promise<object>;
}

export interface EngineSetting {
  readonly supergraphSdl: string;
  readonly reach: Reach;
  /** Told of each request to a subgraph. */
  readonly onFetch: () => void;
}

export type StartEngine = (setting: EngineSetting) => Promise<Engine>;
