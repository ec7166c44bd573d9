import type { MediaType } from '../../../domain/documents/media-type.ts';
import { downloadName, linkEnd, type Stored } from '../../../domain/documents/opening.ts';
import type { People } from '../people/people.ts';
import type { TalentTable } from '../people/sealing.ts';
import { fileOfVersion } from './documents.ts';
import type { DocumentVersionItem } from './items.ts';

/** Where a file is to be had, and what it is. */
export interface DocumentLink {
  readonly url: string;
  readonly expiresAt: string;
  /** As its sender called it: it may hold names. */
  readonly fileName: string;
  readonly mediaType: MediaType;
  readonly size: number;
  readonly sha256: string;
}

/** Files that were taken in, on their way out. */
export interface DocumentLinks {
  /** Whether the file is there: an invented case has none. */
  isStored(version: DocumentVersionItem): Promise<boolean>;
  /**
   * Opens the file's name and signs a link; null where nothing is kept of the applicant any more. Who is given it must have
   * been noted.
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
