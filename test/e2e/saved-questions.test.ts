import { createHash } from 'node:crypto';
import { saverOf } from '../../src/domain/questions/saved-question.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { questionItem, zoneItem } from '../../src/storage/parks/items.ts';
import { ADMIN, publisherOf, publishing } from '../fixtures/publish-records.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Questions that callers keep, share with their zone and publish, through the subgraph that owns them. */

let system: TestSystem;
let ask: Execute;
let save: ReturnType<typeof publishing>;
let publish: ReturnType<typeof publishing>;
let withdraw: ReturnType<typeof publishing>;

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('parks', createParksSubgraph);
  const record = 'question { id version audience hash shape name(locale: EN) }';
  save = publishing(ask, 'saveQuestion', record);
  publish = publishing(ask, 'publishQuestion', record);
  withdraw = publishing(ask, 'withdrawQuestion', record);
  await system.write(
    'parks',
    ['teda', 'baodi'].map((code) =>
      zoneItem({ code, name: text(code), kind: 'PORT', regionCode: '120116', parentId: null, version: 1 }),
    ),
  );
});
afterAll(() => system.stop());

const text = (word: string) => ({ zh: word, ja: word, en: word });
const ANALYST: Viewer = { kind: 'analyst', person: 'analyst-1' };
const COLLEAGUE: Viewer = { kind: 'analyst', person: 'analyst-2' };
const OFFICER = publisherOf('zone_teda');
const NEIGHBOUR = publisherOf('zone_teda', 'another officer');
const OUTSIDER = publisherOf('zone_baodi');
const SYSTEM: Viewer = { kind: 'partner', zone: 'zone_teda', key: 'key-1' };
const ANONYMOUS: Viewer = { kind: 'anonymous' };

const QUERY =
  'query Zones($first: Int!, $locale: Locale!) { zones(first: $first) { nodes { code name(locale: $locale) } } }';
const ZONES = { name: text('Zones'), query: QUERY, variables: '{"first":5}', view: 'TABLE' };

async function listed(audience: string, viewer: Viewer): Promise<readonly string[]> {
  const { data, errors } = await ask(
    `{ savedQuestions(audience: ${audience}, first: 50) { nodes { id } } }`,
    {},
    { viewer },
  );
  expect(errors).toBeUndefined();
  return data.savedQuestions.nodes.map(({ id }: { id: string }) => id);
}

async function shown(id: string, viewer: Viewer, version?: number) {
  const { data, errors } = await ask(
    'query ($id: ID!, $version: Int) { savedQuestion(id: $id, version: $version) { version query name(locale: EN) } }',
    { id, version },
    { viewer },
  );
  expect(errors).toBeUndefined();
  return data.savedQuestion;
}

test('a question of an analyst is theirs alone, and its versions stay', async () => {
  const { record, refusals } = await save({ ...ZONES, forZone: false }, ANALYST);
  expect(refusals).toEqual([]);
  expect(record).toMatchObject({
    version: 1,
    audience: 'OWN',
    hash: createHash('sha256').update(QUERY).digest('hex'),
    name: 'Zones',
  });
  expect(JSON.parse(record.shape)).toMatchObject({
    variables: [{ name: 'first', type: 'Int', isRequired: true, example: '5' }, { name: 'locale' }],
    fields: { 'zones.code': { type: 'String' } },
    enums: { Locale: ['ZH', 'JA', 'EN'] },
  });
  const { id } = record;
  expect(await listed('OWN', ANALYST)).toEqual([id]);
  for (const other of [COLLEAGUE, OFFICER, ADMIN, ANONYMOUS]) {
    expect(await listed('OWN', other)).not.toContain(id);
    expect(await shown(id, other)).toBeNull();
    expect(await shown(id, other, 1)).toBeNull();
  }
  const next = { ...ZONES, name: text('All zones'), forZone: false, id, version: 1 };
  expect((await save(next, COLLEAGUE)).refusals).toEqual([{ code: 'NOT_ALLOWED', field: null }]);
  expect((await save(next, ANALYST)).record).toMatchObject({ id, version: 2, name: 'All zones' });
  expect((await save(next, ANALYST)).refusals).toEqual([{ code: 'VERSION_CONFLICT', field: ['version'] }]);
  expect(await shown(id, ANALYST)).toMatchObject({ version: 2, name: 'All zones' });
  expect(await shown(id, ANALYST, 1)).toMatchObject({ version: 1, name: 'Zones' });
  expect(await shown(id, ANALYST, 3)).toBeNull();

  expect((await withdraw({ id, version: 2 }, COLLEAGUE)).refusals).toEqual([{ code: 'NOT_FOUND', field: ['id'] }]);
  expect((await withdraw({ id, version: 1 }, ANALYST)).refusals).toEqual([
    { code: 'VERSION_CONFLICT', field: ['version'] },
  ]);
  expect((await withdraw({ id, version: 2 }, ANALYST)).record).toMatchObject({ version: 3 });
  expect(await listed('OWN', ANALYST)).toEqual([]);
  expect(await shown(id, ANALYST)).toBeNull();
  expect(await shown(id, ANALYST, 1)).toBeNull();
  expect((await save({ ...next, version: 3 }, ANALYST)).refusals).toEqual([{ code: 'NOT_FOUND', field: ['version'] }]);
});

