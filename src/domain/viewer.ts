/**
 * The caller and their relations. The rules of access to rows and fields know nothing else of a caller.
 * `docs/identity.md` describes how a caller proves it.
 */
import type { Agency } from './cases/agency.ts';

/** The roles of officers. Each role is limited to the officer's agency and zone. */
export const OFFICER_ROLES = [
  /** Receives cases, requests missing documents, transfers. */
  'RECEIVE',
  /** Gives the agency's opinion. */
  'REVIEW',
  /** Decides cases, delivers and closes them. */
  'DECIDE',
  /** Reveals whole personal values and documents. */
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
  /** A client without credentials, who sees public fields. */
  | { readonly kind: 'anonymous' }
  /** A person with cases of their own. `person` is the issuer's name for them, and never an identity number. */
  | {
      readonly kind: 'applicant';
      readonly person: string;
      /** The identity number that the issuer of their token confirms. It is stored only encrypted, and never logged. */
      readonly idNumber?: string;
    }
  /** The holder of one case's receipt number and secret. */
  | { readonly kind: 'caseHolder'; readonly caseId: string }
  /** An employee of an agency in a zone. */
  | {
      readonly kind: 'officer';
      readonly person: string;
      readonly agency: Agency;
      readonly zone: string;
      readonly roles: readonly OfficerRole[];
    }
  /** A representative of one enterprise. */
  | { readonly kind: 'clerk'; readonly person: string; readonly enterprise: string }
  /** The system of a partner zone; `key` names the API key or client that was used. */
  | { readonly kind: 'partner'; readonly zone: string; readonly key: string }
  | { readonly kind: 'analyst'; readonly person: string }
  | { readonly kind: 'admin'; readonly person: string };

export type ViewerKind = Viewer['kind'];

export const ANONYMOUS: Viewer = { kind: 'anonymous' };

/**
 * Returns a text that tells one viewer from every other, for cursors and idempotency keys. It excludes what may change:
 * an officer's roles, and a partner's key, which rotates. It is a JSON text, so that no key is a prefix of another one.
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

/** Returns a viewer without the identity number, as it may be recorded. */
export function recordedViewer(viewer: Viewer): Viewer {
  return viewer.kind === 'applicant' ? { kind: 'applicant', person: viewer.person } : viewer;
}

/** Returns the applicant that a viewer is, if any: their input is about themselves. */
export function personOf(viewer: Viewer): { readonly person?: string } {
  return viewer.kind === 'applicant' ? { person: viewer.person } : {};
}
