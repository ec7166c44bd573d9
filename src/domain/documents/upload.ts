/** Uploads of files to a case: the upload request, and its checks. */

import type { RequiredDocument } from '../case-types/case-type.ts';
import { mayAct, relationOf } from '../cases/access.ts';
import { ACTION_RULES } from '../cases/action.ts';
import { mayDo } from '../cases/counter.ts';
import { UNKNOWN_CASE } from '../cases/decide.ts';
import type { AnnouncedFile, CaseSituation } from '../cases/file.ts';
import type { CaseRefusalCode } from '../cases/refusal.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { MEDIA_TYPES, type MediaType } from './media-type.ts';

/** Default limits where a case type sets none. 10 MB is an assumption. */
export const MAX_BYTES = 10_000_000;
/** Lifetime of an upload address, in minutes. */
const OPEN_MINUTES = 15;
/** Upper bound of open uploads of a case: requested, but not supplied. */
export const MAX_OPEN_UPLOADS = 20;
const MAX_NAME_CHARACTERS = 255;

/** Returns the limits of a document's files. */
export function fileLimits({ maxBytes, mediaTypes }: Pick<RequiredDocument, 'maxBytes' | 'mediaTypes'>) {
  return { maxBytes: maxBytes ?? MAX_BYTES, mediaTypes: mediaTypes ?? MEDIA_TYPES };
}

export interface UploadRequest {
  readonly code: string;
  /** File name as the client states it. It may hold personal names. */
  readonly fileName: string;
  readonly mediaType: string;
  /** Size in bytes. */
  readonly size: number;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
}

/** An upload request as stored until the file is supplied. */
export interface AcceptedUpload {
  readonly file: Omit<AnnouncedFile, 'id'>;
  readonly fileName: string;
  readonly requestedAt: string;
  /** Expiry of the upload. */
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
 * Decides an upload request. It needs the same permission and state as supplying the document.
 * @param announced number of open uploads of the case
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
  const relation = relationOf(viewer, subject);
  if (relation === 'NONE') return [{ ...UNKNOWN_CASE, code: 'UNKNOWN_CASE' }];
  const refusals: Refusal<UploadRefusalCode>[] = [];
  const must = (holds: boolean, refused: UploadRefusalCode, field: string[], message: string) => {
    if (!holds) refusals.push({ code: refused, field, message });
  };
  const isTheirs = mayAct(viewer, 'requestUpload', subject) && mayDo('TAKE_DOCUMENTS', relation, subject);
  must(isTheirs, 'NOT_YOURS', [], 'Only the applicant may do this, or a counter that takes documents for them.');
  const isOpen = ACTION_RULES.SUPPLY_DOCUMENT.event[subject.course.state] !== undefined;
  must(isOpen, 'WRONG_STATE', [], 'A case accepts documents as a draft, and when a supplement is required.');
  must(subject.applicant !== null, 'ERASED', [], 'The applicant was erased, so the case accepts no documents.');
  must(
    announced < MAX_OPEN_UPLOADS,
    'TOO_MANY_UPLOADS',
    [],
    `At most ${MAX_OPEN_UPLOADS} uploads may be open at once.`,
  );
  const asked = documents.find((document) => document.code === code);
  must(asked !== undefined, 'INVALID_DOCUMENT', ['document'], 'The case needs no such document.');
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
    `The media type must be one of ${mediaTypes.join(', ')}.`,
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
