/** Opening of a case's file by a viewer: the version, the link's lifetime and the download's file name. */
import type { DocumentVersionFacts } from '../cases/file.ts';
import type { Decision } from '../refusal.ts';
import type { MediaType } from './media-type.ts';

/** Lifetime of a link. A client downloads the file at once. */
const LINK_MINUTES = 3;

export const linkEnd = (now: Date) => new Date(now.getTime() + LINK_MINUTES * 60_000);

const ENDINGS = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
} as const satisfies Record<MediaType, string>;

/** Returns the file name of a download. The link contains it, so it holds no personal data. */
export function downloadName({ code, version, mediaType }: DocumentVersionFacts): string {
  return `${code}-${version}.${ENDINGS[mediaType]}`;
}

export interface DocumentAsked {
  readonly code: string;
  /** The newest version where null. */
  readonly version: number | null;
}

export type OpeningRefusal = 'UNKNOWN_DOCUMENT' | 'UNKNOWN_VERSION' | 'NOT_KEPT';

/** A stored version: its applicant wasn't erased. */
export type Stored<Version extends { readonly sealed: object | null }> = Version & {
  readonly sealed: NonNullable<Version['sealed']>;
};

/**
 * Decides which file a request opens.
 * @param versions the versions of all documents of the case, in any order; `sealed` is null after the applicant's
 * erasure
 */
export function decideOpening<Version extends DocumentVersionFacts & { readonly sealed: object | null }>(
  versions: readonly Version[],
  { code, version }: DocumentAsked,
): Decision<Stored<Version>, OpeningRefusal> {
  const ofDocument = versions.filter((each) => each.code === code).sort((a, b) => b.version - a.version);
  const asked = version === null ? ofDocument[0] : ofDocument.find((each) => each.version === version);
  if (ofDocument.length === 0) {
    return refuse('UNKNOWN_DOCUMENT', 'document', 'The case has no file of this document.');
  }
  if (!asked) return refuse('UNKNOWN_VERSION', 'version', 'The document has no such version.');
  if (!isStored(asked)) return refuse('NOT_KEPT', 'document', 'The file has been deleted.');
  return { ok: true, value: asked };
}

function isStored<Version extends { readonly sealed: object | null }>(version: Version): version is Stored<Version> {
  return version.sealed !== null;
}

function refuse(code: OpeningRefusal, field: string, message: string) {
  return { ok: false, refusals: [{ code, field: [field], message }] } as const;
}
