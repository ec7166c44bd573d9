import { readFileSync } from 'node:fs';
import { mock } from 'node:test';
import { buildSchema, type GraphQLField, getNamedType, isListType, isNonNullType, isObjectType } from 'graphql';
import { type LogFields, log } from '../../src/log.ts';
import { securityEvent } from '../../src/security-event.ts';
import { literalOf } from '../crawl/pools.ts';
import { written } from '../crawl/recorders.ts';
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** What operators notice: each refused mutation and each denied operation leaves one line, which tells of no person. */

const CANARY = 'crawl-crawl';
const PERSON = 'a-person-who-tries';
/** Who tries every mutation on things that are not theirs. */
const CALLERS: readonly (Bearer | undefined)[] = [
  undefined,
  { as: 'applicant', person: PERSON },
  { as: 'officer', person: PERSON, zone: 'zone_baodi', agency: 'EDU', roles: '' },
  { as: 'officer', person: PERSON, zone: 'zone_baodi', agency: 'HRSS' },
  { as: 'officer', person: PERSON, zone: 'zone_dongjiang', agency: 'PARK', roles: 'RECEIVE' },
  { as: 'clerk', person: PERSON },
  { as: 'partner', person: PERSON },
  { as: 'analyst', person: PERSON },
  { as: 'admin', person: PERSON },
];

let system: DemoSystem;
let lines: [message: string, fields: Record<string, unknown>][] = [];

beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const) {
    mock.method(log, level, (message: string, fields: LogFields = {}) => {
      if ('_aws' in fields) lines.push([message, fields]);
    });
  }
  system = await startDemoSystem('2026-09-10');
});
afterAll(async () => {
  mock.restoreAll();
  await system.stop();
});
beforeEach(() => {
  lines = [];
});

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'), { assumeValid: true });
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

/** A mutation with the least that it takes, on a case, an enterprise, and a park of somebody else's. */
function documentOf({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const idOf = (argument: string) => JSON.stringify(IDS[argument] ?? 'case_01E3CX00000000000000000099');
  const given = args
    .filter((argument) => isNonNullType(argument.type))
    .map((argument) => `${argument.name}: ${literalOf(argument.name, argument.type, idOf)}`);
  const payload = getNamedType(type);
  if (!isObjectType(payload)) throw new Error(`${name} has no payload`);
  const rows = Object.values(payload.getFields()).filter((field) => {
    const row = getNamedType(field.type);
    const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    return isList && field.name !== 'userErrors' && isObjectType(row) && 'userErrors' in row.getFields();
  });
  const ofRows = rows.map((field) => `${field.name} { userErrors { code } }`).join(' ');
  return `mutation { ${name}(${given.join(', ')}) { userErrors { code } ${ofRows} } }`;
}

const IDS: Readonly<Record<string, string>> = {
  park: 'park_binhai-zhongguancun',
  enterprise: 'ent_01HB0000000000000000000009',
  zone: 'zone_teda',
  toZone: 'zone_teda',
  caseType: 'ctype_beijing-talent-hukou',
};

const DENIED = /"code":"(UNAUTHORIZED_FIELD_OR_TYPE|FORBIDDEN|NOT_ALLOWED|NOT_FOUND)"/;

test('every refused mutation leaves one line, and an allowed one none', async () => {
  let refused = 0;
  for (const mutation of mutations) {
    const query = documentOf(mutation);
    for (const bearer of CALLERS) {
      lines = [];
      const answer = JSON.stringify(await system.answer(query, {}, bearer));
      const isDenied = DENIED.test(answer);
      refused += isDenied ? 1 : 0;
      expect([mutation.name, bearer?.as, answer, lines.map(([, { kind }]) => kind)]).toEqual([
        mutation.name,
        bearer?.as,
        answer,
        isDenied ? ['ACCESS_DENIED'] : [],
      ]);
      if (!isDenied) continue;
      const line = JSON.stringify(lines);
      expect(line).toContain(mutation.name);
      expect(line).toContain(`"viewer":"${bearer?.as ?? 'anonymous'}"`);
      for (const canary of [CANARY, PERSON]) expect(line).not.toContain(canary);
    }
  }
  expect(refused).toBeGreaterThan(200);
});

test('a line of a refused mutation says by which rule, and whose lines belong together', async () => {
  const query = documentOf(mutations.find(({ name }) => name === 'acceptCase')!);
  for (const person of ['one', 'one', 'another']) {
    await system.answer(query, {}, { as: 'officer', person, agency: 'HRSS', zone: 'zone_baodi' });
  }
  const [first, second, third] = lines.map(([, fields]) => fields);
  expect(first).toMatchObject({
    kind: 'ACCESS_DENIED',
    code: 'NOT_FOUND',
    mutation: 'acceptCase',
    rules: ['UNKNOWN_CASE'],
    viewer: 'officer',
    agency: 'HRSS',
    zone: 'zone_baodi',
  });
  expect(first?.viewerReference).toMatch(/^[\w-]{16}$/);
  expect(second?.viewerReference).toBe(first?.viewerReference);
  expect(third?.viewerReference).not.toBe(first?.viewerReference);
});

test('an operation that asks for many denied fields leaves one bounded line', async () => {
  const fields = mutations.slice(0, 12).map((each, i) =>
    documentOf(each)
      .replace(/^mutation \{ /, `m${i}: `)
      .slice(0, -1),
  );
  await system.answer(`mutation { ${fields.join(' ')} }`);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.[1]).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE', fieldsCount: expect.any(Number) });
  expect(lines[0]?.[1].fields).toHaveLength(8);
});

test('what is answered leaves no line', async () => {
  await system.ask('{ parks(first: 1) { nodes { id } } }');
  expect(lines).toEqual([]);
});

test('a line is JSON in the embedded metric format', async () => {
  mock.restoreAll();
  const text = await written(async () => {
    securityEvent(log, { kind: 'SIGN_IN_REFUSED', requestId: 'r-1', code: 'REFUSED' });
  });
  expect(JSON.parse(text)).toMatchObject({
    level: 'WARN',
    kind: 'SIGN_IN_REFUSED',
    requestId: 'r-1',
    code: 'REFUSED',
    stage: 'local',
    SecurityEvents: 1,
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: 'Bridgehead/Security',
          Dimensions: [['stage', 'kind']],
          Metrics: [{ Name: 'SecurityEvents', Unit: 'Count' }],
        },
      ],
    },
  });
});
