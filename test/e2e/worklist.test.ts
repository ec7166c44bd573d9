import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import type { Agency } from '../../src/domain/cases/agency.ts';
import type { OfficerRole, Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { workItem } from '../../src/storage/talent/items.ts';
import { waitingEntries } from '../fixtures/access-log.ts';
import { CASE_TYPES, makeCase, workOfCase, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** What an agency has to do: whose list it is, in which order, and at what cost. */

let system: TestSystem;
let talent: Execute;

const TODAY = dayInShanghai(NOW);
const officer = (agency: Agency, person = 'o-1', roles: OfficerRole[] = ['REVIEW'], zone = ZONE): Viewer => ({
  kind: 'officer',
  person,
  agency,
  zone,
  roles,
});

/** Opened a day apart, so that no two are due on one day if both fall on working days: twenty of them after they were accepted. */
const CASES = ['02-10', '02-12', '02-17', '03-02', '03-09', '03-16'].map((day, i) =>
  makeCase(i, 'UNDER_REVIEW', `2020-${day}T02:00:00.000Z`, { applicantId: `person-${i}` }),
);
/** Decided, and waiting to be delivered: of a type that has no limit for that. */
const WITHOUT_CLOCK = makeCase(10, 'REJECTED', '2020-01-06T02:00:00.000Z', { applicantId: 'person-10' });
const ELSEWHERE = makeCase(11, 'UNDER_REVIEW', '2020-02-11T02:00:00.000Z', { zoneId: 'zone_baodi' });

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  const all = [...CASES, WITHOUT_CLOCK, ELSEWHERE];
  await system.write('talent', [...CASE_TYPES, ...all.flatMap((made) => [...made.items, ...workOfCase(made, TODAY)])]);
});
afterAll(() => system.stop());

const LIST = `query ($zone: ID!, $agency: Agency!, $state: CaseState, $dueBefore: Date, $first: Int!, $after: String) {
  worklist(zone: $zone, agency: $agency, state: $state, dueBefore: $dueBefore, first: $first, after: $after) {
    nodes { case { id receiptNumber applicant { name } } agency zone { id } state dueOn overdue claimedBy claimedAt }
    pageInfo { hasNextPage endCursor }
  }
}`;

const list = (viewer: Viewer, given: object = {}) => {
  const { agency = 'HRSS', zone = ZONE } = viewer.kind === 'officer' ? viewer : {};
  return talent(LIST, { zone, agency, first: 50, ...given }, { viewer });
};
const idsOf = (nodes: { case: { id: string } }[]) => nodes.map(({ case: of }) => of.id);

test('the oldest due comes first, and what has no due day last', async () => {
  const { data, errors } = await list(officer('HRSS'));
  expect(errors).toBeUndefined();
  const { nodes, pageInfo } = data.worklist;
  expect(idsOf(nodes)).toEqual([...CASES, WITHOUT_CLOCK].map(({ id }) => id));
  const dueDays = nodes.map(({ dueOn }: { dueOn: string | null }) => dueOn);
  expect(dueDays.slice(0, -1)).toEqual(dueDays.slice(0, -1).toSorted());
  expect(dueDays.at(-1)).toBeNull();
  expect(pageInfo.hasNextPage).toBe(false);
  expect(nodes[0]).toEqual({
    case: { id: CASES[0]!.id, receiptNumber: CASES[0]!.receiptNumber, applicant: { name: '张*' } },
    agency: 'HRSS',
    zone: { id: ZONE },
    state: 'UNDER_REVIEW',
    dueOn: '2020-03-09',
    overdue: true,
    claimedBy: null,
    claimedAt: null,
  });
  expect(nodes.map(({ overdue }: { overdue: boolean }) => overdue)).toEqual([
    true,
    true,
    true,
    ...Array(4).fill(false),
  ]);
});

test('a case that several agencies have to do with is in the list of each', async () => {
  const { data } = await list(officer('PSB'));
  expect(idsOf(data.worklist.nodes)).toEqual(CASES.map(({ id }) => id));
});

