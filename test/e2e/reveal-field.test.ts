import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import type { WaitingItem } from '../../src/storage/talent/access-log/items.ts';
import { workItem } from '../../src/storage/talent/items.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { waitingEntries } from '../fixtures/access-log.ts';
import { APPLICANT, makeCase, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

let system: TestSystem;
let talent: Execute;

const PERSON = { name: '张某', idNumber: '999999199001150017', phone: '10000000017' };
const OWN = makeCase(1, 'UNDER_REVIEW', '2020-03-09T00:00:00.000Z');
const OF_NOBODY = makeCase(2, 'UNDER_REVIEW', '2020-03-09T00:00:00.000Z', { applicantId: 'kept-nowhere' });

const officer = (agency: 'HRSS' | 'PSB' | 'EDU', zone = ZONE): Viewer => ({
  kind: 'officer',
  person: `officer-of-${agency}`,
  agency,
  zone,
  roles: ['REVEAL'],
});
const HANDLING = officer('HRSS');
const SELF: Viewer = { kind: 'applicant', person: APPLICANT };

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [...OWN.items, ...OF_NOBODY.items]);
  for (const { id } of [OWN, OF_NOBODY]) {
    const work = { caseId: id, zoneId: ZONE, state: 'UNDER_REVIEW', dueOn: null, calendarVersion: null } as const;
    await system.write(
      'talent',
      (['HRSS', 'PSB'] as const).map((agency) =>
        workItem({ ...work, agency }, { by: `officer-of-${agency}`, at: NOW.toISOString() }),
      ),
    );
  }
  const table = system.talentTable();
  const { writes } = await openPeople(table).seal(APPLICANT, ZONE, PERSON, NOW);
  expect(await transact(table, writes)).toEqual({ committed: true });
});
afterAll(() => system.stop());

const REVEAL = `mutation ($input: RevealFieldInput!) {
  revealField(input: $input) { value userErrors { code field message } }
}`;

function reveal(viewer: Viewer, purpose: string, field = 'ID_NUMBER', id = OWN.id, requestId = 'test') {
  return talent(REVEAL, { input: { case: id, field, purpose } }, { viewer, requestId });
}

async function entriesOf(wanted: string): Promise<WaitingItem[]> {
  return (await waitingEntries(system.table('talent'))).filter(({ requestId }) => requestId === wanted);
}

test('an officer who handles the case is shown one whole value, and that is written down before it is opened', async () => {
  const calls = await system.dynamo.during(async () => {
    const { data, errors } = await reveal(HANDLING, 'CASE_HANDLING', 'ID_NUMBER', OWN.id, 'r-1');
    expect(errors).toBeUndefined();
    expect(data.revealField).toEqual({ value: PERSON.idNumber, userErrors: [] });
  });
  const commands = calls.map(({ command }) => command);
  expect(commands.slice(0, 3)).toEqual(['BatchGet', 'Update', 'Put']);
  expect(commands.filter((command) => command === 'Put')).toHaveLength(1);
  const [entry, ...more] = await entriesOf('r-1');
  expect(more).toEqual([]);
  expect(entry).toMatchObject({
    purpose: 'CASE_HANDLING',
    viewer: HANDLING,
    subjects: [APPLICANT],
    views: [{ full: ['Applicant.idNumber'], masked: [] }],
    cases: [[0, 0, OWN.id]],
  });
  expect(JSON.stringify(entry)).not.toContain(PERSON.idNumber);
});

test.each<[string, Viewer, string, string, string | null]>([
  ['who handles it, to correct', HANDLING, 'CORRECTION', 'NAME', PERSON.name],
  ['who handles it, by phone', HANDLING, 'CASE_HANDLING', 'PHONE', PERSON.phone],
  ['who handles it, to supervise', HANDLING, 'SUPERVISION', 'PHONE', null],
  ['who handles it, as if it were theirs', HANDLING, 'OWN_DATA', 'NAME', null],
  ['who is asked for an opinion', officer('PSB'), 'CASE_HANDLING', 'ID_NUMBER', PERSON.idNumber],
  ['who is asked, by phone', officer('PSB'), 'CASE_HANDLING', 'PHONE', null],
  ['another agency', officer('EDU'), 'CASE_HANDLING', 'NAME', null],
  ['the applicant', SELF, 'OWN_DATA', 'PHONE', PERSON.phone],
  ['the applicant, as if to handle it', SELF, 'CASE_HANDLING', 'PHONE', null],
])('%s', async (name, viewer, purpose, field, value) => {
  const { data, errors } = await reveal(viewer, purpose, field, OWN.id, name);
  expect(errors).toBeUndefined();
  const refused = [{ code: 'NOT_ALLOWED', field: ['purpose'], message: expect.any(String) }];
  expect(data.revealField).toEqual({ value, userErrors: value === null ? refused : [] });
  // Neither one's own data nor what wasn't shown is an entry.
  expect(await entriesOf(name)).toHaveLength(value === null || viewer === SELF ? 0 : 1);
});

