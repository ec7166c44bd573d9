import { addDays, dayInShanghai } from '../../src/domain/calendar/day.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import type { HttpHost } from '../../src/local/http/http-host.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { erasePerson } from '../../src/storage/talent/people/erase-person.ts';
import { reencryptPerson } from '../../src/storage/talent/people/reencrypt-person.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { announced, pdf, send, startFileHost } from '../fixtures/files.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** An agency asks for a document again: why, until when, and how it is reached. */

let system: TestSystem;
let host: HttpHost;
let talent: Execute;

beforeAll(async () => {
  system = await startTestSystem();
  host = await startFileHost(system.uploads);
  talent = system.serve('talent', createTalentSubgraph);
  const [contract] = TALENT_APARTMENT.requiredDocuments;
  const photo = { ...contract!, code: 'photo', required: false };
  await system.write('talent', caseTypeItems({ ...TALENT_APARTMENT, requiredDocuments: [contract!, photo] }));
});
afterAll(async () => {
  await host.close();
  await system.stop();
});

const applicant = (person: string): Viewer => ({ kind: 'applicant', person });
const OFFICER: Viewer = {
  kind: 'officer',
  person: 'o-1',
  agency: 'PARK',
  zone: 'zone_teda',
  roles: ['RECEIVE', 'REVIEW', 'DECIDE'],
};
const UNTIL = addDays(dayInShanghai(new Date()), 5);
const CONTRACT = 'employment-contract';
const NOTE = '王芳女士：请补上第三页。';
const CONTACT = { phone: '022-6620 0001', place: { zh: '三号窗口', ja: '3 番窓口', en: 'Counter 3' } };

let keys = 0;

async function mutate(viewer: Viewer, name: string, input: object, fields = 'case { state version }') {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
  const whole = { idempotencyKey: `reason-step-${keys++}`, ...input };
  const { data, errors } = await talent(query, { input: whole }, { viewer, now: new Date() });
  expect(errors).toBeUndefined();
  return data[name];
}

/** Sends a contract to a case. */
async function handIn(person: string, id: string, bytes: Buffer): Promise<void> {
  const upload = 'upload { id url method headers { name value } }';
  const file = { case: id, document: CONTRACT, fileName: 'contract.pdf', ...announced(bytes) };
  const asked = await mutate(applicant(person), 'requestUpload', file, upload);
  const url = asked.upload.url.replace(/^http:\/\/[^/]+/, host.url);
  expect(await send({ ...asked.upload, url }, bytes)).toBe(200);
  await mutate(applicant(person), 'supplyDocument', { case: id, upload: asked.upload.id });
}

/** A submitted case with its contract, at version 3. */
async function submitted(person: string, number: number): Promise<string> {
  const opening = {
    caseType: TALENT_APARTMENT.id,
    zone: 'zone_teda',
    applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', number), phone: '10012345678' },
    relation: 'SELF',
    ownsDwelling: false,
  };
  const opened = await mutate(applicant(person), 'openCase', opening, 'case { id }');
  await handIn(person, opened.case.id, pdf('first'));
  expect((await mutate(applicant(person), 'submitCase', { case: opened.case.id })).userErrors).toEqual([]);
  return opened.case.id;
}

const asking = (id: string, more: object = {}) => ({
  case: id,
  version: 3,
  documents: [CONTRACT],
  until: UNTIL,
  reasons: [{ document: CONTRACT, reason: 'INCOMPLETE', note: NOTE }],
  contact: CONTACT,
  ...more,
});

const SHOWN = `documents { code reason reasonLabel(locale: JA) note }
  supplementRequest { until agency agencyLabel(locale: EN) contact { phone place(locale: EN) } }`;

async function shown(viewer: Viewer, id: string) {
  const { data } = await talent(`{ case(id: "${id}") { ${SHOWN} } }`, {}, { viewer, now: new Date() });
  return data.case;
}

