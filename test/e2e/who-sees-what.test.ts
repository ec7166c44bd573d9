import type { Agency } from '../../src/domain/cases/agency.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { APPLICANT, CASE_TYPES, ENTERPRISE, makeCase, PARK, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Each kind of viewer, a case, and every way to it: asked of the subgraph itself, past all that the gateway holds. */

let system: TestSystem;
let talent: Execute;

const MINE = makeCase(1, 'UNDER_REVIEW', '2020-03-09T00:00:00.000Z', {
  outcome: { kind: 'HukouPermit', permitNumber: 'P-1', documentSha256: 'ab'.repeat(32), validTo: null },
});
const DRAFT = makeCase(2, 'DRAFT', '2020-03-08T00:00:00.000Z');
const URGENT = makeCase(3, 'DRAFT', '2020-03-07T00:00:00.000Z', { route: 'URGENTLY_NEEDED' });
/** Another person's, of another zone, though in the same park: responsibility moved. */
const ELSEWHERE = makeCase(4, 'UNDER_REVIEW', '2020-03-06T00:00:00.000Z', {
  applicantId: 'applicant-2',
  zoneId: 'zone_baodi',
});
const CASES = [MINE, DRAFT, URGENT, ELSEWHERE];
const NEVER = 'case_01HB0000000000000000000000';

const officer = (agency: Agency, zone = ZONE): Viewer => ({ kind: 'officer', person: 'o-1', agency, zone, roles: [] });
const VIEWERS = {
  anonymous: { kind: 'anonymous' },
  applicant: { kind: 'applicant', person: APPLICANT },
  otherApplicant: { kind: 'applicant', person: 'applicant-3' },
  caseHolder: { kind: 'caseHolder', caseId: MINE.id },
  handling: officer('HRSS'),
  asked: officer('PSB'),
  parkOffice: officer('PARK'),
  zone: officer('EDU'),
  elsewhere: officer('HRSS', 'zone_baodi'),
  employer: { kind: 'clerk', person: 'k-1', enterprise: ENTERPRISE },
  otherEmployer: { kind: 'clerk', person: 'k-2', enterprise: 'ent_01HB0000000000000000000009' },
  partner: { kind: 'partner', zone: ZONE, key: 'key-1' },
  analyst: { kind: 'analyst', person: APPLICANT },
  admin: { kind: 'admin', person: APPLICANT },
} as const satisfies Record<string, Viewer>;
type Who = keyof typeof VIEWERS;
const WHO = Object.keys(VIEWERS) as Who[];

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [...CASE_TYPES, ...CASES.flatMap(({ items }) => items)]);
});
afterAll(() => system.stop());

const ask = (who: Who, query: string, variables = {}) => talent(query, variables, { viewer: VIEWERS[who] });
const idsOf = (connection: { nodes: { id: string }[] } | null) => connection?.nodes.map(({ id }) => id) ?? null;
const reference = (__typename: string, id: string) => ({ of: [{ __typename, id }] });

/** The ways to one case, each with the variables that lead to it. */
const WAYS = {
  'by id': { query: 'query ($id: ID) { found: case(id: $id) { id } }', to: (id: string) => ({ id }) },
  'by receipt number': {
    query: 'query ($receiptNumber: String) { found: case(receiptNumber: $receiptNumber) { id } }',
    to: (id: string) => ({ receiptNumber: CASES.find((each) => each.id === id)?.receiptNumber ?? 'BHZ-TEST-9999' }),
  },
  'as an entity': {
    query: 'query ($of: [_Any!]!) { found: _entities(representations: $of) { ... on TalentCase { id } } }',
    to: (id: string) => reference('TalentCase', id),
  },
};

/** Which of the four cases there are for whom. */
const SEEN: Readonly<Record<Who, readonly string[]>> = {
  anonymous: [],
  applicant: [MINE.id, DRAFT.id, URGENT.id],
  otherApplicant: [],
  caseHolder: [MINE.id],
  handling: [MINE.id],
  asked: [MINE.id],
  parkOffice: [MINE.id],
  zone: [MINE.id],
  elsewhere: [ELSEWHERE.id],
  employer: [URGENT.id],
  otherEmployer: [],
  partner: [],
  analyst: [],
  admin: [],
};

test.each(WHO)(
  'for %s there are the same cases by every way, and all others are as if there were none',
  async (who) => {
    for (const { query, to } of Object.values(WAYS)) {
      for (const id of [...CASES.map((each) => each.id), NEVER]) {
        const answer = await ask(who, query, to(id));
        const found = [answer.data.found].flat()[0];
        expect(found).toEqual(SEEN[who].includes(id) ? { id } : null);
        expect(answer.errors).toBeUndefined();
        if (!SEEN[who].includes(id)) expect(answer).toEqual(await ask(who, query, to(NEVER)));
      }
    }
  },
);

