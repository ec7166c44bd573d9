import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { HttpHost } from '../../src/local/http/http-host.ts';
import { type FolderHost, folderUploads } from '../../src/storage/uploads/folder-uploads.ts';
import { s3Uploads } from '../../src/storage/uploads/s3-uploads.ts';
import type { UploadFile, Uploads, UploadTarget } from '../../src/storage/uploads/uploads.ts';
import { announced, JPEG, PNG, pdf, startFileHost } from '../fixtures/files.ts';
import { S3_CREDENTIALS, startS3StandIn } from '../fixtures/s3-stand-in.ts';

/** One contract of where files of cases are: a bucket, and a folder of this machine. */

const BUCKET = 'files-of-cases';
const CASES = ['case_01HB0000000000000000000001', 'case_01HB0000000000000000000002'] as const;

let s3: Awaited<ReturnType<typeof startS3StandIn>>;
let folder: string;
let host: HttpHost;
let local: Uploads & FolderHost;

beforeAll(async () => {
  s3 = await startS3StandIn();
  folder = mkdtempSync(join(tmpdir(), 'uploads-'));
  // The host is there first: its port is in the addresses.
  const settings = { folder, secret: 'a secret that is for tests only' };
  host = await startFileHost(folderUploads({ ...settings, url: '' }));
  local = folderUploads({ ...settings, url: `${host.url}/uploads` });
});
afterAll(async () => {
  await host.close();
  await s3.stop();
  rmSync(folder, { recursive: true });
});

const client = async () =>
  new S3Client({
    region: 'cn-north-1',
    endpoint: s3.endpoint,
    forcePathStyle: true,
    credentials: S3_CREDENTIALS,
    maxAttempts: 1,
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

const PLACES: readonly [string, () => Uploads][] = [
  ['a bucket', () => s3Uploads(client, BUCKET)],
  ['a folder', () => local],
];

let files = 0;
function fileOf(
  bytes: Buffer,
  mediaType: UploadFile['mediaType'] = 'application/pdf',
  caseId: string = CASES[0],
): UploadFile {
  files += 1;
  return { caseId, uploadId: `upload_${files}`, ...announced(bytes), mediaType };
}

const soon = () => new Date(Date.now() + 60_000);

async function put({ url, method, headers }: UploadTarget, bytes: Buffer, change: Record<string, string> = {}) {
  const { status } = await fetch(url, { method, headers: { ...headers, ...change }, body: new Uint8Array(bytes) });
  return status;
}

/** Returns the address with the first character of its signature changed, whatever that character is. */
const withForgedSignature = (url: string) => url.replace(/(?<=ignature=)./, (first) => (first === '0' ? '1' : '0'));

describe.each(PLACES)('%s', (_, open) => {
  test.each([
    ['application/pdf', pdf('a')],
    ['image/png', PNG],
    ['image/jpeg', JPEG],
    [null, Buffer.from('neither')],
  ] as const)('takes a file as it was announced and says what it is: %s', async (mediaType, bytes) => {
    const file = fileOf(bytes, mediaType ?? 'application/pdf');
    expect(await open().received(file)).toBeNull();
    expect(await put(await open().target(file, soon()), bytes)).toBe(200);
    expect(await open().received(file)).toEqual({ ...announced(bytes), mediaType });
  });

  test('takes nothing that isn’t as it was announced, and keeps nothing of it', async () => {
    const bytes = pdf('right');
    const file = fileOf(bytes);
    const target = await open().target(file, soon());
    const longer = Buffer.concat([bytes, Buffer.from('.')]);
    const other = Buffer.from(bytes.toString().replace('right', 'wrong'));
    const { sha256 } = announced(other);
    const checksum = Buffer.from(sha256, 'hex').toString('base64');
    const statuses = [
      await put(target, longer),
      await put(target, other),
      await put(target, other, { 'x-amz-checksum-sha256': checksum }),
      await put(target, bytes, { 'content-type': 'text/html' }),
      await put({ ...target, url: target.url.replace(file.uploadId, 'upload_other') }, bytes),
      await put({ ...target, url: withForgedSignature(target.url) }, bytes),
    ];
    expect(statuses).toEqual([403, 400, 403, 403, 403, 403]);
    expect(await open().received(file)).toBeNull();
    expect(await put(target, bytes)).toBe(200);
  });

  test('takes nothing after its time', async () => {
    const bytes = pdf('late');
    const file = fileOf(bytes);
    const target = await open().target(file, new Date(Date.now() + 1_000));
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await put(target, bytes)).toBe(403);
  });

  test('hands out what is kept as an attachment, under no other name, for a time', async () => {
    const bytes = pdf('kept');
    const file = fileOf(bytes);
    await put(await open().target(file, soon()), bytes);
    const link = await open().link(file, 'contract-1.pdf', soon());
    expect((await fetch(link)).status).not.toBe(200);
    expect(await open().isStored(file)).toBe(false);
    await open().store(file);
    expect(await open().isStored(file)).toBe(true);
    await open().store(file);
    const answer = await fetch(link);
    expect([answer.status, Buffer.from(await answer.arrayBuffer()).equals(bytes)]).toEqual([200, true]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="contract-1.pdf"',
      'cache-control': 'no-store',
    });
    expect((await fetch(link.replace('contract-1', 'contract-2'))).status).toBe(403);
    expect((await fetch(link, { method: 'PUT', body: 'x' })).status).toBe(403);
  });

  test('removes all files of a case, and no other', async () => {
    const [bytes, other] = [pdf('one'), fileOf(pdf('other'), 'application/pdf', CASES[1])];
    const [kept, sent] = [fileOf(bytes), fileOf(bytes)];
    for (const file of [kept, sent, other])
      await put(await open().target(file, soon()), file === other ? pdf('other') : bytes);
    await open().store(kept);
    expect(await open().isStored(kept)).toBe(true);
    await open().removeAll(CASES[0]);
    expect(await open().isStored(kept)).toBe(false);
    await open().removeAll(CASES[0]);
    expect([await open().received(kept), await open().received(sent)]).toEqual([null, null]);
    expect((await fetch(await open().link(kept, 'x.pdf', soon()))).status).not.toBe(200);
    expect(await open().received(other)).not.toBeNull();
  });
});

