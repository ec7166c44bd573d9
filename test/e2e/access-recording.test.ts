import { ulidTime } from '../../src/domain/ids.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { openAccessRecorder } from '../../src/storage/talent/access-log/record.ts';
import { waitingEntries } from '../fixtures/access-log.ts';
import { APPLICANT, CASE_TYPES, makeCase, PARK, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** Access to another's case is recorded before anything is shown. */

let system: TestSystem;
let talent: Execute;

/** Two cases a person. */
const CASES = Array.from({ length: 50 }, (_, i) =>
  makeCase(i, 'UNDER_REVIEW', `2020-03-01T00:00:${String(i).padStart(2, '0')}.000Z`, {
    applicantId: `person-${Math.floor(i / 2)}`,
  }),
);
const OWN = makeCase(90, 'UNDER_REVIEW', '2020-02-01T00:00:00.000Z', { applicantId: APPLICANT, parkId: 'park_other' });

const OFFICER: Viewer = { kind: 'officer', person: 'officer-1', agency: 'HRSS', zone: ZONE, roles: ['REVIEW'] };

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [...CASE_TYPES, ...[...CASES, OWN].flatMap(({ items }) => items)]);
});
afterAll(() => system.stop());

const CASE = 'query ($id: ID) { case(id: $id) { id state applicant { name } } }';
const PAGE = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Park { cases(first: 50) {
  nodes { id receiptNumber applicant { name } }
} } } }`;

const waiting = () => waitingEntries(system.table('talent'));

const commandsOf = async (run: () => Promise<unknown>) =>
  (await system.dynamo.during(run)).map(({ command }) => command);

test("an officer's access is one write more, and says who, what, of whom and why", async () => {
  const call = { viewer: OFFICER, requestId: 'req-1', purpose: 'review' };
  const commands = await commandsOf(() => talent(CASE, { id: CASES[0]!.id }, call));
  expect(commands).toEqual(['Query', 'Put']);
  const [entry, ...others] = (await waiting()).filter(({ requestId }) => requestId === 'req-1');
  expect(others).toEqual([]);
  expect(ulidTime(entry!.sk)).toBe(NOW.getTime());
  expect(entry).toMatchObject({
    viewer: OFFICER,
    purpose: 'review',
    subjects: ['person-0'],
    views: [{ full: ['TalentCase.applicant', 'TalentCase.id', 'TalentCase.state'], masked: ['Applicant.name'] }],
    cases: [[0, 0, CASES[0]!.id]],
  });
});

test.each<[string, Viewer]>([
  ['applicant', { kind: 'applicant', person: APPLICANT }],
  ['case holder', { kind: 'caseHolder', caseId: OWN.id }],
])("access to one's own case, as its %s, writes nothing", async (_, viewer) => {
  const commands = await commandsOf(async () => {
    const { data } = await talent(CASE, { id: OWN.id }, { viewer });
    expect(data.case.state).toBe('UNDER_REVIEW');
  });
  expect(commands).toEqual(['Query']);
});

test("another applicant and another case's holder are shown nothing, so there is nothing to record", async () => {
  for (const viewer of [
    { kind: 'applicant', person: 'person-0' },
    { kind: 'caseHolder', caseId: CASES[0]!.id },
  ] satisfies Viewer[]) {
    expect(await commandsOf(() => talent(CASE, { id: OWN.id }, { viewer }))).toEqual(['Query']);
  }
});

test('a page of fifty is one write, which names every one of them once', async () => {
  const call = { viewer: OFFICER, requestId: 'req-50' };
  const commands = await commandsOf(() => talent(PAGE, { of: [{ __typename: 'Park', id: PARK }] }, call));
  expect(commands).toEqual(['Query', 'BatchGet', 'Put']);
  const [entry] = (await waiting()).filter(({ requestId }) => requestId === 'req-50');
  expect(entry?.views).toHaveLength(1);
  expect(entry?.cases.map(([, , caseId]) => caseId).sort()).toEqual(CASES.map(({ id }) => id).sort());
  expect(entry?.subjects).toHaveLength(25);
});

test('access to a case by reference is recorded as well', async () => {
  const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on TalentCase { rating } } }';
  const of = [{ __typename: 'TalentCase', id: CASES[1]!.id }];
  expect(await commandsOf(() => talent(query, { of }, { viewer: OFFICER }))).toEqual(['BatchGet', 'Put']);
});

test('what shows nothing of a case writes nothing', async () => {
  const types = () => talent('{ caseTypes(first: 5) { nodes { id } } }', {}, { viewer: OFFICER });
  expect(await commandsOf(types)).toEqual(['Query', 'BatchGet']);
  const missing = () => talent(CASE, { id: 'case_01HB0000000000000000000000' }, { viewer: OFFICER });
  expect(await commandsOf(missing)).toEqual(['Query']);
});

test('where the access cannot be recorded, nothing is shown: also when the document is a well-used one', async () => {
  for (let times = 0; times < 12; times++) {
    system.dynamo.throttle('Put', 1);
    expect(await talent(CASE, { id: CASES[2]!.id }, { viewer: OFFICER })).toEqual({
      errors: [
        {
          message: 'The access could not be recorded, so nothing is shown.',
          extensions: { code: 'ACCESS_NOT_RECORDED' },
        },
      ],
    });
  }
});

test('past the deadline it is not recorded any more, and nothing is shown', async () => {
  const notes = openAccessRecorder(system.table('talent', { deadline: Date.now() - 1 }), {
    viewer: OFFICER,
    now: NOW,
    requestId: 'late',
    purpose: null,
  });
  notes.add({ subject: 'person-0', caseId: CASES[0]!.id, field: 'TalentCase.state', form: 'FULL' });
  await expect(notes.flush()).rejects.toMatchObject({ code: 'ACCESS_NOT_RECORDED' });
});
