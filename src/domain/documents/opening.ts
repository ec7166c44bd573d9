/** A file of a case on its way to who may see it: which of them, for how long, and under which name it is saved. */
import type { DocumentVersionFacts } from '../cases/file.ts';
import type { Decision } from '../refusal.ts';
import type { MediaType } from './media-type.ts';

/** How long a link is good: a file is fetched at once. */
const LINK_MINUTES = 3;

export const linkEnd = (now: Date) => new Date(now.getTime() + LINK_MINUTES * 60_000);

const ENDINGS = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
} as const satisfies Record<MediaType, string>;

/** What a file is saved as: it stands in the link, so nothing of a person is in it. */
export function savedAs({ code, version, mediaType }: DocumentVersionFacts): string {
  return `${code}-${version}.${ENDINGS[mediaType]}`;
}

export interface DocumentAsked {
  readonly code: string;
  /** The newest where null. */
  readonly version: number | null;
}

export type OpeningRefusal = 'UNKNOWN_DOCUMENT' | 'UNKNOWN_VERSION' | 'NOT_KEPT';

/** One that is kept: its applicant wasn't erased. */
export type Kept<Version extends { readonly sealed: object | null }> = Version & {
  readonly sealed: NonNullable<Version['sealed']>;
};

/**
 * Which file is meant.
 * @param versions those of all the case's documents, in any order; `sealed` is null once the applicant was erased
 */
export function decideOpening<Version extends DocumentVersionFacts & { readonly sealed: object | null }>(
  versions: readonly Version[],
  { code, version }: DocumentAsked,
): Decision<Kept<Version>, OpeningRefusal> {
  const ofDocument = versions.filter((each) => each.code === code).sort((a, b) => b.version - a.version);
  const asked = version === null ? ofDocument[0] : ofDocument.find((each) => each.version === version);
  if (ofDocument.length === 0) {
    return refuse('UNKNOWN_DOCUMENT', 'document', 'The case has no file of such a document.');
  }
  if (!asked) return refuse('UNKNOWN_VERSION', 'version', 'The document has no such version.');
  if (!isKept(asked)) return refuse('NOT_KEPT', 'document', 'The file is not kept any more.');
  return { ok: true, value: asked };
}

function isKept<Version extends { readonly sealed: object | null }>(version: Version): version is Kept<Version> {
  return version.sealed !== null;
}

function refuse(code: OpeningRefusal, field: string, message: string) {
  return { ok: false, refusals: [{ code, field: [field], message }] } as const;
}