test.each<[string, Viewer]>([
  ['another zone', officer('HRSS', 'zone_baodi')],
  ['another person', { kind: 'applicant', person: 'somebody' }],
])('to %s there is no such case', async (_, viewer) => {
  const [of, none] = await Promise.all(
    [OWN.id, 'case_01HB0000000000000000000000'].map((id) => reveal(viewer, 'CASE_HANDLING', 'NAME', id)),
  );
  expect(of).toEqual(none);
  expect(of?.data.revealField).toEqual({
    value: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['case'], message: 'There is no such case.' }],
  });
});

test.each<[string, Viewer]>([
  ['who holds the receipt only', { kind: 'caseHolder', caseId: OWN.id }],
  ['an officer without the role', { ...HANDLING, roles: ['RECEIVE', 'REVIEW', 'DECIDE'] } as Viewer],
  ['an analyst', { kind: 'analyst', person: 'a' }],
  ['a partner', { kind: 'partner', zone: ZONE, key: 'k' }],
])('%s reveals nothing', async (name, viewer) => {
  const { data, errors } = await reveal(viewer, 'CASE_HANDLING', 'PHONE', OWN.id, name);
  expect(data.revealField).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect(await entriesOf(name)).toEqual([]);
});

test('where the access can’t be recorded, nothing is opened', async () => {
  system.dynamo.throttle('Put', 1);
  const calls = await system.dynamo.during(async () => {
    const { data, errors } = await reveal(HANDLING, 'CASE_HANDLING');
    expect(data?.revealField ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'ACCESS_NOT_RECORDED' } }]);
  });
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'Update', 'Put']);
});

test('of whom nothing whole is kept, nothing is shown', async () => {
  const { data } = await reveal(HANDLING, 'CASE_HANDLING', 'NAME', OF_NOBODY.id);
  expect(data.revealField).toMatchObject({ value: null, userErrors: [{ code: 'NOT_FOUND', field: ['field'] }] });
});

test('through the gateway: for scopes of cases only, and no cache may keep it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  const issuer = await devIssuer({ mode: 'local', dataDir }, 'http://localhost/dev-issuer');
  configure({
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    localMasterSecret: 'a master key that is for tests only',
    oidcIssuers: [issuer.trusted],
  });
  const { handler } = await import('../../src/handlers/gateway/gateway.ts');
  const ask = async (as: 'officer' | 'analyst') => {
    const token = await issuer.sign(
      bearerClaims(as, { person: 'officer-of-HRSS', agency: 'HRSS', zone: ZONE }, issuer.trusted),
      60,
    );
    const event = {
      rawPath: '/graphql',
      rawQueryString: '',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      requestContext: { requestId: 'r-2', http: { method: 'POST', path: '/graphql' } },
      body: JSON.stringify({
        query: REVEAL,
        variables: { input: { case: OWN.id, field: 'PHONE', purpose: 'CASE_HANDLING' } },
      }),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    const { headers, body = '' } = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
    return { headers, body: JSON.parse(body) };
  };
  const shown = await ask('officer');
  expect(shown.body).toEqual({ data: { revealField: { value: PERSON.phone, userErrors: [] } } });
  expect(shown.headers).toMatchObject({ 'cache-control': 'no-store' });
  expect(shown.headers).not.toHaveProperty('etag');
  const denied = await ask('analyst');
  expect(denied.body).toMatchObject({
    data: { revealField: null },
    errors: [{ extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
  });
  rmSync(dataDir, { recursive: true });
});
