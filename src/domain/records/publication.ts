import type { Agency } from '../cases/agency.ts';
import type { Viewer } from '../viewer.ts';

/** The publication of one version of a record. */
export interface Publication {
  /** The instant, RFC 3339 in UTC. */
  readonly at: string;
  /** The publisher, as the issuer of tokens names them. */
  readonly by: string;
  /** Null where an administrator published it, or the clerk of an enterprise. */
  readonly agency: Agency | null;
}

/** Returns who publishes, and when. Throws for a caller who may publish nothing. */
export function publicationBy(viewer: Viewer, now: Date): Publication {
  if (viewer.kind !== 'officer' && viewer.kind !== 'admin' && viewer.kind !== 'clerk') {
    throw new Error('only officers, clerks and administrators publish');
  }
  return { at: now.toISOString(), by: viewer.person, agency: viewer.kind === 'officer' ? viewer.agency : null };
}
