import type { Viewer } from '../../src/domain/viewer.ts';
import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { indicatorItem, parkItem } from '../../src/storage/parks/items.ts';
import { parkKeys } from '../../src/storage/tables.ts';
import { ADMIN, publisherOf, publishing } from '../fixtures/publish-records.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Observations of a park from nothing: one officer proposes, another person accepts. */

let system: TestSystem;
let ask: Execute;
let propose: ReturnType<typeof publishing>;
let accept: ReturnType<typeof publishing>;
let reject: ReturnType<typeof publishing>;

const PROPOSER = publisherOf('zone_north', 'o-1');
const ACCEPTOR: Viewer = {
  ...PROPOSER,
  kind: 'officer',
  person: 'o-2',
  agency: 'PARK',
  zone: 'zone_north',
  roles: ['ACCEPT_FIGURES'],
};
const OTHER = publisherOf('zone_south', 'o-3');
const text = (zh: string) => ({ zh, ja: zh, en: zh });

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('parks', createParksSubgraph);
  const park = `park { id observationsProposal {
    version state mine reason observations { id value unit revision earlierRevisions { value } }
  } }`;
  propose = publishing(ask, 'proposeObservations', park);
  accept = publishing(ask, 'acceptObservations', park);
  reject = publishing(ask, 'rejectObservations', park);
  const place = {
    name: text('北园'),
    zoneId: 'zone_north',
    regionCode: '120116',
    openedOn: null,
    area: null,
    address: null,
  };
  const rate = { unit: '%', formula: text('返岗 ÷ 职工'), rounding: 'TRUNCATE', decimals: 1, version: 1 } as const;
  await system.write('parks', [
    ...['north', 'other', 'many', 'twice'].map((code) => parkItem({ ...place, code, version: 1 })),
    indicatorItem({ ...rate, code: 'return-to-work', name: text('返岗率') }),
  ]);
});
afterAll(() => system.stop());

const FIGURE = {
  indicator: 'ind_return-to-work',
  period: { unit: 'DAY', from: '2020-03-16', to: '2020-03-16' },
  basis: 'POINT',
  value: '83.9',
  unit: '%',
  status: 'FINAL',
  numerator: '5669',
  denominator: '6750',
  rounding: 'TRUNCATE',
  source: { title: { zh: '新闻' }, publishedOn: '2020-03-16' },
};
const NORTH = { park: 'park_north', observations: [FIGURE] };

async function observed(code: string) {
  const { data } = await ask(`{ park(code: "${code}") { observations(from: "2020-03-01", to: "2020-03-31") {
    value unit status numerator denominator rounding revision source { title publishedOn } earlierRevisions { value revision }
  } } }`);
  return data.park.observations;
}

test('nothing is published before another person accepts', async () => {
  const { record, refusals } = await propose(NORTH, PROPOSER);
  expect(refusals).toEqual([]);
  expect(record.observationsProposal).toMatchObject({
    version: 1,
    state: 'PROPOSED',
    mine: true,
    observations: [{ value: '83.9', unit: '%', revision: 1 }],
  });
  expect(await observed('north')).toEqual([]);
  expect((await accept({ park: 'park_north', version: 1 }, PROPOSER)).refusals).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
  expect((await accept({ park: 'park_north', version: 1 }, OTHER)).refusals).toContainEqual({
    code: 'NOT_ALLOWED',
    field: null,
  });
  const accepted = await accept({ park: 'park_north', version: 1 }, ACCEPTOR);
  expect(accepted.record.observationsProposal).toMatchObject({ version: 2, state: 'ACCEPTED', mine: false });
  expect(await observed('north')).toEqual([
    {
      value: '83.9',
      unit: '%',
      status: 'FINAL',
      numerator: '5669',
      denominator: '6750',
      rounding: 'TRUNCATE',
      revision: 1,
      source: { title: '新闻', publishedOn: '2020-03-16' },
      earlierRevisions: [],
    },
  ]);
  const history = parkKeys.recordVersion(parkKeys.observationsProposal('park_north'), 2);
  expect(await readItem(system.table('parks'), history)).toMatchObject({
    facts: { proposedBy: 'o-1', decidedBy: 'o-2' },
    publication: { by: 'o-2' },
  });
});

test('an accepted figure of the same indicator, period and basis is the next revision', async () => {
  await propose({ ...NORTH, version: 2, observations: [{ ...FIGURE, value: '84', status: 'REVISED' }] }, PROPOSER);
  expect((await accept({ park: 'park_north', version: 3 }, ADMIN)).refusals).toEqual([]);
  expect(await observed('north')).toMatchObject([
    { value: '84', revision: 2, status: 'REVISED', earlierRevisions: [{ value: '83.9', revision: 1 }] },
  ]);
});

