import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import fc from 'fast-check';
import { configure } from '../../src/config.ts';
import { CASE_KINDS } from '../../src/domain/case-types/case-type.ts';
import { afterEvent, type CaseCourse } from '../../src/domain/cases/fold.ts';
import { WAITING_ON } from '../../src/domain/cases/state.ts';
import { demoParks } from '../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../src/local/demo-data/scale.ts';
import { countsOfCase } from '../../src/local/demo-data/talent/case-figures.ts';
import { caseTypeVersions } from '../../src/local/demo-data/talent/case-types.ts';
import { caseOf, type DemoCase } from '../../src/local/demo-data/talent/cases.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { talentPartitions } from '../../src/storage/tables.ts';
import { type CaseItem, caseEventItem, caseItem } from '../../src/storage/talent/items.ts';
import { sumCaseCounts } from '../../src/storage/talent/statistics/count-cases.ts';
import { type CaseTallyItem, tallyOf } from '../../src/storage/talent/statistics/items.ts';
import { publishStatistics, THRESHOLDS } from '../../src/storage/talent/statistics/publish.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Statistics of cases: counted from the stream, closed by month, published with what is kept back. */

const ANCHOR = '2026-05-13';
const MONTHS = ['2025-12', '2026-01', '2026-02', '2026-03', '2026-04'];
const PLACES = [
  ['park_a', 'zone_x', 50],
  ['park_b', 'zone_x', 12],
  ['park_c', 'zone_x', 3],
  ['park_d', 'zone_y', 30],
  ['park_e', 'zone_y', 4],
  ['park_f', 'zone_z', 1],
] as const;

let system: TestSystem;
let execute: Execute;
let handler: typeof import('../../src/handlers/streams/case-changes.ts').handler;
let cases: readonly DemoCase[];

beforeAll(async () => {
  system = await startTestSystem();
  configure({
    mode: 'local',
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
  });
  ({ handler } = await import('../../src/handlers/streams/case-changes.ts'));
  execute = system.serve('talent', createTalentSubgraph);
  const types = caseTypeVersions(ANCHOR);
  const spread = PLACES.flatMap(([parkId, zoneId, weight]) => new Array(weight).fill({ parkId, zoneId }));
  cases = Array.from({ length: 400 }, (_, i) => {
    const made = caseOf(i + 1, ANCHOR, types, demoParks(SCALES.S));
    return { ...made, facts: { ...made.facts, ...spread[(i * 37) % spread.length] } };
  });
  const records = cases.flatMap(changesOf);
  await system.write(
    'talent',
    cases.flatMap(({ facts, events }) => [caseItem(facts), ...events.map((event) => caseEventItem(facts.id, event))]),
  );
  // In no order, and a third of them twice.
  const shuffled =
    fc.sample(fc.shuffledSubarray(records, { minLength: records.length }), { numRuns: 1, seed: 1 })[0] ?? [];
  const sent = [...shuffled, ...shuffled.slice(0, records.length / 3)];
  for (let at = 0; at < sent.length; at += 90) {
    expect(await handler(eventOf(sent.slice(at, at + 90)))).toEqual({ batchItemFailures: [] });
  }
});
afterAll(() => system.stop());

interface Change {
  readonly before: CaseItem | null;
  readonly after: CaseItem;
}

/** A case as it was written each time that something happened to it. */
function changesOf({ facts, events }: DemoCase): Change[] {
  let course: CaseCourse | null = null;
  let before: CaseItem | null = null;
  return events.map((event) => {
    course = afterEvent(course, event);
    if (!course) throw new Error('the log does not fold');
    const after = caseItem({ ...facts, course, waitingOn: WAITING_ON[course.state], updatedAt: event.at });
    const change = { before, after };
    before = after;
    return change;
  });
}

function eventOf(changes: readonly Change[]): DynamoDBStreamEvent {
  const image = (item: CaseItem) => marshall(item, { removeUndefinedValues: true }) as Record<string, never>;
  return {
    Records: changes.map(({ before, after }, i) => ({
      eventName: before ? 'MODIFY' : 'INSERT',
      dynamodb: {
        SequenceNumber: String(i),
        NewImage: image(after),
        ...(before ? { OldImage: image(before) } : {}),
      },
    })),
  };
}