test('the applicant reads why, until when and of whom, until the supplement is submitted', async () => {
  const id = await submitted('r-1', 1);
  expect(await shown(applicant('r-1'), id)).toMatchObject({ supplementRequest: null });
  const input = { idempotencyKey: 'asked-once-r1', ...asking(id) };
  const first = await mutate(OFFICER, 'requestSupplement', input);
  expect([first, await mutate(OFFICER, 'requestSupplement', input)]).toEqual([first, first]);
  const asked = {
    documents: [
      { code: CONTRACT, reason: 'INCOMPLETE', reasonLabel: 'ページまたは内容が不足しています。', note: NOTE },
      { code: 'photo', reason: null, reasonLabel: null, note: null },
    ],
    supplementRequest: {
      until: UNTIL,
      agency: 'PARK',
      agencyLabel: 'Park office',
      contact: { phone: CONTACT.phone, place: 'Counter 3' },
    },
  };
  expect(await shown(applicant('r-1'), id)).toEqual(asked);
  expect(await shown({ kind: 'caseHolder', caseId: id }, id)).toEqual(asked);
  await handIn('r-1', id, pdf('whole'));
  expect((await shown(applicant('r-1'), id)).documents[0]).toMatchObject({ reason: null, note: null });
  await mutate(applicant('r-1'), 'submitCase', { case: id });
  expect(await shown(applicant('r-1'), id)).toMatchObject({ supplementRequest: null });
});

test('a missing document needs no stated reason, a received one does', async () => {
  const id = await submitted('r-2', 2);
  const silent = asking(id, { documents: [CONTRACT, 'photo'], reasons: [], contact: null });
  expect(await mutate(OFFICER, 'requestSupplement', silent)).toMatchObject({
    userErrors: [{ code: 'INVALID', field: ['reasons'], message: expect.stringContaining(CONTRACT) }],
  });
  await mutate(OFFICER, 'requestSupplement', asking(id, { documents: ['photo'], reasons: [], contact: null }));
  const after = await shown(applicant('r-2'), id);
  expect(after.documents[1]).toMatchObject({ code: 'photo', reason: 'MISSING', note: null });
  expect(after.supplementRequest).toMatchObject({ contact: null });
});

test.each([
  ['another document', { reasons: [{ document: 'photo', reason: 'DIFFERS' }] }, ['reasons', '0']],
  ['an empty note', { reasons: [{ document: CONTRACT, reason: 'DIFFERS', note: ' ' }] }, ['reasons', '0', 'note']],
  ['a phone of letters', { contact: { phone: 'call me' } }, ['contact', 'phone']],
  ['an empty place', { contact: { phone: '12345', place: { zh: ' ' } } }, ['contact', 'place']],
])('refuses %s', async (_, more, field) => {
  const id = await submitted(`r-3-${field.join('-')}`, 10 + keys);
  const { case: of, userErrors } = await mutate(OFFICER, 'requestSupplement', asking(id, more));
  expect([of, userErrors]).toEqual([
    null,
    expect.arrayContaining([expect.objectContaining({ code: 'INVALID', field })]),
  ]);
});

test('a note is stored encrypted, survives another key, and goes with its person', async () => {
  const id = await submitted('r-4', 4);
  await mutate(OFFICER, 'requestSupplement', asking(id));
  const table = system.talentTable();
  const { Items = [] } = await system.connection.dynamo.send(new ScanCommand({ TableName: table.name }));
  expect(JSON.stringify(Items)).not.toContain('王芳');
  await reencryptPerson(table, 'r-4', 0);
  expect((await shown(applicant('r-4'), id)).documents[0].note).toBe(NOTE);
  await erasePerson(table, 'r-4', new Date());
  const { data } = await talent(`{ case(id: "${id}") { documents { note } } }`, {}, { viewer: OFFICER });
  expect(data.case.documents[0]).toEqual({ note: null });
});