test('a list is read up to a day, by state, or both', async () => {
  const dueBefore = { dueBefore: '2020-03-11' };
  const before = await list(officer('HRSS'), dueBefore);
  expect(idsOf(before.data.worklist.nodes)).toEqual([CASES[0]!.id]);
  const including = await list(officer('HRSS'), { dueBefore: '2020-03-12', state: 'UNDER_REVIEW' });
  expect(idsOf(including.data.worklist.nodes)).toEqual([CASES[0]!.id, CASES[1]!.id]);
  const rejected = await list(officer('HRSS'), { state: 'REJECTED' });
  expect(idsOf(rejected.data.worklist.nodes)).toEqual([WITHOUT_CLOCK.id]);
  const none = await list(officer('HRSS'), { state: 'REJECTED', dueBefore: '2099-01-01' });
  expect(none.data.worklist.nodes).toEqual([]);
});

test('while its clock is paused nothing is overdue', async () => {
  const [work] = workOfCase(CASES[0]!, TODAY);
  const paused = { ...work!, caseId: CASES[0]!.id, agency: 'PARK' as const, state: 'SPECIAL_PROCEDURE' as const };
  await system.write('talent', [workItem(paused)]);
  const { data } = await list(officer('PARK'));
  expect(data.worklist.nodes).toEqual([expect.objectContaining({ dueOn: '2020-03-09', overdue: false })]);
});

test.each<[string, Viewer, object]>([
  ['an officer of another agency', officer('PSB'), { agency: 'HRSS' }],
  ['an officer of another zone', officer('HRSS', 'o-1', ['DECIDE'], 'zone_baodi'), { zone: ZONE }],
  ['an applicant', { kind: 'applicant', person: 'person-1' }, {}],
  ['a partner', { kind: 'partner', zone: ZONE, key: 'key-1' }, {}],
  ['an admin', { kind: 'admin', person: 'a-1' }, {}],
  ['nobody in particular', { kind: 'anonymous' }, {}],
])('%s is refused a list that is not theirs', async (_, viewer, given) => {
  const { data, errors } = await list(viewer, given);
  expect(data).toEqual({ worklist: null });
  expect(errors).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code: 'FORBIDDEN' }) })]);
});

test('a page costs one Query, one BatchGet and one write to the access log, however long the list is', async () => {
  const more = Array.from({ length: 60 }, (_, i) =>
    makeCase(100 + i, 'UNDER_REVIEW', `2020-03-10T02:${String(i).padStart(2, '0')}:00.000Z`, {
      applicantId: `person-${100 + i}`,
      zoneId: 'zone_baodi',
    }),
  );
  await system.write(
    'talent',
    more.flatMap((made) => [...made.items, ...workOfCase(made, TODAY)]),
  );
  const viewer = officer('PSB', 'o-1', ['REVIEW'], 'zone_baodi');
  for (const first of [1, 50]) {
    const calls = await system.dynamo.during(async () => {
      const { data } = await list(viewer, { first });
      expect(data.worklist.nodes).toHaveLength(first);
    });
    expect(calls.map(({ command }) => command)).toEqual(['Query', 'BatchGet', 'Put']);
  }
  const waiting = await waitingEntries(system.table('talent'));
  const entries = waiting.toSorted((a, b) => a.subjects.length - b.subjects.length);
  expect(entries.at(-1)!.subjects).toHaveLength(50);
  expect(entries.at(-1)!.views[0]!.full).toContain('WorkItem.dueOn');
});

test('who sees but what is due of a case has looked at it too', async () => {
  const query = `query { worklist(zone: "${ZONE}", agency: HRSS, first: 1) { nodes { dueOn } } }`;
  const calls = await system.dynamo.during(() => talent(query, {}, { viewer: officer('HRSS') }));
  expect(calls.map(({ command }) => command)).toEqual(['Query', 'BatchGet', 'Put']);
});