test('each change is counted once, whatever comes twice and in whatever order', async () => {
  const expected = new Map(
    sumCaseCounts(cases.flatMap(countsOfCase)).map(({ kind, month, zoneId, parkId, route, add }) => [
      [kind, month, zoneId, parkId, route].join(),
      add,
    ]),
  );
  const counted = new Map<string, unknown>();
  for (const [key] of expected) {
    const [kind = '', month = ''] = key.split(',');
    const items = await readRange<CaseTallyItem>(system.table('talent'), {
      partition: talentPartitions.caseTallies(kind, month),
    });
    for (const item of items) counted.set([kind, month, item.zoneId, item.parkId, item.route].join(), tallyOf(item));
  }
  expect(counted).toEqual(expected);
});

const FIGURES = `fragment Figures on CaseFigures {
  period zone { id } park { id } route
  received { value suppressed } decided { value suppressed } approved { value suppressed } rejected { value suppressed }
  onTime { value suppressed } late { value suppressed } waiting { on cases { value suppressed } } medianDays ninetiethDays
}`;

interface Cell {
  readonly value: number | null;
  readonly suppressed: string | null;
}

/** All that is answered of a period: figures by `ALL`, by zone, park and route. */
async function published(kind: string, period: string, of: string) {
  const { data, errors } = await execute(
    `query ($kind: CaseKind!, $period: StatisticsPeriod!, $of: String) {
      caseStatistics(kind: $kind, period: $period, of: $of) {
        period from to threshold
        total { ...Figures }
        zones: figures(by: ZONE, first: 50) { nodes { ...Figures } }
        routes: figures(by: ROUTE, first: 50) { nodes { ...Figures } }
        x: figures(by: PARK, zone: "zone_x", first: 50) { nodes { ...Figures } }
        y: figures(by: PARK, zone: "zone_y", first: 50) { nodes { ...Figures } }
        z: figures(by: PARK, zone: "zone_z", first: 50) { nodes { ...Figures } }
      }
    } ${FIGURES}`,
    { kind, period, of },
  );
  expect(errors).toBeUndefined();
  return data.caseStatistics;
}

/** The cells of an answer, by what is counted. */
function cellsOf(figures: Record<string, Cell> & { waiting: { on: string; cases: Cell }[] }): Map<string, Cell> {
  const counts = ['received', 'decided', 'approved', 'rejected', 'onTime', 'late'];
  return new Map([
    ...counts.map((name) => [name, figures[name] as Cell] as const),
    ...figures.waiting.map(({ on, cases }) => [`waiting ${on}`, cases] as const),
  ]);
}

