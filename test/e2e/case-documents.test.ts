import { addDays, dayInShanghai } from '../../src/domain/calendar/day.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import type { HttpHost } from '../../src/local/http/http-host.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { fileOfVersion } from '../../src/storage/talent/documents/documents.ts';
import type { DocumentVersionItem } from '../../src/storage/talent/documents/items.ts';
import { erasePerson } from '../../src/storage/talent/people/erase-person.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { reencryptPerson } from '../../src/storage/talent/people/reencrypt-person.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { announced, JPEG, PNG, PROGRAM, pdf, send, startFileHost } from '../fixtures/files.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Documents of a case, from what is announced of them to what is kept. */

let system: TestSystem;
let host: HttpHost;
let talent: Execute;

beforeAll(async () => {
  system = await startTestSystem();
  host = await startFileHost(system.uploads);
  talent = system.serve('talent', createTalentSubgraph);
  const [small] = TALENT_APARTMENT.requiredDocuments;
  const photo = { ...small!, code: 'photo', required: false, maxBytes: 1_000, mediaTypes: ['image/png'] as const };
  await system.write('talent', caseTypeItems({ ...TALENT_APARTMENT, requiredDocuments: [small!, photo] }));
});
afterAll(async () => {
  await host.close();
  await system.stop();
});

const applicant = (person: string): Viewer => ({ kind: 'applicant', person });
const officer = (): Viewer => ({
  kind: 'officer',
  person: 'o-1',
  agency: 'PARK',
  zone: 'zone_teda',
  roles: ['RECEIVE', 'REVIEW', 'DECIDE'],
});
let keys = 0;

async function mutate(
  viewer: Viewer,
  name: string,
  input: object,
  fields = 'case { state version }',
  now = new Date(),
) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
  const whole = { idempotencyKey: `document-step-${keys++}`, ...input };
  const { data, errors } = await talent(query, { input: whole }, { viewer, now });
  expect(errors).toBeUndefined();
  return data[name];
}

/** A draft of somebody's own. */
async function draft(person: string, number: number): Promise<string> {
  const stated = { name: '张某某', idNumber: syntheticResidentId('1988-02-03', number), phone: '10012345678' };
  const input = {
    caseType: TALENT_APARTMENT.id,
    zone: 'zone_teda',
    applicant: stated,
    relation: 'SELF',
    ownsDwelling: false,
  };
  const opened = await mutate(applicant(person), 'openCase', input, 'case { id }');
  expect(opened.userErrors).toEqual([]);
  return opened.case.id;
}

const UPLOAD = 'upload { id url method headers { name value } expiresAt }';
const CONTRACT = { document: 'employment-contract', fileName: '张某某的合同.pdf' };

const request = (person: string, input: object) => mutate(applicant(person), 'requestUpload', input, UPLOAD);
const supply = (person: string, input: object) => mutate(applicant(person), 'supplyDocument', input);

/** At the host of these tests, whatever port the system's own would have. */
function sent({ url, ...target }: Parameters<typeof send>[0], bytes: Buffer): Promise<number> {
  return send({ ...target, url: atHost(url) }, bytes);
}

const atHost = (url: string) => url.replace(/^http:\/\/[^/]+/, host.url);

async function handIn(person: string, id: string, bytes: Buffer, more: object = CONTRACT) {
  const { upload } = await request(person, { case: id, ...more, ...announced(bytes) });
  expect(await sent(upload, bytes)).toBe(200);
  return supply(person, { case: id, upload: upload.id });
}

async function documentsOf(person: string, id: string) {
  const query = `{ case(id: "${id}") { documents { code status version sha256 versions { version mediaType size sha256 receivedAt } } } }`;
  const { data } = await talent(query, {}, { viewer: applicant(person) });
  return data.case.documents;
}