test('many foreign ids at once are one BatchGet and nothing', async () => {
  const of = CASES.map(({ id }) => ({ __typename: 'TalentCase', id }));
  const calls = await system.dynamo.during(async () => {
    const { data } = await ask(
      'otherApplicant',
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on TalentCase { id } } }',
      { of },
    );
    expect(data).toEqual({ _entities: [null, null, null, null] });
  });
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet']);
});

const LIST = `query ($of: [_Any!]!, $state: CaseState) { _entities(representations: $of) {
  ... on Park { cases(state: $state, first: 2) { nodes { id } pageInfo { hasNextPage } } }
  ... on Enterprise { cases(first: 2) { nodes { id } pageInfo { hasNextPage } } }
} }`;

const OF_PARK: Partial<Record<Who, readonly string[]>> = {
  handling: [MINE.id],
  asked: [MINE.id],
  parkOffice: [MINE.id],
  zone: [MINE.id],
  elsewhere: [ELSEWHERE.id],
};

test.each(WHO)("a park's list holds for %s what is theirs to see, in full pages", async (who) => {
  for (const state of [undefined, 'UNDER_REVIEW']) {
    const { data } = await ask(who, LIST, { ...reference('Park', PARK), state });
    expect(idsOf(data._entities[0].cases)).toEqual(OF_PARK[who] ?? null);
  }
});

test.each(WHO)("an enterprise's list holds for %s what is theirs to see", async (who) => {
  const lists: Partial<Record<Who, readonly string[]>> = { parkOffice: [MINE.id], employer: [URGENT.id] };
  const { data } = await ask(who, LIST, reference('Enterprise', ENTERPRISE));
  expect(idsOf(data._entities[0].cases)).toEqual(lists[who] ?? null);
});

const ALL = `query ($id: ID) { case(id: $id) {
  id state receiptNumber nextAction handler version
  applicant { name idNumber phone } beneficiary { relation label }
  deadlines { step } timeline { kind } documents { code } opinions { agency } outcome { __typename } enterprise { id }
} }`;
const MASKED = { name: '张*', idNumber: '999***********1234', phone: '138****5678' };
const WHOLE = {
  receiptNumber: MINE.receiptNumber,
  applicant: MASKED,
  beneficiary: { relation: 'CHILD', label: '大宝' },
  documents: [{ code: 'degree' }],
  opinions: [{ agency: 'HRSS' }, { agency: 'PSB' }],
  outcome: { __typename: 'HukouPermit' },
  enterprise: { id: ENTERPRISE },
};
const NOTHING = {
  receiptNumber: null,
  applicant: null,
  beneficiary: null,
  documents: null,
  opinions: null,
  outcome: null,
};

test.each<[Who, string, object, readonly string[] | undefined]>([
  ['applicant', MINE.id, WHOLE, ['Applicant.idNumber', 'Applicant.name', 'Applicant.phone']],
  ['caseHolder', MINE.id, WHOLE, ['Applicant.idNumber', 'Applicant.name', 'Applicant.phone']],
  ['handling', MINE.id, WHOLE, ['Applicant.idNumber', 'Applicant.name', 'Applicant.phone']],
  [
    'asked',
    MINE.id,
    { ...WHOLE, applicant: { ...MASKED, phone: null }, beneficiary: { relation: 'CHILD', label: null }, outcome: null },
    ['Applicant.idNumber', 'Applicant.name'],
  ],
  ['zone', MINE.id, { ...NOTHING, enterprise: null, deadlines: { step: 'DECISION' } }, undefined],
  [
    'employer',
    URGENT.id,
    {
      ...NOTHING,
      applicant: { name: '张*', idNumber: null, phone: null },
      nextAction: 'The employer gives its recommendation.',
      handler: null,
      deadlines: null,
      timeline: null,
      enterprise: { id: ENTERPRISE },
    },
    ['Applicant.name'],
  ],
])('%s sees of a case what the table says, and is told what is masked', async (who, id, expected, masked) => {
  const { data, errors, extensions } = await ask(who, ALL, { id });
  expect(errors).toBeUndefined();
  expect(data.case).toMatchObject({ id, ...expected });
  expect(extensions?.masked).toEqual(masked);
});

test("one's own case is one Query; whoever else sees it leaves a note of just what they were shown", async () => {
  for (const [who, commands] of [
    ['applicant', ['Query']],
    ['caseHolder', ['Query']],
    ['otherApplicant', ['Query']],
    ['zone', ['Query', 'Put']],
  ] as const) {
    const calls = await system.dynamo.during(() => ask(who, ALL, { id: MINE.id }));
    expect(calls.map(({ command }) => command)).toEqual(commands);
  }
});

test('a purpose opens nothing to an officer in passing: a full value is revealed, one by one', async () => {
  const { data } = await talent(ALL, { id: MINE.id }, { viewer: VIEWERS.handling, purpose: 'CASE_HANDLING' });
  expect(data.case.applicant).toEqual(MASKED);
});
