/** A file on its way into a case: what is announced of it before it is sent, and what must hold of it then. */

import type { RequiredDocument } from '../case-types/case-type.ts';
import { mayAct, standingOf } from '../cases/access.ts';
import { ACTION_RULES } from '../cases/action.ts';
import { UNKNOWN_CASE } from '../cases/decide.ts';
import type { AnnouncedFile, CaseSituation } from '../cases/file.ts';
import type { CaseRefusalCode } from '../cases/refusal.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { MEDIA_TYPES, type MediaType } from './media-type.ts';

/** Assumed: 10 MB, and everything that is taken in at all, where a case type doesn't say less. */
export const MAX_BYTES = 10_000_000;
/** How long the address is good to which a file is to be sent. */
const OPEN_MINUTES = 15;
/** How many files may be announced for a case at a time, and never sent. */
export const MAX_ANNOUNCED = 20;
const MAX_NAME_CHARACTERS = 255;

/** What of a document's files a case type limits. */
export function fileLimits({ maxBytes, mediaTypes }: Pick<RequiredDocument, 'maxBytes' | 'mediaTypes'>) {
  return { maxBytes: maxBytes ?? MAX_BYTES, mediaTypes: mediaTypes ?? MEDIA_TYPES };
}

export interface UploadRequest {
  readonly code: string;
  /** As its sender calls it: it may hold names. */
  readonly fileName: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal, in lower case. */
  readonly sha256: string;
}

/** What is kept of a request until the file is there. */
export interface AcceptedUpload {
  readonly file: Omit<AnnouncedFile, 'id'>;
  readonly fileName: string;
  readonly requestedAt: string;
  /** Until then the file may be sent. */
  readonly expiresAt: string;
}

export type UploadRefusalCode =
  | Extract<CaseRefusalCode, 'UNKNOWN_CASE' | 'NOT_YOURS' | 'WRONG_STATE' | 'INVALID_DOCUMENT'>
  | 'INVALID_FILE_NAME'
  | 'INVALID_MEDIA_TYPE'
  | 'INVALID_SIZE'
  | 'INVALID_SHA256'
  | 'TOO_MANY_UPLOADS'
  | 'ERASED';

/**
 * Whether a file may be sent for a document of a case: who may supply it may announce it, in the same states.
 * @param announced how many files of the case are announced and not supplied
 */
export function decideUpload(
  situation: CaseSituation,
  request: UploadRequest,
  announced: number,
  viewer: Viewer,
  now: Date,
): Decision<AcceptedUpload, UploadRefusalCode> {
  const refusals = refuseUpload(situation, request, announced, viewer);
  const mediaType = MEDIA_TYPES.find((type) => type === request.mediaType);
  if (refusals.length > 0 || !mediaType) return { ok: false, refusals };
  const { code, size, sha256, fileName } = request;
  return {
    ok: true,
    value: {
      file: { code, mediaType, size, sha256 },
      fileName,
      requestedAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + OPEN_MINUTES * 60_000).toISOString(),
    },
  };
}

function refuseUpload(
  { case: subject, caseType, documents }: CaseSituation,
  { code, fileName, mediaType, size, sha256 }: UploadRequest,
  announced: number,
  viewer: Viewer,
): Refusal<UploadRefusalCode>[] {
  const standing = standingOf(viewer, subject);
  if (standing === 'NONE') return [{ ...UNKNOWN_CASE, code: 'UNKNOWN_CASE' }];
  const refusals: Refusal<UploadRefusalCode>[] = [];
  const must = (holds: boolean, refused: UploadRefusalCode, field: string[], message: string) => {
    if (!holds) refusals.push({ code: refused, field, message });
  };
  must(mayAct(viewer, 'requestUpload', subject), 'NOT_YOURS', [], 'Only the applicant may do this.');
  const isOpen = ACTION_RULES.SUPPLY_DOCUMENT.event[subject.course.state] !== undefined;
  must(isOpen, 'WRONG_STATE', [], 'Documents are taken in of a draft, and where more of them are asked for.');
  must(subject.applicant !== null, 'ERASED', [], 'The applicant was erased: nothing more is taken in.');
  must(announced < MAX_ANNOUNCED, 'TOO_MANY_UPLOADS', [], `No more than ${MAX_ANNOUNCED} files may be under way.`);
  const asked = documents.find((document) => document.code === code);
  must(asked !== undefined, 'INVALID_DOCUMENT', ['document'], 'The case asks for no such document.');
  const name = [...fileName];
  must(
    name.length >= 1 && name.length <= MAX_NAME_CHARACTERS && !/[\p{Cc}/\\]/u.test(fileName),
    'INVALID_FILE_NAME',
    ['fileName'],
    `A file name has 1 to ${MAX_NAME_CHARACTERS} characters, without slashes.`,
  );
  const { maxBytes, mediaTypes } = fileLimits(caseType.requiredDocuments.find((each) => each.code === code) ?? {});
  must(
    mediaTypes.some((type: MediaType) => type === mediaType),
    'INVALID_MEDIA_TYPE',
    ['mediaType'],
    `It must be one of ${mediaTypes.join(', ')}.`,
  );
  must(
    Number.isInteger(size) && size >= 1 && size <= maxBytes,
    'INVALID_SIZE',
    ['size'],
    `A file of this document has 1 to ${maxBytes} bytes.`,
  );
  must(
    /^[0-9a-f]{64}$/.test(sha256),
    'INVALID_SHA256',
    ['sha256'],
    'A SHA-256 has 64 hexadecimal digits, in lower case.',
  );
  return refusals;
}
