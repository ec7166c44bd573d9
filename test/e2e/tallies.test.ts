import fc from 'fast-check';
import { configure } from '../../src/config.ts';
import { SECTORS, type Sector } from '../../src/domain/enterprises/industry.ts';
import { OPERATION_MODES, type OperationMode } from '../../src/domain/published-figures/resumption.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { put } from '../../src/storage/dynamodb/write.ts';
import type { EnterpriseEvent, OperationReportItem } from '../../src/storage/enterprises/items.ts';
import { operationReported, operationReportItem } from '../../src/storage/enterprises/make-items.ts';
import { countEvents } from '../../src/storage/enterprises/published-figures/count-events.ts';
import { rebuildTallies } from '../../src/storage/enterprises/published-figures/rebuild-tallies.ts';
import { enterpriseKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { insertsOf } from '../fixtures/stream.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** What a park's figures are made of: the stream of its enterprises' events, counted once each, or all of them anew. */

let system: TestSystem;
let execute: Execute;
/** Each story has a park of its own. */
let park: string;
let parks = 0;

beforeAll(async () => {
  system = await startTestSystem();
  execute = system.serve('enterprises', createEnterprisesSubgraph);
});
afterAll(() => system.stop());
beforeEach(() => {
  park = `park_story-${parks++}`;
});

/** Enterprises of the park with ten staff each, and the events of their coming. */
async function settle(numbers: readonly number[]): Promise<{ ids: string[]; events: EnterpriseEvent[] }> {
  const records = numbers.map((number) => {
    const id = enterpriseOf(parks * 10_000 + number).id;
    return enterpriseOf(parks * 10_000 + number, {
      id,
      residencies: [{ parkId: park, kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 }],
    });
  });
  const items = records.flatMap(itemsOf);
  await system.write('enterprises', items);
  return { ids: records.map(({ id }) => id), events: items.filter(isEvent) };
}

const isEvent = (item: PrimaryKey): item is EnterpriseEvent =>
  'type' in item && (item.type === 'EnterpriseChanged' || item.type === 'OperationReported');

/** The versions of a day's report, as their mutations would have written them. */
function versionsOf(
  enterpriseId: string,
  on: string,
  states: readonly (readonly [OperationMode, number])[],
  { staffTotal = 10, sector = 'DIGITAL_ECONOMY' }: { readonly staffTotal?: number; readonly sector?: Sector } = {},
): EnterpriseEvent[] {
  let before: OperationReportItem | null = null;
  return states.map(([mode, staffReturned], i) => {
    const report: OperationReportItem = operationReportItem({
      version: i + 1,
      enterpriseId,
      on,
      parkId: park,
      mode,
      staffTotal,
      staffReturned,
      registeredStaff: 10,
      reportedAt: '2020-03-17T00:00:00.000Z',
    });
    const event = operationReported({ sector, sizeClass: 'SMALL' }, before, report);
    before = report;
    return event;
  });
}

/** An event that says less than it has to. */
const brokenFrom = (event: EnterpriseEvent): PrimaryKey => Object.assign({ ...event }, { after: {} });

const count = (events: readonly PrimaryKey[]) => countEvents(system.table('enterprises'), events, NOW);

const RESUMPTION = `query ($park: ID!, $on: Date) {
  _entities(representations: [{ __typename: "Park", id: $park }]) {
    ... on Park {
      enterpriseCount(on: "2020-03-16")
      enterprises(first: 1) { totalCount }
      resumption(on: $on) {
        on onSite onlineOffline reported
        production { numerator denominator rate }
        returnToWork { numerator denominator rate halfUp: rate(rounding: HALF_UP, decimals: 2) scope(locale: EN) }
      }
    }
  }
}`;

async function resumption(on: string | null = '2020-03-16') {
  const query = RESUMPTION.replace('"Park", id: $park', `"Park", id: "${park}"`).replace('$park: ID!, ', '');
  const { data, errors } = await execute(query, { on });
  expect(errors).toBeUndefined();
  return data._entities[0];
}

/** All that is counted of the park. */
async function counted(): Promise<unknown[]> {
  const partition = enterpriseKeys.parkFigures(park).pk;
  const items = await readRange<PrimaryKey>(system.table('enterprises'), { partition });
  return items.filter(({ sk }) => /^(FIGURES$|STEPS#|DAY#|PARTS#|SHARES#)/.test(sk));
}

test('the park follows the reports that the stream tells of', async () => {
  const { ids, events } = await settle([1, 2, 3]);
  await count(events);
  expect(await resumption(null)).toMatchObject({ enterpriseCount: 3, resumption: null });

  const reports = [
    ...versionsOf(ids[0]!, '2020-03-16', [['ON_SITE', 8]]),
    ...versionsOf(ids[1]!, '2020-03-16', [
      ['NOT_RESUMED', 0],
      ['ONLINE_OFFLINE', 5],
    ]),
  ];
  await system.write('enterprises', reports);
  await count(reports);
  expect(await resumption(null)).toEqual({
    enterpriseCount: 3,
    enterprises: { totalCount: 3 },
    resumption: {
      on: '2020-03-16',
      onSite: 1,
      onlineOffline: 1,
      reported: 2,
      production: { numerator: 2, denominator: 3, rate: '66.6' },
      returnToWork: {
        numerator: 13,
        denominator: 30,
        rate: '43.3',
        halfUp: '43.33',
        scope: 'all staff of the enterprises resident in the park on the day',
      },
    },
  });
  expect(await resumption('2020-03-15')).toMatchObject({
    // Nothing is known of a day that nobody has reported: its rate is not zero.
    resumption: { reported: 0, production: { numerator: 0, denominator: 3, rate: null } },
  });
});

test('an event that comes again, later, or in the same batch twice, is counted once', async () => {
  const { ids, events } = await settle([1]);
  const reports = versionsOf(ids[0]!, '2020-03-16', [
    ['ON_SITE', 8],
    ['ON_SITE', 9],
  ]);
  await system.write('enterprises', reports);
  await count([...reports].reverse());
  await count([...events, ...reports, ...reports, ...events]);
  await count(reports);
  expect(await resumption()).toMatchObject({
    resumption: { reported: 1, returnToWork: { numerator: 9, denominator: 10 } },
  });
});

test('two consumers that count the same at once count it once', async () => {
  const { ids, events } = await settle([1, 2]);
  const reports = ids.flatMap((id) => versionsOf(id, '2020-03-16', [['ON_SITE', 7]]));
  await system.write('enterprises', reports);
  system.dynamo.beforeNextTransaction(() => count(reports));
  await count([...events, ...reports]);
  expect(await resumption()).toMatchObject({ resumption: { reported: 2, returnToWork: { numerator: 14 } } });
});

test('counting goes through collisions, throttling and lost answers', async () => {
  const { ids, events } = await settle([1]);
  const reports = versionsOf(ids[0]!, '2020-03-16', [['ON_SITE', 7]]);
  await system.write('enterprises', reports);
  system.dynamo.conflict(2);
  system.dynamo.throttle('TransactWrite', 1);
  system.dynamo.leaveUnprocessed(1);
  system.dynamo.loseAnswers(1);
  await count([...events, ...reports]);
  expect(await resumption()).toMatchObject({ resumption: { reported: 1, returnToWork: { numerator: 7 } } });
});

test('a batch of 90 records is one read and one transaction, and one park', async () => {
  const { ids, events } = await settle(Array.from({ length: 90 }, (_, i) => i));
  await count(events);
  const reports = ids.flatMap((id) => versionsOf(id, '2020-03-16', [['ON_SITE', 10]]));
  await system.write('enterprises', reports);
  const calls = await system.dynamo.during(() => count(reports));
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'TransactWrite', 'Update']);
  expect(await resumption()).toMatchObject({ resumption: { production: { numerator: 90, denominator: 90 } } });
});

test('corrections of a day that change more counters than one update adds to take two transactions', async () => {
  const { ids, events } = await settle(Array.from({ length: 90 }, (_, i) => i));
  await count(events);
  const corrected = ids.map((id, i) => {
    const states = [0, 1].map((step) => [OPERATION_MODES[(i + step) % 3] ?? 'ON_SITE', 2 ** (i % 12) + step] as const);
    return versionsOf(id, '2020-03-16', states, { staffTotal: 20 * (i + 1), sector: SECTORS[i % 7] ?? 'OTHER' });
  });
  await system.write('enterprises', corrected.flat());
  await count(corrected.flatMap(([first]) => first ?? []));
  const calls = await system.dynamo.during(() => count(corrected.flatMap(([, second]) => second ?? [])));
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'TransactWrite', 'TransactWrite', 'Update']);
  const streamed = await counted();
  await rebuildTallies(system.table('enterprises'));
  expect(await counted()).toEqual(streamed);
});

