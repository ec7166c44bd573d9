/**
 * Who is asking, and what binds them: the rules of who may see what (rows and fields) start from this, and nothing else is
 * known of a caller. How a caller proves it: `docs/identity.md`.
 */
import type { Agency } from './cases/agency.ts';

/** The roles of officers. Each role holds within the officer's agency and zone. */
export const OFFICER_ROLES = [
  /** Takes cases in, asks for what is missing, transfers. */
  'RECEIVE',
  /** Gives the agency's opinion. */
  'REVIEW',
  /** Decides cases, delivers and closes them. */
  'DECIDE',
  /** Opens whole personal values and documents. */
  'REVEAL',
  /** Registers and imports enterprises. */
  'REGISTER',
  /** Reports daily figures for enterprises. */
  'REPORT',
  /** Tracks enterprises one to one: support requests and visits. */
  'TRACK',
  /** Publishes records, such as case types. */
  'PUBLISH',
  /** Publishes a park's daily figures and proposes corrections. */
  'PUBLISH_FIGURES',
  /** Accepts backfills and corrections that another officer proposed. */
  'ACCEPT_FIGURES',
] as const;
export type OfficerRole = (typeof OFFICER_ROLES)[number];

export type Viewer =
  /** Nobody in particular: sees what is public. */
  | { readonly kind: 'anonymous' }
  /** A person with cases of their own; `person` is what the issuer calls them, and never a number of theirs. */
  | {
      readonly kind: 'applicant';
      readonly person: string;
      /** The identity number that the issuer of their token vouches for. It is stored encrypted only, and never logged. */
      readonly idNumber?: string;
    }
  /** Whoever has one case's receipt number and secret. */
  | { readonly kind: 'caseHolder'; readonly caseId: string }
  /** Works for an agency in a zone. */
  | {
      readonly kind: 'officer';
      readonly person: string;
      readonly agency: Agency;
      readonly zone: string;
      readonly roles: readonly OfficerRole[];
    }
  /** Speaks for one enterprise. */
  | { readonly kind: 'clerk'; readonly person: string; readonly enterprise: string }
  /** The system of a partner zone; `key` says which of its API keys or clients was used. */
  | { readonly kind: 'partner'; readonly zone: string; readonly key: string }
  | { readonly kind: 'analyst'; readonly person: string }
  | { readonly kind: 'admin'; readonly person: string };

export type ViewerKind = Viewer['kind'];

export const ANONYMOUS: Viewer = { kind: 'anonymous' };

/**
 * Tells one viewer from every other: whose cursors and idempotency keys these are. What may change while they stay the same
 * is not in it: an officer's roles, and a partner's key, which is rotated. A JSON text, so that none is the beginning of
 * another and of what follows it in a key.
 */
export function viewerKey(viewer: Viewer): string {
  return JSON.stringify([viewer.kind, ...boundTo(viewer)]);
}

function boundTo(viewer: Viewer): readonly string[] {
  switch (viewer.kind) {
    case 'anonymous':
      return [];
    case 'applicant':
    case 'analyst':
    case 'admin':
      return [viewer.person];
    case 'caseHolder':
      return [viewer.caseId];
    case 'officer':
      return [viewer.person, viewer.agency, viewer.zone];
    case 'clerk':
      return [viewer.person, viewer.enterprise];
    case 'partner':
      return [viewer.zone];
  }
}

/** Returns a viewer as it may be recorded: without an identity number. */
export function recordedViewer(viewer: Viewer): Viewer {
  return viewer.kind === 'applicant' ? { kind: 'applicant', person: viewer.person } : viewer;
}

/** The applicant that a viewer is, if they are one: what they send is about themselves. */
export function personOf(viewer: Viewer): { readonly person?: string } {
  return viewer.kind === 'applicant' ? { person: viewer.person } : {};
}
