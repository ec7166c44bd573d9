import type { MediaType } from '../../../domain/documents/media-type.ts';
import { downloadName, linkEnd, type Stored } from '../../../domain/documents/opening.ts';
import type { People } from '../people/people.ts';
import type { TalentTable } from '../people/sealing.ts';
import { fileOfVersion } from './documents.ts';
import type { DocumentVersionItem } from './items.ts';

/** A link to a file, and the file's facts. */
export interface DocumentLink {
  readonly url: string;
  readonly expiresAt: string;
  /** The client's file name, which may hold personal names. */
  readonly fileName: string;
  readonly mediaType: MediaType;
  readonly size: number;
  readonly sha256: string;
}

/** Makes links to stored files. */
export interface DocumentLinks {
  /** Returns whether the file exists. Invented cases have none. */
  isStored(version: DocumentVersionItem): Promise<boolean>;
  /**
   * Decrypts the file's name and signs a link; null after the applicant's erasure. The access must have been recorded.
   * @throws CodedError PERSONAL_DATA_UNAVAILABLE
   */
  open(applicantId: string, version: Stored<DocumentVersionItem>, now: Date): Promise<DocumentLink | null>;
}

export function openDocumentLinks({ uploads }: TalentTable, people: People): DocumentLinks {
  return {
    isStored: (version) => uploads.isStored(fileOfVersion(version)),
    async open(applicantId, version, now) {
      const fileName = await people.openFrom(applicantId, version, 'fileName');
      if (fileName === null) return null;
      const expiresAt = linkEnd(now);
      const { mediaType, size, sha256 } = version;
      const url = await uploads.link(fileOfVersion(version), downloadName(version), expiresAt);
      return { url, expiresAt: expiresAt.toISOString(), fileName, mediaType, size, sha256 };
    },
  };
}
