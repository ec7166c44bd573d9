import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { MAX_DOCUMENTS } from '../../../../src/domain/developers/usage.ts';
import { operationNameOf, UsageCounter } from '../../../../src/edge/budget/usage.ts';
import type { CountedUsage } from '../../../../src/storage/credentials/usage.ts';

const NOW = new Date('2026-11-29T08:00:00.000Z');

let written: CountedUsage[];
let counter: UsageCounter;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  written = [];
  counter = new UsageCounter(async () => async (usage) => void written.push(usage));
});
afterEach(() => mock.timers.reset());

async function passTenSeconds(): Promise<void> {
  mock.timers.tick(10_000);
  await turn();
}

const count = (document: string | null, cost: number, now = NOW) =>
  counter.count({ zone: 'zone_teda', document, isTrusted: false, cost }, now);

test('an instance writes all that it has counted of a day, once for many operations', async () => {
  count('Zones', 3);
  count('Zones', 4);
  count(null, 1);
  await passTenSeconds();
  count('Zones', 5);
  await passTenSeconds();
  const of = (operations: number, cost: number) => ({ document: 'Zones', isTrusted: false, operations, cost });
  const unnamed = { document: null, isTrusted: false, operations: 1, cost: 1 };
  expect(written).toMatchObject([
    { zone: 'zone_teda', day: '2026-11-29', operations: 3, uses: [of(2, 7), unnamed] },
    { operations: 4, uses: [of(3, 12), unnamed] },
  ]);
});

test('a new day begins at 0', async () => {
  count('Zones', 3);
  count('Zones', 4, new Date('2026-11-30T00:00:00.000Z'));
  await passTenSeconds();
  expect(written.map(({ day, operations }) => [day, operations])).toEqual([
    ['2026-11-29', 1],
    ['2026-11-30', 1],
  ]);
});

test('names beyond the first ones of a day are counted together', async () => {
  for (let i = 0; i < MAX_DOCUMENTS + 5; i++) count(`Name${i}`, 1);
  await passTenSeconds();
  expect(written[0]?.uses).toHaveLength(MAX_DOCUMENTS + 1);
  expect(written[0]?.uses.at(-1)).toMatchObject({ document: null, operations: 5 });
});

test.each([
  ['query Zones { a }', null, 'Zones'],
  ['# a comment\n  mutation Do($a: Int) { a }', null, 'Do'],
  ['{ zones { name } }', null, null],
  ['{ a(b: "query Zhang") }', null, null],
  ['query A { a } query B { b }', 'B', 'B'],
  ['query A { a }', 'not a name', null],
])('the name of %j', (query, operationName, name) => {
  expect(operationNameOf(query, operationName)).toBe(name);
});
