import type { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mediaTypeOf, SIGNATURE_BYTES } from '../../domain/documents/media-type.ts';
import { base64Of, type UploadFile, type Uploads } from './uploads.ts';

const S3_TIMEOUT_MS = 10_000;
const within = () => ({ abortSignal: AbortSignal.timeout(S3_TIMEOUT_MS) });

/**
 * A rule of the bucket deletes files that were uploaded and never supplied. A stored file is another object, which no
 * signed upload reaches.
 */
const sentKey = ({ caseId, uploadId }: UploadFile) => `sent/${caseId}/${uploadId}`;
const storedKey = ({ caseId, uploadId }: UploadFile) => `kept/${caseId}/${uploadId}`;

/**
 * Returns a store of files in a bucket. S3 itself refuses a file that differs from its upload request, since size, type
 * and hash are signed.
 */
export function s3Uploads(client: () => Promise<S3Client>, bucket: string): Uploads {
  return {
    async target(file, expiresAt) {
      const { PutObjectCommand } = await import('@aws-sdk/client-s3');
      const headers = { 'content-type': file.mediaType, 'x-amz-checksum-sha256': base64Of(file.sha256) };
      const bound = { ...headers, 'content-length': String(file.size) };
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: sentKey(file),
        ChecksumSHA256: base64Of(file.sha256),
      });
      const url = await presign(await client(), command, expiresAt, bound);
      return { url, method: 'PUT', headers };
    },
    async received(file) {
      const { GetObjectCommand, HeadObjectCommand } = await import('@aws-sdk/client-s3');
      const [s3, object] = [await client(), { Bucket: bucket, Key: sentKey(file) }];
      const head = await s3
        .send(new HeadObjectCommand({ ...object, ChecksumMode: 'ENABLED' }), within())
        .catch(nullWhereMissing);
      if (!head) return null;
      // The same version as the head's, in case the client uploads again meanwhile.
      const part = { Range: `bytes=0-${SIGNATURE_BYTES - 1}`, IfMatch: head.ETag };
      const beginning = await s3.send(new GetObjectCommand({ ...object, ...part }), within()).catch(nullWhereMissing);
      const bytes = await beginning?.Body?.transformToByteArray();
      if (!bytes) return null;
      return {
        mediaType: mediaTypeOf(bytes),
        size: head.ContentLength ?? 0,
        sha256: Buffer.from(head.ChecksumSHA256 ?? '', 'base64').toString('hex'),
      };
    },
    async store(file) {
      const { CopyObjectCommand } = await import('@aws-sdk/client-s3');
      const command = new CopyObjectCommand({
        Bucket: bucket,
        Key: storedKey(file),
        CopySource: `${bucket}/${sentKey(file)}`,
      });
      await (await client()).send(command, within());
    },
    async isStored(file) {
      const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
      const command = new HeadObjectCommand({ Bucket: bucket, Key: storedKey(file) });
      return (await (await client()).send(command, within()).catch(nullWhereMissing)) !== null;
    },
    async link(file, name, expiresAt) {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3');
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: storedKey(file),
        ResponseContentType: file.mediaType,
        ResponseContentDisposition: `attachment; filename="${name}"`,
        ResponseCacheControl: 'no-store',
      });
      return presign(await client(), command, expiresAt, {});
    },
    async removeAll(caseId) {
      const { DeleteObjectsCommand, ListObjectsV2Command } = await import('@aws-sdk/client-s3');
      const s3 = await client();
      for (const part of ['sent', 'kept']) {
        for (;;) {
          const listed = await s3.send(
            new ListObjectsV2Command({ Bucket: bucket, Prefix: `${part}/${caseId}/` }),
            within(),
          );
          const Objects = (listed.Contents ?? []).flatMap(({ Key }) => (Key ? [{ Key }] : []));
          if (Objects.length === 0) break;
          const { Errors = [] } = await s3.send(
            new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
            within(),
          );
          if (Errors.length > 0) throw new Error(`${Errors.length} files of a case could not be removed`);
        }
      }
    },
  };
}

function nullWhereMissing(error: unknown): null {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotFound' || name === 'NoSuchKey' || name === 'PreconditionFailed') return null;
  throw error;
}

/**
 * Returns the presigned address of a request (AWS Signature Version 4, query parameters), as the client would send it
 * to its own endpoint.
 * @param bound the signed headers, which must be sent unchanged
 */
async function presign(
  client: S3Client,
  command: PutObjectCommand | GetObjectCommand,
  expiresAt: Date,
  bound: Readonly<Record<string, string>>,
): Promise<string> {
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const { method, protocol, hostname, port, path, query = {} } = await unsent(client, command);
  const { region, credentials, sha256 } = client.config;
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  const now = new Date();
  const signed = await signer.presign(
    {
      ...{ method, protocol, hostname, path, query },
      headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...bound },
    },
    {
      signingDate: now,
      expiresIn: Math.max(1, Math.floor((expiresAt.getTime() - now.getTime()) / 1_000)),
      // They stay headers, and the content type is signed too.
      unhoistableHeaders: new Set(Object.keys(bound)),
      signableHeaders: new Set(['host', ...Object.keys(bound)]),
    },
  );
  const address = new URL(`${protocol}//${host}${signed.path}`);
  const parameters = Object.entries(signed.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
  // Signatures cover `%20`, but form encoding writes plus signs.
  address.search = new URLSearchParams(parameters).toString().replaceAll('+', '%20');
  return address.href;
}

type HttpRequest = Parameters<import('@smithy/signature-v4').SignatureV4['presign']>[0];

/** Returns the HTTP request of a command without sending it. */
async function unsent(client: S3Client, command: PutObjectCommand | GetObjectCommand): Promise<HttpRequest> {
  let request: HttpRequest | undefined;
  // Both commands have the same middleware stack.
  const put = command as PutObjectCommand;
  put.middlewareStack.add(
    () => async (args) => {
      request = args.request as HttpRequest;
      return { response: {}, output: { $metadata: {} } };
    },
    { step: 'build', priority: 'low', name: 'preventSending' },
  );
  await client.send(put);
  if (!request) throw new Error('the S3 client made no request');
  return request;
}
