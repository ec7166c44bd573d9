import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import fc from 'fast-check';
import { configure } from '../../src/config.ts';
import { addDays } from '../../src/domain/calendar/day.ts';
import type { Agency } from '../../src/domain/cases/agency.ts';
import type { CaseState } from '../../src/domain/cases/state.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { put, remove } from '../../src/storage/dynamodb/write.ts';
import { type PrimaryKey, talentKeys, talentPartitions } from '../../src/storage/tables.ts';
import { type WorkItem, workItem } from '../../src/storage/talent/items.ts';
import { rebuildWorkCounts } from '../../src/storage/talent/work-list/rebuild-work-counts.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** How much agencies have to do, counted from the stream: exact, whatever comes twice, late or in another order. */

let system: TestSystem;
let talent: Execute;
let handler: typeof import('../../src/handlers/streams/case-changes.ts').handler;
let zones = 0;

beforeAll(async () => {
  system = await startTestSystem();
  configure({
    mode: 'local',
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
  });
  ({ handler } = await import('../../src/handlers/streams/case-changes.ts'));
  talent = system.serve('talent', createTalentSubgraph);
});
afterAll(() => system.stop());

/** A Tuesday. */
const TODAY = '2020-03-17';

interface Place {
  readonly zoneId: string;
  readonly state: CaseState;
  readonly dueOn: string | null;
}

const entry = (caseId: string, { zoneId, state, dueOn }: Place, agency: Agency = 'PSB') =>
  workItem({ caseId, zoneId, agency, state, dueOn, calendarVersion: null });

interface Change {
  readonly before: WorkItem | null;
  readonly after: WorkItem | null;
}

function streamOf(changes: readonly Change[]): DynamoDBStreamEvent {
  const image = (item: WorkItem) => marshall(item) as Record<string, never>;
  return {
    Records: changes.map(({ before, after }, i) => ({
      eventName: before === null ? 'INSERT' : after === null ? 'REMOVE' : 'MODIFY',
      dynamodb: {
        SequenceNumber: String(i),
        ...(after ? { NewImage: image(after) } : {}),
        ...(before ? { OldImage: image(before) } : {}),
      },
    })),
  };
}

async function change(before: WorkItem | null, after: WorkItem | null): Promise<Change> {
  const key = (after ?? before)!;
  await transact(system.table('talent'), [after ? put(after) : remove(key)]);
  return { before, after };
}

const deliver = async (changes: readonly Change[]) =>
  expect(await handler(streamOf(changes))).toEqual({ batchItemFailures: [] });

const COUNTS = `query ($zone: ID!, $agency: Agency!) { worklistCounts(zone: $zone, agency: $agency) {
  total byState { state count } overdue dueSoon
} }`;

async function counts(zone: string, agency: Agency = 'PSB') {
  const viewer: Viewer = { kind: 'officer', person: 'o-1', agency, zone, roles: [] };
  const { data, errors } = await talent(COUNTS, { zone, agency }, { viewer });
  expect(errors).toBeUndefined();
  return data.worklistCounts;
}

const sumsOf = (zone: string) =>
  readRange<PrimaryKey>(system.table('talent'), { partition: talentPartitions.workTallies(zone, 'PSB') });

const newZone = () => `zone_counts-${zones++}`;

test('counts by state, what is overdue and what is due soon, in one Query', async () => {
  const zoneId = newZone();
  const places: Place[] = [
    { zoneId, state: 'UNDER_REVIEW', dueOn: '2020-03-16' },
    { zoneId, state: 'SPECIAL_PROCEDURE', dueOn: '2020-03-16' },
    { zoneId, state: 'UNDER_REVIEW', dueOn: TODAY },
    { zoneId, state: 'SUBMITTED', dueOn: '2020-03-20' },
    { zoneId, state: 'SPECIAL_PROCEDURE', dueOn: '2020-03-20' },
    { zoneId, state: 'UNDER_REVIEW', dueOn: '2020-03-23' },
    { zoneId, state: 'TRANSFERRED', dueOn: null },
  ];
  const added = await Promise.all(places.map((place, i) => change(null, entry(`case_${zoneId}-${i}`, place))));
  const others = await change(null, entry(`case_${zoneId}-x`, places[0]!, 'EDU'));
  await deliver([...added, others]);
  // The process knows the calendar from here on.
  await counts(zoneId);
  const calls = await system.dynamo.during(async () => {
    expect(await counts(zoneId)).toEqual({
      total: 7,
      byState: [
        { state: 'SUBMITTED', count: 1 },
        { state: 'UNDER_REVIEW', count: 3 },
        { state: 'SPECIAL_PROCEDURE', count: 2 },
        { state: 'TRANSFERRED', count: 1 },
      ],
      overdue: 1,
      dueSoon: 2,
    });
  });
  expect(calls.map(({ command }) => command)).toEqual(['Query']);
  expect(await counts(zoneId, 'EDU')).toMatchObject({ total: 1, overdue: 1 });
});

