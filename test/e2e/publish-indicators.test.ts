import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { observationItem, parkItem } from '../../src/storage/parks/items.ts';
import { parkKeys } from '../../src/storage/tables.ts';
import { publisherOf, publishing } from '../fixtures/publish-records.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Indicators from nothing, through the subgraph that owns them. */

let system: TestSystem;
let ask: Execute;
let publish: ReturnType<typeof publishing>;

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('parks', createParksSubgraph);
  publish = publishing(ask, 'publishIndicator', 'indicator { id version name unit rounding decimals }');
});
afterAll(() => system.stop());

const text = (word: string) => ({ zh: word, ja: word, en: word });
const PARK = {
  code: 'north',
  zoneId: 'zone_north',
  regionCode: '120116',
  openedOn: null,
  area: null,
  address: null,
  version: 1,
};
const FIGURE = {
  revision: 1,
  approximate: false,
  yearOnYear: null,
  status: 'FINAL',
  numerator: null,
  denominator: null,
  scope: null,
} as const;
const RATE = {
  code: 'return-to-work',
  name: { zh: '返岗率', en: 'Return-to-work rate' },
  unit: '%',
  formula: { zh: '返岗职工 ÷ 职工' },
  rounding: 'TRUNCATE',
  decimals: 1,
};

test('an administrator publishes an indicator and its next version', async () => {
  const id = 'ind_return-to-work';
  expect(await publish(RATE)).toEqual({
    record: { id, version: 1, name: 'Return-to-work rate', unit: '%', rounding: 'TRUNCATE', decimals: 1 },
    refusals: [],
  });
  const { rounding: _, ...unrounded } = RATE;
  expect((await publish({ ...unrounded, version: 1, decimals: 2 })).record).toMatchObject({
    version: 2,
    rounding: null,
    decimals: 2,
  });
  const { data } = await ask('{ indicators(first: 5) { nodes { id version } } }');
  expect(data.indicators.nodes).toContainEqual({ id, version: 2 });
  expect(await readItem(system.table('parks'), parkKeys.recordVersion(parkKeys.indicator(id), 1))).toMatchObject({
    of: 'Indicator',
    version: 1,
    facts: { rounding: 'TRUNCATE' },
    publication: { by: 'admin-1' },
  });
});

test('an observation keeps the unit and rounding that it was published with', async () => {
  const code = 'area-let';
  await publish({ ...RATE, code });
  const source = { title: text('Story'), publishedOn: '2020-03-18' };
  await system.write('parks', [
    parkItem({ ...PARK, name: text('Park') }),
    observationItem({
      geographyId: 'park_north',
      indicatorId: `ind_${code}`,
      period: { unit: 'DAY', from: '2020-03-16', to: '2020-03-16' },
      basis: 'POINT',
      unit: '%',
      figure: { ...FIGURE, value: '83.9', rounding: 'TRUNCATE', source },
      earlier: [],
    }),
  ]);
  await publish({ ...RATE, code, version: 1, unit: 'ratio', rounding: 'HALF_UP', decimals: 3 });
  const { data } = await ask(`{ park(code: "north") { observations(from: "2020-03-16", to: "2020-03-16") {
    value unit rounding indicator { unit rounding version }
  } } }`);
  expect(data.park.observations).toEqual([
    { value: '83.9', unit: '%', rounding: 'TRUNCATE', indicator: { unit: 'ratio', rounding: 'HALF_UP', version: 2 } },
  ]);
});

test('a command that is repeated is answered alike and writes nothing', async () => {
  const input = { idempotencyKey: 'indicator-twice', ...RATE, code: 'staff' };
  const first = await publish(input);
  expect(first.refusals).toEqual([]);
  expect(await publish(input)).toEqual(first);
  expect((await publish({ ...input, decimals: 3 })).refusals).toEqual([
    { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
  ]);
});

test.each([
  ['an indicator that exists, without its version', RATE, 'ALREADY_EXISTS', ['version']],
  ['an older version than the current', { ...RATE, version: 1 }, 'VERSION_CONFLICT', ['version']],
  ['a version of no indicator', { ...RATE, code: 'new', version: 1 }, 'NOT_FOUND', ['version']],
  ['a code with a space', { ...RATE, code: 'a b' }, 'INVALID', ['code']],
  ['an empty name', { ...RATE, code: 'new', name: { zh: '' } }, 'INVALID', ['name', 'zh']],
  ['an empty unit', { ...RATE, code: 'new', unit: ' ' }, 'INVALID', ['unit']],
  ['a unit of 41 characters', { ...RATE, code: 'new', unit: '%'.repeat(41) }, 'INVALID', ['unit']],
  [
    'a formula of 1,001 characters',
    { ...RATE, code: 'new', formula: { zh: '÷'.repeat(1001) } },
    'INVALID',
    ['formula', 'zh'],
  ],
  ['fewer decimals than none', { ...RATE, code: 'new', decimals: -1 }, 'INVALID', ['decimals']],
  ['seven decimals', { ...RATE, code: 'new', decimals: 7 }, 'INVALID', ['decimals']],
] as const)('refuses %s', async (_, input, code, field) => {
  const { record, refusals } = await publish(input);
  expect(record).toBeNull();
  expect(refusals).toContainEqual({ code, field });
});

test('of two publications of one version at once, one is told of the other', async () => {
  await publish({ ...RATE, code: 'twice' });
  const both = await Promise.all([2, 3].map((decimals) => publish({ ...RATE, code: 'twice', version: 1, decimals })));
  expect(both.flatMap(({ refusals }) => refusals)).toEqual([{ code: 'VERSION_CONFLICT', field: ['version'] }]);
});

test('an officer publishes no indicator', async () => {
  const { errors } = await ask(
    'mutation ($input: PublishIndicatorInput!) { publishIndicator(input: $input) { userErrors { code } } }',
    { input: { idempotencyKey: 'indicator-by-officer', ...RATE, code: 'new' } },
    { viewer: publisherOf('zone_north') },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});
