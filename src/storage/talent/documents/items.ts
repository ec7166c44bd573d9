/** The items of files of cases. File names may hold personal names, so the applicant's key encrypts them. */
import type { AnnouncedFile, DocumentVersionFacts } from '../../../domain/cases/file.ts';
import { TTL_ATTRIBUTE, talentKeys } from '../../tables.ts';
import type { SealedFields } from '../people/items.ts';

export interface DocumentVersionRecord extends DocumentVersionFacts {
  /** Null after the applicant's erasure. */
  readonly sealed: SealedFields<'fileName'> | null;
}

export type DocumentVersionItem = ReturnType<typeof documentVersionItem>;
export function documentVersionItem(caseId: string, version: DocumentVersionRecord) {
  const key = talentKeys.documentVersion(caseId, version.code, version.version);
  return { ...version, caseId, ...key, type: 'DocumentVersion' as const };
}

export interface UploadRecord extends AnnouncedFile {
  readonly caseId: string;
  readonly sealed: SealedFields<'fileName'>;
  readonly requestedAt: string;
  /** Expiry of the upload. */
  readonly expiresAt: string;
  /** Epoch seconds until which the file may be supplied, before the uploaded file is deleted. */
  readonly [TTL_ATTRIBUTE]: number;
}

export type UploadItem = ReturnType<typeof uploadItem>;
export function uploadItem(upload: UploadRecord) {
  return { ...upload, ...talentKeys.upload(upload.caseId, upload.id), type: 'Upload' as const };
}