test('a document is handed in again, and earlier versions are kept', async () => {
  const id = await draft('p-1', 1);
  const [first, second] = [pdf('first'), pdf('second')];
  expect(await handIn('p-1', id, first)).toEqual({ case: { state: 'DRAFT', version: 2 }, userErrors: [] });
  expect(await handIn('p-1', id, second)).toEqual({ case: { state: 'DRAFT', version: 3 }, userErrors: [] });
  const { sha256 } = announced(second);
  const receivedAt = expect.stringMatching(/Z$/);
  expect(await documentsOf('p-1', id)).toEqual([
    {
      code: 'employment-contract',
      status: 'RECEIVED',
      version: 2,
      sha256,
      versions: [
        { version: 1, ...announced(first), receivedAt },
        { version: 2, ...announced(second), receivedAt },
      ],
    },
    { code: 'photo', status: 'ASKED', version: null, sha256: null, versions: [] },
  ]);
});

test('what is announced must be within what the document asks for', async () => {
  const id = await draft('p-2', 2);
  const right = { case: id, ...CONTRACT, ...announced(pdf('x')) };
  for (const [wrong, field] of [
    [{ document: 'passport' }, 'document'],
    [{ fileName: '' }, 'fileName'],
    [{ fileName: '../x.pdf' }, 'fileName'],
    [{ fileName: 'x'.repeat(256) }, 'fileName'],
    [{ mediaType: 'text/html' }, 'mediaType'],
    [{ document: 'photo' }, 'mediaType'],
    [{ size: 0 }, 'size'],
    [{ size: 10_000_001 }, 'size'],
    [{ document: 'photo', mediaType: 'image/png', size: 1_001 }, 'size'],
    [{ sha256: 'AB'.repeat(32) }, 'sha256'],
  ] as const) {
    const refused = await request('p-2', { ...right, ...wrong });
    expect([wrong, refused.upload, refused.userErrors]).toEqual([
      wrong,
      null,
      [expect.objectContaining({ code: 'INVALID', field: [field] })],
    ]);
  }
});

test.each([
  ['another size', pdf('x'), Buffer.concat([pdf('x'), Buffer.from(' ')]), 403],
  ['other bytes of the same size', pdf('x'), pdf('y'), 400],
])('of a file with %s nothing is kept', async (_, said, really, status) => {
  const id = await draft('p-3', 3);
  const { upload } = await request('p-3', { case: id, ...CONTRACT, ...announced(said) });
  expect(await sent(upload, really)).toBe(status);
  const { userErrors } = await supply('p-3', { case: id, upload: upload.id });
  expect(userErrors).toEqual([{ code: 'NOT_FOUND', field: ['upload'], message: 'The file has not arrived.' }]);
});

test.each([
  ['a program', PROGRAM, 'application/pdf'],
  ['a photo', JPEG, 'application/pdf'],
  ['another photo', JPEG, 'image/png'],
  ['a page of HTML', Buffer.from('<html>%PDF-1.7'), 'application/pdf'],
])('%s that calls itself something else is refused', async (_, bytes, mediaType) => {
  const id = await draft('p-4', 4);
  const { upload } = await request('p-4', { case: id, ...CONTRACT, ...announced(bytes, mediaType) });
  expect(await sent(upload, bytes)).toBe(200);
  const { case: none, userErrors } = await supply('p-4', { case: id, upload: upload.id });
  expect([none, userErrors]).toEqual([
    null,
    [{ code: 'INVALID', field: ['upload'], message: expect.stringContaining(`and not ${mediaType}`) }],
  ]);
  expect((await documentsOf('p-4', id))[0]).toMatchObject({ status: 'ASKED', versions: [] });
});

test('the same key does it once, and a file is supplied once', async () => {
  const id = await draft('p-5', 5);
  const asked = { case: id, ...CONTRACT, ...announced(PNG, 'image/png'), idempotencyKey: 'the-same-announcement' };
  const [one, again] = [await request('p-5', asked), await request('p-5', asked)];
  expect(again).toEqual(one);
  await sent(one.upload, PNG);
  const supplied = { case: id, upload: one.upload.id, idempotencyKey: 'the-same-supply' };
  const [first, twin] = await Promise.all([supply('p-5', supplied), supply('p-5', supplied)]);
  expect([first, twin, await supply('p-5', supplied)]).toEqual(
    Array(3).fill({ case: { state: 'DRAFT', version: 2 }, userErrors: [] }),
  );
  const other = await supply('p-5', { case: id, upload: one.upload.id });
  expect(other.userErrors).toEqual([expect.objectContaining({ code: 'NOT_FOUND', field: ['upload'] })]);
  expect((await request('p-5', asked)).userErrors).toEqual([expect.objectContaining({ code: 'NOT_FOUND' })]);
  expect((await documentsOf('p-5', id))[0].versions).toHaveLength(1);
});