test('a claim changes no count, and is not written for', async () => {
  const zoneId = newZone();
  const before = entry(`case_${zoneId}`, { zoneId, state: 'ACCEPTED', dueOn: TODAY });
  await deliver([await change(null, before)]);
  const claimed = { ...before, claim: { by: 'o-1', at: '2020-03-17T02:00:00.000Z' } };
  const sums = await sumsOf(zoneId);
  await deliver([await change(before, claimed)]);
  expect(await sumsOf(zoneId)).toEqual(sums);
});

test('nothing is kept of days on which nothing is due any more', async () => {
  const zoneId = newZone();
  const work = entry(`case_${zoneId}`, { zoneId, state: 'ACCEPTED', dueOn: TODAY });
  await deliver([await change(null, work)]);
  const moved = entry(`case_${zoneId}`, { zoneId, state: 'ACCEPTED', dueOn: addDays(TODAY, 9) });
  await deliver([await change(work, moved)]);
  expect((await sumsOf(zoneId)).map(({ sk }) => sk)).toEqual([addDays(TODAY, 9)]);
  await deliver([await change(moved, null)]);
  expect(await sumsOf(zoneId)).toEqual([]);
  expect(await counts(zoneId)).toEqual({ total: 0, byState: [], overdue: 0, dueSoon: 0 });
});

/** What entries are one after the other: null where the list has one no more. */
const histories = fc.array(
  fc.array(
    fc.option(
      fc.record({
        zone: fc.nat({ max: 1 }),
        state: fc.constantFrom<CaseState>('SUBMITTED', 'UNDER_REVIEW', 'SPECIAL_PROCEDURE'),
        due: fc.option(fc.integer({ min: -2, max: 6 })),
      }),
      { freq: 4 },
    ),
    { minLength: 1, maxLength: 5 },
  ),
  { minLength: 1, maxLength: 6 },
);

test('whatever comes twice, late and in whatever order while others work, each entry is counted once', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.infiniteStream(fc.nat()), async (entries, random) => {
      const of = [newZone(), newZone()] as const;
      const rolls = random[Symbol.iterator]();
      const roll = (below: number) => Number(rolls.next().value) % below;
      const told: Change[] = [];
      const now = new Map<number, WorkItem | null>();
      const steps = entries.flatMap((states, which) => states.map(() => which));
      const left = entries.map((states) => [...states]);
      while (steps.length > 0) {
        const which = steps.splice(roll(steps.length), 1)[0]!;
        const next = left[which]!.shift() ?? null;
        const before = now.get(which) ?? null;
        const place = next && {
          zoneId: of[next.zone] ?? of[0],
          state: next.state,
          dueOn: next.due === null ? null : addDays(TODAY, next.due),
        };
        const after = place && entry(`case_${of[0]}-${which}`, place);
        if (before !== null || after !== null) told.push(await change(before, after));
        now.set(which, after);
        // A consumer hears of something now and then, of the oldest or of the newest, or twice of the same.
        if (told.length > 0 && roll(2) === 0) await deliver([told[roll(told.length)]!, told[roll(told.length)]!]);
      }
      const shuffled = told.map((one) => [roll(1_000), one] as const).toSorted(([a], [b]) => a - b);
      await Promise.all([deliver(shuffled.map(([, one]) => one)), deliver(told)]);
      for (const zone of of) {
        const here = [...now.values()].filter((item) => item?.zoneId === zone).map((item) => item!);
        const counted = await counts(zone);
        expect(counted.total).toBe(here.length);
        expect(counted.overdue).toBe(
          here.filter(({ state, dueOn }) => state !== 'SPECIAL_PROCEDURE' && dueOn !== null && dueOn < TODAY).length,
        );
        const bySum = await sumsOf(zone);
        await rebuildWorkCounts(system.table('talent'));
        expect(await sumsOf(zone)).toEqual(bySum.map((item) => expect.objectContaining(withoutZeros(item))));
      }
    }),
    { seed: 20200316, numRuns: 8 },
  );
});