test('the handler reports the record that cannot be counted, by itself', async () => {
  configure({ dynamodbEndpoint: system.endpoint, mode: 'local' });
  const { handler } = await import('../../src/handlers/streams/published-figures.ts');
  const { ids, events } = await settle([1]);
  const [poison] = versionsOf(ids[0]!, '2020-03-14', [['ON_SITE', 8]]);
  const reports = versionsOf(ids[0]!, '2020-03-16', [['ON_SITE', 8]]);
  await system.write('enterprises', [brokenFrom(poison!), ...reports]);
  const answer = await handler(insertsOf([...events, poison!, ...reports]));
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  expect(await resumption()).toMatchObject({ resumption: { reported: 1, returnToWork: { numerator: 8 } } });
});

describe('a rebuild', () => {
  test('counts what any order, grouping and repetition of the stream has counted', async () => {
    const arbitraryStates = fc.array(
      fc.tuple(fc.constantFrom<OperationMode>('ON_SITE', 'ONLINE_OFFLINE', 'NOT_RESUMED'), fc.nat({ max: 10 })),
      { minLength: 1, maxLength: 3 },
    );
    const arbitraryDays = fc.dictionary(fc.constantFrom('2020-03-14', '2020-03-15', '2020-03-16'), arbitraryStates);
    const arbitrary = fc.tuple(fc.array(arbitraryDays, { minLength: 1, maxLength: 3 }), fc.infiniteStream(fc.nat()));
    const byStream = new Map<string, unknown[]>();
    for (const [days, random] of fc.sample(arbitrary, { numRuns: 20, seed: 20200316 })) {
      park = `park_property-${parks++}`;
      const { ids, events } = await settle(days.map((_, i) => i));
      const reports = ids.flatMap((id, i) =>
        Object.entries(days[i] ?? {}).flatMap(([on, states]) => versionsOf(id, on, states)),
      );
      await system.write('enterprises', reports);
      const rolls = random[Symbol.iterator]();
      const roll = (below: number) => Number(rolls.next().value) % below;
      const delivered = [...events, ...reports].flatMap((event) => Array(1 + roll(2)).fill(event));
      for (let i = delivered.length - 1; i > 0; i--) {
        const j = roll(i + 1);
        [delivered[i], delivered[j]] = [delivered[j], delivered[i]];
      }
      while (delivered.length > 0) await count(delivered.splice(0, 1 + roll(delivered.length)));
      byStream.set(park, await counted());
    }
    // One rebuild counts all parks.
    await rebuildTallies(system.table('enterprises'));
    for (const [counting, sums] of byStream) {
      park = counting;
      expect(await counted()).toEqual(sums);
    }
  });

  test('takes in what no consumer has counted, and no consumer counts it again', async () => {
    const { ids, events } = await settle([1, 2]);
    const reports = ids.flatMap((id) => versionsOf(id, '2020-03-16', [['ON_SITE', 7]]));
    await system.write('enterprises', reports);
    await count(events);
    await rebuildTallies(system.table('enterprises'));
    await count(reports);
    expect(await resumption()).toMatchObject({ resumption: { reported: 2, returnToWork: { numerator: 14 } } });
  });

  test('puts right what was spoilt, and takes away what no event tells of', async () => {
    const { events } = await settle([1]);
    await count(events);
    const whole = await counted();
    const spoilt = { ...enterpriseKeys.parkFigures(park), type: 'ParkFigures', parkId: park, listed: 99 };
    await system.write('enterprises', [
      spoilt,
      { ...enterpriseKeys.parkDay(park, '2020-03-01'), type: 'ParkDay' } as PrimaryKey,
    ]);
    await rebuildTallies(system.table('enterprises'));
    expect(await counted()).toEqual(whole);
  });

  test('reads a large table in pages of a bounded number of items, and counts all of them', async () => {
    const { events } = await settle([1, 2, 3]);
    await count(events);
    const whole = await counted();
    const others = Array.from({ length: 2_100 }, (_, i) => ({ pk: `OTHER#${i}`, sk: 'ITEM' }) as PrimaryKey);
    await system.write('enterprises', others);
    const calls = await system.dynamo.during(() => rebuildTallies(system.table('enterprises')));
    expect(calls.filter(({ command }) => command === 'Scan').length).toBeGreaterThan(1);
    expect(await counted()).toEqual(whole);
  });

  test('keeps consumers waiting, whose events are counted afterwards', async () => {
    const { ids, events } = await settle([1]);
    const reports = versionsOf(ids[0]!, '2020-03-16', [['ON_SITE', 7]]);
    let waiting: Promise<unknown> | undefined;
    let begun = false;
    const onEvents = () => {
      // Once only: written after the page that could have held it was read.
      if (begun) return;
      begun = true;
      waiting = system.write('enterprises', reports).then(() => count([...events, ...reports]));
    };
    await rebuildTallies(system.table('enterprises'), { onEvents });
    await waiting;
    expect(await resumption()).toMatchObject({
      enterpriseCount: 1,
      resumption: { reported: 1, returnToWork: { numerator: 7 } },
    });
  });

  test('is refused beside another one, and taken over when that one has died', async () => {
    const table = system.table('enterprises');
    const lock = { ...enterpriseKeys.rebuildLock(), type: 'RebuildLock', owner: 'another' };
    await transact(table, [put({ ...lock, aliveAt: Date.now() } as PrimaryKey)]);
    await expect(rebuildTallies(table)).rejects.toMatchObject({ code: 'CONFLICT' });
    const { events } = await settle([1]);
    const soon = system.table('enterprises', { deadline: Date.now() + 200 });
    // A transaction that is under way at the deadline has an outcome that is not known.
    const code = expect.stringMatching(/^(CONFLICT|OUTCOME_UNKNOWN)$/);
    await expect(countEvents(soon, events, NOW)).rejects.toMatchObject({ code });
    await transact(table, [put({ ...lock, aliveAt: Date.now() - 61_000 } as PrimaryKey)]);
    await rebuildTallies(table);
    await count(events);
    expect(await resumption()).toMatchObject({ enterpriseCount: 1 });
  });
});