test('only the applicant hands in, to their own case, and who holds its receipt; of what is under way nothing', async () => {
  const [id, others] = [await draft('p-6', 6), await draft('p-7', 7)];
  const file = { ...CONTRACT, ...announced(pdf('z')) };
  expect((await request('p-7', { case: id, ...file })).userErrors).toEqual([
    expect.objectContaining({ code: 'NOT_FOUND' }),
  ]);
  const { upload } = await request('p-6', { case: id, ...file });
  await sent(upload, pdf('z'));
  for (const [person, of] of [
    ['p-7', id],
    ['p-7', others],
    ['p-6', others],
  ] as const) {
    const { userErrors } = await supply(person, { case: of, upload: upload.id });
    expect([person, userErrors]).toEqual([person, [expect.objectContaining({ code: 'NOT_FOUND' })]]);
  }
  const holder: Viewer = { kind: 'caseHolder', caseId: id };
  const held = await mutate(holder, 'supplyDocument', { case: id, upload: upload.id });
  expect(held).toEqual({ case: { state: 'DRAFT', version: 2 }, userErrors: [] });
  expect((await mutate(applicant('p-6'), 'submitCase', { case: id })).case).toEqual({ state: 'SUBMITTED', version: 3 });
  const { userErrors } = await mutate(applicant('p-6'), 'requestUpload', { case: id, ...file }, UPLOAD);
  expect(userErrors).toContainEqual(expect.objectContaining({ code: 'NOT_ALLOWED' }));
  const byOfficer = await mutate(officer(), 'requestUpload', { case: id, ...file }, UPLOAD);
  expect(byOfficer).toMatchObject({ upload: null, userErrors: [{ code: 'NOT_ALLOWED' }, {}] });
});

test('what is asked for more is handed in as another version', async () => {
  const id = await draft('p-8', 8);
  await handIn('p-8', id, pdf('unreadable'));
  await mutate(applicant('p-8'), 'submitCase', { case: id });
  const until = addDays(dayInShanghai(new Date()), 5);
  const reasons = [{ document: 'employment-contract', reason: 'ILLEGIBLE' }];
  const asked = { case: id, version: 3, documents: ['employment-contract'], until, reasons };
  expect((await mutate(officer(), 'requestSupplement', asked)).case.state).toBe('SUPPLEMENT_REQUIRED');
  expect((await documentsOf('p-8', id))[0]).toMatchObject({ status: 'REFUSED', version: 1 });
  const early = await mutate(applicant('p-8'), 'submitCase', { case: id });
  expect(early.userErrors).toEqual([expect.objectContaining({ code: 'NOT_ALLOWED', field: ['documents'] })]);
  await handIn('p-8', id, pdf('readable'));
  expect((await mutate(applicant('p-8'), 'submitCase', { case: id })).case.state).toBe('SUBMITTED');
  expect((await documentsOf('p-8', id))[0]).toMatchObject({ status: 'RECEIVED', version: 2 });
});

test('what is asked for more must come, though its type would do without it', async () => {
  const id = await draft('p-11', 11);
  await handIn('p-11', id, pdf('sound'));
  await mutate(applicant('p-11'), 'submitCase', { case: id });
  const until = addDays(dayInShanghai(new Date()), 5);
  await mutate(officer(), 'requestSupplement', { case: id, version: 3, documents: ['photo'], until });
  const early = await mutate(applicant('p-11'), 'submitCase', { case: id });
  expect([early.case, early.userErrors]).toEqual([
    null,
    [expect.objectContaining({ code: 'NOT_ALLOWED', field: ['documents'] })],
  ]);
  const photo = { document: 'photo', fileName: 'photo.png' };
  const { upload } = await request('p-11', { case: id, ...photo, ...announced(PNG, 'image/png') });
  await sent(upload, PNG);
  await supply('p-11', { case: id, upload: upload.id });
  expect((await mutate(applicant('p-11'), 'submitCase', { case: id })).case.state).toBe('SUBMITTED');
  // It is good, and asked for anew in another version.
  const reasons = [{ document: 'photo', reason: 'EXPIRED' }];
  await mutate(officer(), 'requestSupplement', { case: id, version: 6, documents: ['photo'], until, reasons });
  expect((await mutate(applicant('p-11'), 'submitCase', { case: id })).userErrors).toHaveLength(1);
});

