import type { FoundFile } from '../../domain/cases/file.ts';
import type { MediaType } from '../../domain/documents/media-type.ts';

/** The file of an upload of a case, with the hash and size of its upload request. */
export interface UploadFile {
  readonly caseId: string;
  readonly uploadId: string;
  readonly mediaType: MediaType;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** One HTTP request, whose signature binds all of its parts. */
export interface UploadTarget {
  readonly url: string;
  readonly method: 'PUT';
  /** Without `content-length`, which every client sends by itself. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The store of cases' files. Files that were uploaded and never supplied are deleted after a day. Stored files stay
 * until they are removed.
 */
export interface Uploads {
  /** Returns the request that uploads a file, valid until an instant. */
  target(file: UploadFile, expiresAt: Date): Promise<UploadTarget>;
  /** Returns the uploaded file as measured; null where none arrived. */
  received(file: UploadFile): Promise<FoundFile | null>;
  /** Stores an uploaded file where its client can't reach it. A repeated call changes nothing. */
  store(file: UploadFile): Promise<void>;
  /** Returns whether the file is stored. */
  isStored(file: UploadFile): Promise<boolean>;
  /**
   * Returns a link to a stored file as an attachment, valid until an instant.
   * @param name file name of the download, without personal data
   */
  link(file: UploadFile, name: string, expiresAt: Date): Promise<string>;
  /** Removes every file of a case, stored or not. */
  removeAll(caseId: string): Promise<void>;
}

/** Converts a hexadecimal hash to base64, the form of HTTP headers and S3. */
export const base64Of = (sha256: string) => Buffer.from(sha256, 'hex').toString('base64');
