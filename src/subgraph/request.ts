import type {
  Call as FederationCall,
  SubgraphRequest as FederationRequest,
  Subgraph as FederationSubgraph,
} from '@bridgehead/federation';
import type { Locale } from '../domain/locale.ts';
import type { Viewer } from '../domain/viewer.ts';

export type { SubgraphResult } from '@bridgehead/federation';

/** The facts about one client request that every subgraph gets. */
export interface Call extends FederationCall {
  readonly viewer: Viewer;
  readonly locale: Locale;
  /** The declared purpose of a partner or an officer. */
  readonly purpose?: string;
  /** True where the caller has changed something a moment ago: reads go past what a process keeps. */
  readonly hasWritten?: boolean;
  /** Set where mutations are decided and nothing is written. */
  readonly validatesOnly?: boolean;
}

/** One operation for one subgraph. */
export type SubgraphRequest = FederationRequest<Call>;

/** The one function type of a subgraph: in this process, behind Lambda Invoke, or behind HTTPS. */
export type Subgraph = FederationSubgraph<Call>;