test('after its time is over nothing is sent or supplied', async () => {
  const id = await draft('p-9', 9);
  const file = { case: id, ...CONTRACT, ...announced(pdf('late')) };
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const { upload } = await mutate(applicant('p-9'), 'requestUpload', file, UPLOAD, hoursAgo(1));
  expect(await sent(upload, pdf('late'))).toBe(403);
  const { upload: open } = await request('p-9', file);
  expect(await sent(open, pdf('late'))).toBe(200);
  const late = await mutate(
    applicant('p-9'),
    'supplyDocument',
    { case: id, upload: open.id },
    'case { state }',
    hoursAgo(-21),
  );
  expect(late.userErrors).toEqual([expect.objectContaining({ code: 'NOT_FOUND', field: ['upload'] })]);
});

async function talentItems(): Promise<readonly PrimaryKey[]> {
  const { Items } = await system.connection.dynamo.send(new ScanCommand({ TableName: system.table('talent').name }));
  return Items as PrimaryKey[];
}

test('the name of a file is kept encrypted, gets another key with its person, and goes with them, as the file does', async () => {
  const id = await draft('p-10', 10);
  await handIn('p-10', id, pdf('kept'));
  const { upload } = await request('p-10', { case: id, ...CONTRACT, ...announced(pdf('waiting')) });
  await sent(upload, pdf('waiting'));
  // The person's record, the version's name, and the one that waits.
  expect(await reencryptPerson(system.talentTable(), 'p-10', 0)).toBe(3);
  expect((await supply('p-10', { case: id, upload: upload.id })).userErrors).toEqual([]);
  const { upload: waits } = await request('p-10', { case: id, ...CONTRACT, ...announced(pdf('waits')) });
  await sent(waits, pdf('waits'));

  const versions = async () =>
    (await talentItems()).filter(({ pk, sk }) => pk === id && sk.startsWith('FILE#')) as DocumentVersionItem[];
  const names = async () =>
    Promise.all(
      (await versions()).map((version) =>
        openPeople(system.talentTable()).openFrom('p-10', version as never, 'fileName'),
      ),
    );
  const files = (await versions()).map(fileOfVersion);
  const statuses = () =>
    Promise.all(
      files.map(async (file) => {
        const link = await system.uploads.link(file, 'x.pdf', new Date(Date.now() + 60_000));
        return (await fetch(atHost(link))).status;
      }),
    );
  expect(await names()).toEqual([CONTRACT.fileName, CONTRACT.fileName]);
  expect(await statuses()).toEqual([200, 200]);
  expect(JSON.stringify(await talentItems())).not.toContain('合同');

  await erasePerson(system.talentTable(), 'p-10', new Date());
  expect(await statuses()).toEqual([403, 403]);
  expect((await versions()).map(({ sealed, sha256 }) => [sealed, sha256])).toEqual(
    [pdf('kept'), pdf('waiting')].map((bytes) => [null, announced(bytes).sha256]),
  );
  expect((await talentItems()).filter(({ pk }) => pk === `UPLOADS#${id}`)).toEqual([]);
  expect(await system.uploads.received({ caseId: id, uploadId: waits.id, ...file(pdf('waits')) })).toBeNull();
  const refused = await request('p-10', { case: id, ...CONTRACT, ...announced(pdf('more')) });
  expect(refused.userErrors).toEqual([expect.objectContaining({ code: 'NOT_ALLOWED' })]);
});

const file = (bytes: Buffer) => ({ ...announced(bytes), mediaType: 'application/pdf' as const });
