/** What is stored of files of a case: their names, which may hold persons', encrypted by the applicant's key. */
import type { AnnouncedFile, DocumentVersionFacts } from '../../../domain/cases/file.ts';
import { TTL_ATTRIBUTE, talentKeys } from '../../tables.ts';
import type { SealedFields } from '../people/items.ts';

export interface DocumentVersionRecord extends DocumentVersionFacts {
  /** Null once the applicant was erased. */
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
  /** Until then the file may be sent. */
  readonly expiresAt: string;
  /** Epoch seconds until which what was sent may be supplied: before the file itself is gone. */
  readonly [TTL_ATTRIBUTE]: number;
}

export type UploadItem = ReturnType<typeof uploadItem>;
export function uploadItem(upload: UploadRecord) {
  return { ...upload, ...talentKeys.upload(upload.caseId, upload.id), type: 'Upload' as const };
}