/** What was added and taken away again leaves a zero, which a rebuild doesn't make. */
const withoutZeros = (item: object) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== 0));

test('a record that cannot be counted keeps no other from it, and is told of', async () => {
  const zoneId = newZone();
  const good = await change(null, entry(`case_${zoneId}`, { zoneId, state: 'ACCEPTED', dueOn: TODAY }));
  const unstorable = entry(`case_${zoneId}-p`, { zoneId, state: 'ACCEPTED', dueOn: `${'9'.repeat(1_100)}` });
  const tooLong = { ...unstorable, gsi1sk: 'x', gsi2sk: 'x' };
  const answer = await handler(streamOf([await change(null, tooLong), good]));
  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '0' }]);
  expect((await counts(zoneId)).total).toBe(1);
  await transact(system.table('talent'), [remove(tooLong)]);
});

test('a rebuild counts what nobody has counted, puts right what was spoilt, and takes away what nothing tells of', async () => {
  const zoneId = newZone();
  const [first] = [await change(null, entry(`case_${zoneId}-1`, { zoneId, state: 'ACCEPTED', dueOn: TODAY }))];
  await deliver([first]);
  await change(null, entry(`case_${zoneId}-2`, { zoneId, state: 'SUBMITTED', dueOn: TODAY }));
  const spoilt = {
    ...talentKeys.workTally(zoneId, 'PSB', TODAY),
    type: 'WorkTally',
    dueOn: TODAY,
    total: 77,
    LAPSED: 77,
  };
  const stray = { ...talentKeys.workTally(zoneId, 'PSB', null), type: 'WorkTally', dueOn: null, total: 5, CLOSED: 5 };
  await system.write('talent', [spoilt, stray]);
  await rebuildWorkCounts(system.table('talent'));
  expect(await counts(zoneId)).toEqual({
    total: 2,
    byState: [
      { state: 'SUBMITTED', count: 1 },
      { state: 'ACCEPTED', count: 1 },
    ],
    overdue: 0,
    dueSoon: 2,
  });
});

test('while a rebuild is at work nobody counts, and afterwards it is as if nobody had tried', async () => {
  const zoneId = newZone();
  const lock = { ...talentKeys.rebuildLock(), type: 'RebuildLock', owner: 'another', aliveAt: Date.now() };
  await system.write('talent', [lock]);
  const added = await change(null, entry(`case_${zoneId}`, { zoneId, state: 'ACCEPTED', dueOn: TODAY }));
  const tried = await handler(streamOf([added]), { getRemainingTimeInMillis: () => 2_400 } as never);
  expect(tried.batchItemFailures).toEqual([{ itemIdentifier: '0' }]);
  await expect(rebuildWorkCounts(system.table('talent'))).rejects.toMatchObject({ code: 'CONFLICT' });
  await transact(system.table('talent'), [remove(lock)]);
  await deliver([added]);
  expect((await counts(zoneId)).total).toBe(1);
});

test.each<[string, Viewer]>([
  ['an officer of another agency', { kind: 'officer', person: 'o-1', agency: 'EDU', zone: 'zone_teda', roles: [] }],
  ['an officer of another zone', { kind: 'officer', person: 'o-1', agency: 'PSB', zone: 'zone_x', roles: [] }],
  ['an analyst', { kind: 'analyst', person: 'a-1' }],
])('%s is told no counts', async (_, viewer) => {
  const { data, errors } = await talent(COUNTS, { zone: 'zone_teda', agency: 'PSB' }, { viewer });
  expect(data).toEqual({ worklistCounts: null });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});
