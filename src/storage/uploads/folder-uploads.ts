import { createHash, hkdfSync, randomUUID } from 'node:crypto';
import { access, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mediaTypeOf } from '../../domain/documents/media-type.ts';
import { isIdOf } from '../../domain/ids.ts';
import { type LinkSigner, linkSigner, type SignedRequest } from './link-signature.ts';
import { readSealedFile, writeSealedFile } from './sealed-file.ts';
import { base64Of, type UploadFile, type Uploads } from './uploads.ts';

const DAY_MS = 86_400_000;

export interface FolderSettings {
  readonly folder: string;
  /** What files are encrypted by, and addresses signed: nobody reads them without it. */
  readonly secret: string;
  /** Where the host serves them, e.g. `http://localhost:4000/uploads`. */
  readonly url: string;
}

/** What the host does with requests to the addresses that `Uploads` gives out. */
export interface FolderHost {
  /** @returns an HTTP status: 200, or why nothing was kept */
  put(request: SentFile, body: AsyncIterable<Uint8Array>, now: Date): Promise<number>;
  /** @returns null for an address that isn't signed so, whose time is over, or where nothing is */
  get(request: AskedFile, now: Date): Promise<Buffer | null>;
  /** Ends what was sent more than a day ago and never supplied: what a rule of the bucket does in AWS. */
  sweep(now: Date): Promise<void>;
}

/** A request as it came: none of it is believed. */
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

/** Files in a folder of this machine, encrypted by a key of its own: what stands in for S3 where nobody's data are real. */
export function folderUploads(settings: FolderSettings): Uploads & FolderHost {
  const { folder, url, secret } = settings;
  const signer = linkSigner(secret);
  const sent = (file: string) => join(folder, 'sent', ...partsOf(file));
  const kept = (file: string) => join(folder, 'kept', ...partsOf(file));
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
    async keep(file) {
      const target = kept(nameOf(file));
      await mkdir(dirname(target), { recursive: true });
      const unfinished = `${target}.${randomUUID()}`;
      await copyFile(sent(nameOf(file)), unfinished);
      await rename(unfinished, target);
    },
    isStored: (file) =>
      access(kept(nameOf(file))).then(
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
      if (!isIdOf('case', caseId)) throw new Error('that is no id of a case');
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
      return isAllowed(signer, request, query, now) ? readSealedFile(kept(file), keyOf(secret, file)) : null;
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
  return signer.isRight(request, query.get('signature') ?? '') && now.getTime() < request.expires * 1_000;
}

async function filesIn(path: string): Promise<readonly string[]> {
  await mkdir(path, { recursive: true });
  const found = await readdir(path, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** Names are ours: none leads anywhere else. */
function partsOf(file: string): readonly string[] {
  const parts = file.split('/');
  if (parts.length !== 2 || !parts.every((part) => /^[A-Za-z0-9_]+$/.test(part))) throw new Error('that is no file');
  return parts;
}

/** A key a file: what is under it opens as no other. */
function keyOf(secret: string, file: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `file ${file}`, 32));
}