test('a rejected proposal publishes nothing, and a new one takes its place', async () => {
  const park = 'park_other';
  await propose({ ...NORTH, park }, PROPOSER);
  const { record } = await reject({ park, version: 1, reason: 'The whole is another.' }, ACCEPTOR);
  expect(record.observationsProposal).toMatchObject({ version: 2, state: 'REJECTED', reason: 'The whole is another.' });
  expect(await observed('other')).toEqual([]);
  expect((await accept({ park, version: 2 }, ACCEPTOR)).refusals).toEqual([{ code: 'NOT_ALLOWED', field: ['park'] }]);
  expect((await propose({ ...NORTH, park, version: 2 }, PROPOSER)).record.observationsProposal.version).toBe(3);
  expect((await reject({ park, version: 3, reason: ' ' }, ACCEPTOR)).refusals).toEqual([
    { code: 'INVALID', field: ['reason'] },
  ]);
});

test('97 figures are accepted in one transaction', async () => {
  const days = (i: number) => new Date(Date.UTC(2019, 11, 1 + i)).toISOString().slice(0, 10);
  const observations = Array.from({ length: 97 }, (_, i) => ({
    ...FIGURE,
    period: { unit: 'DAY', from: days(i), to: days(i) },
  }));
  const park = 'park_many';
  expect(
    (await propose({ park, observations: [...observations, { ...FIGURE, basis: 'YTD' }] }, PROPOSER)).refusals,
  ).toEqual([{ code: 'INVALID', field: ['observations'] }]);
  expect((await propose({ park, observations }, PROPOSER)).refusals).toEqual([]);
  expect((await accept({ park, version: 1 }, ACCEPTOR)).refusals).toEqual([]);
  expect(await observed('many')).toHaveLength(6);
});

test('commands that are repeated are answered alike; of two acceptances at once, one counts', async () => {
  const park = 'park_twice';
  const input = { ...NORTH, park, idempotencyKey: 'observations-twice' };
  const first = await propose(input, PROPOSER);
  expect(first.refusals).toEqual([]);
  expect(await propose(input, PROPOSER)).toEqual(first);
  const both = await Promise.all([ACCEPTOR, ADMIN].map((viewer) => accept({ park, version: 1 }, viewer)));
  expect(both.flatMap(({ refusals }) => refusals)).toContainEqual({ code: 'VERSION_CONFLICT', field: ['version'] });
  expect(await observed('twice')).toMatchObject([{ revision: 1 }]);
});

const figure = (change: object) => ({ ...NORTH, version: 4, observations: [{ ...FIGURE, ...change }] });
const month = (from: string, to: string) => figure({ period: { unit: 'MONTH', from, to } });
const AT = ['observations', '0'];

test.each([
  ['a proposal without the version of the newest', NORTH, 'ALREADY_EXISTS', ['version']],
  ['an older version', { ...NORTH, version: 1 }, 'VERSION_CONFLICT', ['version']],
  ['a park that does not exist', { ...NORTH, park: 'park_none' }, 'NOT_FOUND', ['park']],
  ['no figure', { ...NORTH, version: 4, observations: [] }, 'INVALID', ['observations']],
  ['a figure twice', { ...NORTH, version: 4, observations: [FIGURE, FIGURE] }, 'INVALID', ['observations', '1']],
  ['an indicator that does not exist', figure({ indicator: 'ind_none' }), 'NOT_FOUND', [...AT, 'indicator']],
  ['a park as indicator', figure({ indicator: 'park_north' }), 'NOT_FOUND', [...AT, 'indicator']],
  ['half a month', month('2020-02-01', '2020-02-15'), 'INVALID', [...AT, 'period']],
  ['a month that is not over', month('2999-01-01', '2999-01-31'), 'INVALID', [...AT, 'period']],
  ['another unit than the published', figure({ unit: 'ratio' }), 'NOT_ALLOWED', [...AT, 'unit']],
  ['an empty unit', figure({ unit: '' }), 'INVALID', [...AT, 'unit']],
  ['a part without whole', figure({ denominator: null }), 'INVALID', [...AT, 'denominator']],
  ['a whole of nothing', figure({ denominator: '0.0' }), 'INVALID', [...AT, 'denominator']],
  ['a negative part', figure({ numerator: '-1' }), 'INVALID', [...AT, 'numerator']],
  ['an empty scope', figure({ scope: { zh: '' } }), 'INVALID', [...AT, 'scope', 'zh']],
  [
    'a source of tomorrow',
    figure({ source: { title: { zh: '新闻' }, publishedOn: '2999-01-01' } }),
    'INVALID',
    [...AT, 'source', 'publishedOn'],
  ],
] as const)('refuses %s', async (_, input, code, field) => {
  const { record, refusals } = await propose(input, PROPOSER);
  expect(record).toBeNull();
  expect(refusals).toContainEqual({ code, field });
});

test('an officer of another zone neither proposes nor sees a proposal', async () => {
  expect((await propose({ ...NORTH, version: 4 }, OTHER)).refusals).toEqual([{ code: 'NOT_ALLOWED', field: null }]);
  const document = '{ park(code: "north") { observationsProposal { version } } }';
  const { data } = await ask(document, {}, { viewer: OTHER });
  expect(data.park.observationsProposal).toBeNull();
  expect((await ask(document, {}, { viewer: ACCEPTOR })).data.park.observationsProposal).toEqual({ version: 4 });
});
