import { createHash, createHmac, hkdfSync, randomUUID, timingSafeEqual } from 'node:crypto';
import { access, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mediaTypeOf } from '../../domain/documents/media-type.ts';
import { isIdOf } from '../../domain/ids.ts';
import { readSealedFile, writeSealedFile } from './sealed-file.ts';
import { base64Of, type UploadFile, type Uploads } from './uploads.ts';

const DAY_MS = 86_400_000;

export interface FolderSettings {
  readonly folder: string;
  /** The secret that encrypts files and signs addresses. */
  readonly secret: string;
  /** The host's address of the files, e.g. `http://localhost:4000/uploads`. */
  readonly url: string;
}

/** The host's answers to requests for the addresses that `Uploads` returns. */
export interface FolderHost {
  /** @returns an HTTP status: 200, or the reason why nothing was stored */
  put(request: SentFile, body: AsyncIterable<Uint8Array>, now: Date): Promise<number>;
  /** @returns null for an invalid signature, an expired address, or a missing file */
  get(request: AskedFile, now: Date): Promise<Buffer | null>;
  /**
   * Deletes files that were uploaded more than a day ago and never supplied. In AWS, a rule of the bucket does this.
   */
  sweep(now: Date): Promise<void>;
}

/** A request as received, with nothing verified. */
export interface SentFile extends AskedFile {
  readonly contentType: string;
  readonly contentLength: string;
  readonly checksum: string;
}

export interface AskedFile {
  /** `<case>/<upload>`. */
  readonly file: string;
  readonly query: URLSearchParams;
}

/**
 * Returns a store of files in a folder of this machine, encrypted with the machine's own key. It replaces S3 in local
 * mode, without real data.
 */
export function folderUploads(settings: FolderSettings): Uploads & FolderHost {
  const { folder, url, secret } = settings;
  const signer = linkSigner(secret);
  const sent = (file: string) => join(folder, 'sent', ...partsOf(file));
  const stored = (file: string) => join(folder, 'kept', ...partsOf(file));
  return {
    async target(file, expiresAt) {
      const request = putRequest(nameOf(file), epochSeconds(expiresAt), headersOf(file), String(file.size));
      const query = new URLSearchParams({ expires: String(request.expires), signature: signer.sign(request) });
      return { url: `${url}/${request.file}?${query}`, method: 'PUT', headers: headersOf(file) };
    },
    async received(file) {
      const bytes = await readSealedFile(sent(nameOf(file)), keyOf(secret, nameOf(file)));
      if (!bytes) return null;
      return {
        mediaType: mediaTypeOf(bytes),
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      };
    },
    async store(file) {
      const target = stored(nameOf(file));
      await mkdir(dirname(target), { recursive: true });
      const unfinished = `${target}.${randomUUID()}`;
      await copyFile(sent(nameOf(file)), unfinished);
      await rename(unfinished, target);
    },
    isStored: (file) =>
      access(stored(nameOf(file))).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return false;
          throw error;
        },
      ),
    async link(file, name, expiresAt) {
      const request = getRequest(nameOf(file), epochSeconds(expiresAt), name, file.mediaType);
      const query = new URLSearchParams({
        expires: String(request.expires),
        name,
        type: file.mediaType,
        signature: signer.sign(request),
      });
      return `${url}/${request.file}?${query}`;
    },
    async removeAll(caseId) {
      if (!isIdOf('case', caseId)) throw new Error('not the id of a case');
      for (const part of ['sent', 'kept']) await rm(join(folder, part, caseId), { recursive: true, force: true });
    },
    async put({ file, query, contentType, contentLength, checksum }, body, now) {
      const headers = { 'content-type': contentType, 'x-amz-checksum-sha256': checksum };
      const request = putRequest(file, Number(query.get('expires')), headers, contentLength);
      if (!isAllowed(signer, request, query, now)) return 403;
      const expected = { size: Number(contentLength), sha256: checksum };
      return (await writeSealedFile(sent(file), keyOf(secret, file), body, expected)) ? 200 : 400;
    },
    async get({ file, query }, now) {
      const request = getRequest(file, Number(query.get('expires')), query.get('name') ?? '', query.get('type') ?? '');
      return isAllowed(signer, request, query, now) ? readSealedFile(stored(file), keyOf(secret, file)) : null;
    },
    async sweep(now) {
      for (const path of await filesIn(join(folder, 'sent'))) {
        const { mtimeMs } = await stat(path);
        if (mtimeMs < now.getTime() - DAY_MS) await rm(path, { force: true });
      }
    },
  };
}

const epochSeconds = (instant: Date) => Math.floor(instant.getTime() / 1_000);
const nameOf = ({ caseId, uploadId }: UploadFile) => `${caseId}/${uploadId}`;

const headersOf = ({ mediaType, sha256 }: UploadFile) => ({
  'content-type': mediaType,
  'x-amz-checksum-sha256': base64Of(sha256),
});

function putRequest(
  file: string,
  expires: number,
  headers: Readonly<Record<string, string>>,
  size: string,
): SignedRequest {
  return { method: 'PUT', file, expires, bound: { ...headers, size } };
}

const getRequest = (file: string, expires: number, name: string, type: string): SignedRequest => ({
  method: 'GET',
  file,
  expires,
  bound: { name, type },
});

function isAllowed(signer: LinkSigner, request: SignedRequest, query: URLSearchParams, now: Date): boolean {
  return signer.isValid(request, query.get('signature') ?? '') && now.getTime() < request.expires * 1_000;
}

async function filesIn(path: string): Promise<readonly string[]> {
  await mkdir(path, { recursive: true });
  const found = await readdir(path, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** File names have this form only, so that none leads outside the folder. */
function partsOf(file: string): readonly string[] {
  const parts = file.split('/');
  if (parts.length !== 2 || !parts.every((part) => /^[A-Za-z0-9_]+$/.test(part)))
    throw new Error('not the name of a file');
  return parts;
}

/** Returns the key of one file, so that no file opens as another. */
function keyOf(secret: string, file: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `file ${file}`, 32));
}

/** A request with the properties that a local signature binds. */
export interface SignedRequest {
  readonly method: 'PUT' | 'GET';
  /** `<case>/<upload>`. */
  readonly file: string;
  /** Epoch seconds. */
  readonly expires: number;
  /** The headers of an upload, or the file name and type of a download. */
  readonly bound: Readonly<Record<string, string | number>>;
}

/** A signer of addresses of files, which verifies its own signatures. */
export interface LinkSigner {
  sign(request: SignedRequest): string;
  isValid(request: SignedRequest, signature: string): boolean;
}

/** Returns a signer: HMAC-SHA-256 with a key derived from a secret for this purpose alone. */
export function linkSigner(secret: string): LinkSigner {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'addresses of files', 32));
  const sign = ({ method, file, expires, bound }: SignedRequest) => {
    const text = JSON.stringify([method, file, expires, Object.entries(bound).sort()]);
    return createHmac('sha256', key).update(text).digest('base64url');
  };
  return {
    sign,
    isValid(request, signature) {
      const [expected, given] = [Buffer.from(sign(request)), Buffer.from(signature)];
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}
