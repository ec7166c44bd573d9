import type { FoundFile } from '../../domain/cases/file.ts';
import type { MediaType } from '../../domain/documents/media-type.ts';

/** Which file: of an upload of a case. What is in it is known by its hash and size, which were announced. */
export interface UploadFile {
  readonly caseId: string;
  readonly uploadId: string;
  readonly mediaType: MediaType;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** One HTTP request, in all that is bound by a signature: nothing else is taken there. */
export interface UploadTarget {
  readonly url: string;
  readonly method: 'PUT';
  /** Besides `content-length`, which every client sends by itself. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where files of cases are. What was sent and never supplied is gone after a day; what is kept stays until it is removed. */
export interface Uploads {
  /** Where to the file is to be sent, until then. */
  target(file: UploadFile, expiresAt: Date): Promise<UploadTarget>;
  /** What was sent, by its own bytes; null where nothing was. */
  received(file: UploadFile): Promise<FoundFile | null>;
  /** Keeps what was sent, beyond the reach of whoever sent it. The same again does nothing more. */
  keep(file: UploadFile): Promise<void>;
  /** Whether the file is among those that are kept. */
  isStored(file: UploadFile): Promise<boolean>;
  /** Where a kept file is to be had until then, as an attachment. @param name what it is saved as: nothing of a person */
  link(file: UploadFile, name: string, expiresAt: Date): Promise<string>;
  /** Removes every file of a case, kept or not. */
  removeAll(caseId: string): Promise<void>;
}

/** Hexadecimal as HTTP headers and S3 have it: base64. */
export const base64Of = (sha256: string) => Buffer.from(sha256, 'hex').toString('base64');
