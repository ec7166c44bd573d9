import type { Agency } from '../cases/agency.ts';
import type { Viewer } from '../viewer.ts';

/** The publication of one version of a record. */
export interface Publication {
  /** The instant, RFC 3339 in UTC. */
  readonly at: string;
  /** The publisher, as the issuer of tokens names them; the zone where its system saved a question. */
  readonly by: string;
  /** Null where no officer published it. */
  readonly agency: Agency | null;
}

/** Returns who publishes, and when. Throws for a caller who may publish nothing. */
export function publicationBy(viewer: Viewer, now: Date): Publication {
  const at = now.toISOString();
  switch (viewer.kind) {
    case 'officer':
      return { at, by: viewer.person, agency: viewer.agency };
    case 'admin':
    case 'clerk':
    case 'analyst':
      return { at, by: viewer.person, agency: null };
    case 'partner':
      return { at, by: viewer.zone, agency: null };
    default:
      throw new Error('applicants and strangers publish nothing');
  }
}
