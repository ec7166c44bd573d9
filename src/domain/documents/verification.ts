/** Documents that the agency of one zone has verified, and that another zone uses with the applicant's consent. */
import type { Agency } from '../cases/agency.ts';

/** The verification of a document by another zone, as the zone that uses it sees it. */
export interface VerificationFacts {
  readonly zoneId: string;
  readonly agency: Agency;
  /** RFC 3339, UTC: the acceptance of the case whose document it was. */
  readonly verifiedAt: string;
  /** The agreement between the two zones. */
  readonly agreementId: string;
  /** RFC 3339, UTC. */
  readonly consentedAt: string;
}

/** A verified document of an earlier case of the same applicant. */
export interface VerifiedSource extends Pick<VerificationFacts, 'zoneId' | 'agency' | 'verifiedAt'> {
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
}

interface LoggedEvent {
  readonly kind: string;
  readonly at: string;
  readonly agency?: Agency;
  readonly fromZone?: string;
}

interface FiledDocument {
  readonly code: string;
  readonly status: string;
  readonly sha256: string | null;
  readonly verification?: VerificationFacts;
}

/**
 * Returns a document of a case as its zone has verified it. Null where no officer has accepted the case since the file
 * arrived, or where another zone had verified the document before.
 */
export function verifiedIn(
  {
    zoneId,
    events,
    documents,
  }: {
    readonly zoneId: string;
    readonly events: readonly LoggedEvent[];
    readonly documents: readonly FiledDocument[];
  },
  code: string,
): VerifiedSource | null {
  const document = documents.find((candidate) => candidate.code === code);
  const at = events.findLastIndex(({ kind }) => kind === 'ACCEPTED');
  const accepted = events[at];
  if (document?.status !== 'CHECKED' || document.sha256 === null || document.verification) return null;
  if (!accepted?.agency) return null;
  // The zone of that day: later transfers name the zone that they came from.
  const zone = events.slice(at).find(({ fromZone }) => fromZone !== undefined)?.fromZone ?? zoneId;
  return { zoneId: zone, agency: accepted.agency, verifiedAt: accepted.at, sha256: document.sha256 };
}