describe('what is published', () => {
  beforeAll(async () => {
    for (const kind of CASE_KINDS) {
      const now = new Date('2026-05-03T01:00:00Z');
      const table = system.table('talent');
      expect(await publishStatistics(table, kind, MONTHS[0] ?? '', now)).toEqual([MONTHS[0]]);
      expect(await publishStatistics(table, kind, MONTHS.at(-1) ?? '', now)).toEqual([
        '2026-01',
        '2026-02',
        '2026-03',
        '2026-Q1',
        '2026-04',
      ]);
      expect(await publishStatistics(table, kind, MONTHS.at(-1) ?? '', now)).toEqual([]);
    }
  });

  test('no cell of few is shown, and no difference of a place and what is within it tells of few', async () => {
    for (const kind of CASE_KINDS) {
      const least = THRESHOLDS[kind];
      for (const of of [...MONTHS, '2026-Q1']) {
        const answer = await published(kind, of.includes('Q') ? 'QUARTER' : 'MONTH', of);
        expect(answer.threshold).toBe(least);
        const zones: { zone: { id: string } }[] = answer.zones.nodes;
        const parksOf = (zone: string) => answer[zone.slice(-1)].nodes;
        const trees = [
          { outer: answer.total, parts: zones, inner: [...zones, ...zones.flatMap(({ zone }) => parksOf(zone.id))] },
          { outer: answer.total, parts: answer.routes.nodes, inner: answer.routes.nodes },
          ...zones.map((zone) => ({ outer: zone, parts: parksOf(zone.zone.id), inner: parksOf(zone.zone.id) })),
        ];
        for (const { outer, parts, inner } of trees) {
          for (const [name, { value, suppressed }] of cellsOf(outer as never)) {
            expect(value === null).toBe(suppressed !== null);
            if (value === null) continue;
            expect(value > 0 && value < least).toBe(false);
            const ofParts = parts.map((part: never) => cellsOf(part).get(name));
            if (ofParts.every((cell: Cell | undefined) => cell?.value != null)) continue;
            for (const within of inner) {
              const shown = cellsOf(within as never).get(name)?.value;
              if (shown != null) expect(value - shown > 0 && value - shown < least).toBe(false);
            }
          }
        }
      }
    }
  });

  test('a quarter less the months that are shown tells of few neither', async () => {
    let compared = 0;
    for (const kind of CASE_KINDS) {
      const quarter = await published(kind, 'QUARTER', '2026-Q1');
      const months = await Promise.all(MONTHS.slice(1, 4).map((month) => published(kind, 'MONTH', month)));
      for (const list of ['zones', 'routes', 'x', 'y', 'z']) {
        for (const [i, whole] of quarter[list].nodes.entries()) {
          const same = (node: { zone: unknown; park: unknown; route: unknown }) =>
            JSON.stringify([node.zone, node.park, node.route]) ===
            JSON.stringify([whole.zone, whole.park, whole.route]);
          const parts = months.map((month) => month[list].nodes.find(same));
          for (const [name, { value }] of cellsOf(whole)) {
            if (value === null || name.startsWith('waiting')) continue;
            const shown = parts.map((part) => (part ? cellsOf(part).get(name)?.value : 0));
            const rest = value - shown.reduce((sum: number, n) => sum + (n ?? 0), 0);
            if (shown.some((n) => n === null))
              expect([i, name, rest > 0 && rest < THRESHOLDS[kind]]).toEqual([i, name, false]);
            compared += 1;
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  test('what arrives for a closed month is counted in the first open one, and what is published stays', async () => {
    const before = await published('HUKOU', 'MONTH', '2026-04');
    const late = cases.find(({ facts }) => facts.kind === 'HUKOU' && facts.course.state === 'DRAFT') ?? cases[0];
    if (!late) throw new Error('there is a case');
    const at = '2026-04-30T10:00:00.000Z';
    const course = { ...late.facts.course, state: 'SUBMITTED' as const, version: 2, submittedOn: '2026-04-30' };
    const draft = caseItem({ ...late.facts, course: { ...course, state: 'DRAFT', version: 1, submittedOn: null } });
    await system.write('talent', [caseEventItem(late.facts.id, { sequence: 2, kind: 'SUBMITTED', at })]);
    const after = caseItem({ ...late.facts, course, waitingOn: 'AGENCY', updatedAt: at });
    await handler(eventOf([{ before: draft, after }]));
    expect(await published('HUKOU', 'MONTH', '2026-04')).toEqual(before);
    const open = await readRange<CaseTallyItem>(system.table('talent'), {
      partition: talentPartitions.caseTallies('HUKOU', '2026-05'),
    });
    const counts = sumCaseCounts(cases.flatMap(countsOfCase)).filter(
      ({ kind, month }) => kind === 'HUKOU' && month === '2026-05',
    );
    const sum = (tallies: readonly { readonly received: number }[]) =>
      tallies.reduce((n, { received }) => n + received, 0);
    expect(sum(open.map(tallyOf))).toBe(sum(counts.map(({ add }) => add)) + 1);
  });

  test('a park answers with its own row, and what is not published is null', async () => {
    const { data } = await execute(
      `{ _entities(representations: [{ __typename: "Park", id: "park_a" }, { __typename: "Park", id: "park_none" }]) {
        ... on Park { last: caseStatistics(kind: HUKOU, period: MONTH) { period } none: caseStatistics(kind: HUKOU, period: MONTH, of: "2019-01") { period } }
      } }`,
    );
    expect(data._entities).toEqual([
      { last: { period: '2026-04' }, none: null },
      { last: null, none: null },
    ]);
    const wrong = await execute('{ caseStatistics(kind: HUKOU, period: MONTH, of: "April") { period } }');
    expect(wrong.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
