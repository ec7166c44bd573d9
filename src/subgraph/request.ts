import type {
  Call as FederationCall,
  SubgraphRequest as FederationRequest,
  Subgraph as FederationSubgraph,
} from '@bridgehead/federation';
import type { Locale } from '../domain/locale.ts';
import type { Viewer } from '../domain/viewer.ts';

export type { SubgraphResult } from '@bridgehead/federation';

/** One client request, as every subgraph that it reaches learns of it. */
export interface Call extends FederationCall {
  readonly viewer: Viewer;
  readonly locale: Locale;
  /** The purpose of a partner's or an officer's access, where they declared it. */
  readonly purpose?: string;
}

/** One operation for one subgraph. */
export type SubgraphRequest = FederationRequest<Call>;

/** A subgraph, wherever it runs: in this process, behind Lambda's Invoke, or behind HTTPS. */
export type Subgraph = FederationSubgraph<Call>;