test('a question for the zone is read by its officers and systems, and revised by who saved it', async () => {
  const { record } = await save({ ...ZONES, forZone: true }, OFFICER);
  const { id } = record;
  for (const viewer of [OFFICER, NEIGHBOUR, SYSTEM]) {
    expect(await listed('ZONE', viewer)).toContain(id);
    expect(await shown(id, viewer)).toMatchObject({ query: QUERY });
  }
  for (const viewer of [OUTSIDER, ANALYST, ADMIN, ANONYMOUS]) {
    expect(await listed('ZONE', viewer)).not.toContain(id);
    expect(await shown(id, viewer)).toBeNull();
  }
  const next = { ...ZONES, forZone: true, id, version: 1 };
  expect((await save(next, NEIGHBOUR)).refusals).toEqual([{ code: 'NOT_ALLOWED', field: null }]);
  expect((await save({ ...next, forZone: false }, OFFICER)).record).toMatchObject({ version: 2, audience: 'OWN' });
  expect(await listed('ZONE', NEIGHBOUR)).not.toContain(id);
  expect(await shown(id, NEIGHBOUR, 1)).toBeNull();
  expect((await save({ ...ZONES, forZone: true }, ANALYST)).refusals).toEqual([
    { code: 'INVALID', field: ['forZone'] },
  ]);
});

test.each([
  ['a caller', false],
  ['a zone', true],
])('%s keeps at most 100 questions', async (_, forZone) => {
  const viewer = publisherOf('zone_full', `keeper of ${forZone}`);
  const { record } = await save({ ...ZONES, forZone }, viewer);
  const of = { savedBy: saverOf(viewer), zoneId: 'zone_full', isWithdrawn: false };
  const kept = { ...ZONES, ...of, hash: '', shape: null, version: 1, savedAt: '2026-09-10T00:00:00Z' };
  const audience = forZone ? 'ZONE' : 'OWN';
  const others = Array.from({ length: 99 }, (__, i) => `question_${audience.toLowerCase()}-${i}`);
  await system.write(
    'parks',
    others.map((id) => questionItem({ ...kept, view: 'TABLE', id, audience })),
  );
  expect((await save({ ...ZONES, forZone }, viewer)).refusals).toEqual([{ code: 'QUOTA_EXCEEDED', field: null }]);
  // The next version of a question takes no place, and the other list has places.
  expect((await save({ ...ZONES, forZone, id: record.id, version: 1 }, viewer)).refusals).toEqual([]);
  expect((await save({ ...ZONES, forZone: !forZone }, publisherOf('zone_empty'))).refusals).toEqual([]);
  expect((await withdraw({ id: record.id, version: 2 }, viewer)).refusals).toEqual([]);
  expect((await save({ ...ZONES, forZone }, viewer)).refusals).toEqual([]);
});

test('a question of the zone is published by its officers, withdrawn by them, and published anew', async () => {
  const published = { ...ZONES, code: 'zones', zone: 'zone_teda' };
  expect((await publish(published, OUTSIDER)).refusals).toEqual([{ code: 'NOT_ALLOWED', field: null }]);
  const { record } = await publish(published, OFFICER);
  expect(record).toMatchObject({ id: 'question_zones', version: 1, audience: 'PUBLIC' });
  for (const viewer of [ANONYMOUS, ANALYST, OUTSIDER]) {
    expect(await listed('PUBLIC', viewer)).toContain('question_zones');
    expect(await shown('question_zones', viewer)).toMatchObject({ version: 1 });
  }
  expect((await publish({ ...published, version: 1, zone: 'zone_baodi' }, OUTSIDER)).refusals).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
  expect((await save({ ...ZONES, forZone: false, id: 'question_zones', version: 1 }, OFFICER)).refusals).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
  for (const viewer of [OUTSIDER, ANALYST]) {
    expect((await withdraw({ id: 'question_zones', version: 1 }, viewer)).refusals).toEqual([
      { code: 'NOT_ALLOWED', field: null },
    ]);
  }
  expect((await withdraw({ id: 'question_zones', version: 1 }, NEIGHBOUR)).record).toMatchObject({ version: 2 });
  expect(await listed('PUBLIC', ANONYMOUS)).not.toContain('question_zones');
  expect(await shown('question_zones', OFFICER)).toBeNull();
  expect((await publish({ ...published, version: 2 }, OFFICER)).record).toMatchObject({ version: 3 });
  expect((await publish({ ...ZONES, code: 'of-all' }, ADMIN)).record).toMatchObject({ id: 'question_of-all' });
});