test('an address of a bucket binds size, type and hash, and is of one object', async () => {
  const file = fileOf(pdf('bound'));
  const { url, headers } = await s3Uploads(client, BUCKET).target(file, soon());
  const { pathname, searchParams } = new URL(url);
  expect(pathname).toBe(`/${BUCKET}/sent/${file.caseId}/${file.uploadId}`);
  expect(searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;x-amz-checksum-sha256');
  expect(Number(searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(60);
  expect([...searchParams.keys()].filter((name) => /checksum|acl|sdk/i.test(name))).toEqual([]);
  expect(headers).toEqual({
    'content-type': 'application/pdf',
    'x-amz-checksum-sha256': Buffer.from(file.sha256, 'hex').toString('base64'),
  });
});

test('on this machine nothing is readable at rest, and what was never supplied ends after a day', async () => {
  const bytes = pdf('a text that stands nowhere else');
  const [old, young] = [fileOf(bytes), fileOf(bytes)];
  for (const file of [old, young]) await put(await local.target(file, soon()), bytes);
  await local.store(young);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  expect(paths.filter((path) => readFileSync(path).includes('stands nowhere else'))).toEqual([]);
  const yesterday = new Date(Date.now() - 86_400_000 - 1_000);
  for (const path of paths) utimesSync(path, yesterday, yesterday);
  await put(await local.target(young, soon()), bytes);
  await local.sweep(new Date());
  expect([await local.received(old), (await local.received(young))?.size]).toEqual([null, bytes.length]);
  expect((await fetch(await local.link(young, 'x.pdf', soon()))).status).toBe(200);
});