test.each([
  ['a mutation', { query: 'mutation { publishZone(input: {}) { zone { id } } }' }, 'query'],
  ['two operations', { query: 'query A { zones { nodes { id } } } query B { zones { nodes { id } } }' }, 'query'],
  ['no GraphQL', { query: '{ zones(' }, 'query'],
  ['a receipt number in the text', { query: '{ case(receiptNumber: "BHZ-4F7Q-9K2M") { id } }' }, 'query'],
  ['an identity number in the variables', { variables: '{"of":{"id":"11010519491231002X"}}' }, 'variables'],
  ['variables that are no object', { variables: '[1]' }, 'variables'],
  ['a mobile number in the name', { name: text('ask 13800138000') }, 'name'],
  ['a long text', { query: `{ zones { nodes { id } } } #${'x'.repeat(5_000)}` }, 'query'],
  ['an empty name', { name: text(' ') }, 'name'],
  ['an id without a question', { id: 'question_new', version: null }, 'version'],
])('refuses %s', async (_, change, field) => {
  const { record, refusals } = await save({ ...ZONES, forZone: false, ...change }, ANALYST);
  expect(record).toBeNull();
  expect(refusals).toContainEqual({
    code: field === 'version' ? 'NOT_FOUND' : 'INVALID',
    field: expect.arrayContaining([field]),
  });
});

const ANY = 'query ($park: ID!) { enterprises(park: $park, first: 5) { nodes { staffCount } } }';

test.each([
  ['a field that is not public', { query: ANY }],
  ['an unknown field', { query: '{ zones(first: 1) { nodes { secret } } }' }],
  ['a list of variables', { query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: '{"ids":[]}' }],
  ['an expensive answer', { query: '{ zones(first: 100) { nodes { parks(first: 100) { nodes { id } } } } }' }],
  ['a code that is no slug', { code: 'Zones!' }],
])('publishes no question with %s', async (name, change) => {
  const { record, refusals } = await publish({ ...ZONES, code: 'refused', ...change }, ADMIN);
  expect(record).toBeNull();
  expect(refusals).toEqual([{ code: 'INVALID', field: [name.startsWith('a code') ? 'code' : 'query'] }]);
});

test('a question for oneself is compared with no schema: its answer tells nothing of fields', async () => {
  for (const query of [ANY, '{ zones(first: 1) { nodes { secret } } }']) {
    expect(await save({ ...ZONES, query, forZone: false }, ANALYST)).toMatchObject({
      record: { shape: null },
      refusals: [],
    });
  }
});

test('a repeated command answers as the first one, and two at once make one question', async () => {
  const input = { ...ZONES, forZone: false, idempotencyKey: 'saved-questions-twice' };
  const before = await listed('OWN', COLLEAGUE);
  const both = await Promise.all([save(input, COLLEAGUE), save(input, COLLEAGUE)]);
  expect(both[0]).toEqual(both[1]);
  expect(await save(input, COLLEAGUE)).toEqual(both[0]);
  expect(await listed('OWN', COLLEAGUE)).toHaveLength(before.length + 1);
  expect((await save({ ...input, name: text('Other') }, COLLEAGUE)).refusals).toEqual([
    { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
  ]);
});

test.each<Viewer>([
  ANONYMOUS,
  { kind: 'applicant', person: 'applicant-1' },
  { kind: 'clerk', person: 'clerk-1', enterprise: 'ent_1' },
  { ...publisherOf('zone_teda'), roles: [] } as Viewer,
])('$kind without a role saves and publishes nothing', async (viewer) => {
  for (const [mutation, input] of [
    ['saveQuestion', { ...ZONES, forZone: false }],
    ['publishQuestion', { ...ZONES, code: 'mine' }],
    ['withdrawQuestion', { id: 'question_zones', version: 1 }],
  ] as const) {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const { errors } = await ask(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`,
      { input: { idempotencyKey: 'saved-questions-nobody', ...input } },
      { viewer },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});
