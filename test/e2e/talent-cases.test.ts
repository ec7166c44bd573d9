import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import type { OutcomeRecord } from '../../src/storage/talent/items.ts';
import { APPLICANT, CASE_TYPES, ENTERPRISE, makeCase, PARK, POLICY, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

let system: TestSystem;
let ask: Execute;
/** Asked by the applicant, whose looks at their own cases nobody records, where nothing else is said. */
const talent: Execute = (query, variables, call) => ask(query, variables, { viewer: OWNER, ...call });
const OWNER: Viewer = { kind: 'applicant', person: APPLICANT };
const HANDLER: Viewer = { kind: 'officer', person: 'officer-1', agency: 'HRSS', zone: ZONE, roles: ['DECIDE'] };
const PARK_OFFICE: Viewer = { ...HANDLER, agency: 'PARK' };

/** Opened at ten instants; every second one is decided. */
const CASES = Array.from({ length: 10 }, (_, i) =>
  makeCase(i, i % 2 === 0 ? 'UNDER_REVIEW' : 'REJECTED', `2020-03-0${9 - Math.floor(i / 2)}T0${i}:00:00.000Z`),
);
const UNDER_REVIEW = CASES[0]!;
const REJECTED = CASES[1]!;
const ELSEWHERE = { parkId: 'park_other', enterpriseId: null };
const DRAFT = makeCase(20, 'DRAFT', '2020-02-01T00:00:00.000Z', ELSEWHERE);

const SHA256 = 'ab'.repeat(32);
/** One with each outcome. */
const OUTCOMES: readonly OutcomeRecord[] = [
  { kind: 'HukouPermit', permitNumber: 'P-1', documentSha256: SHA256, validTo: '2020-12-31' },
  { kind: 'HousingOffer', facilityKind: 'TALENT_APARTMENT', amount: '120000', documentSha256: SHA256 },
  {
    kind: 'SchoolPlace',
    schoolName: { zh: '示例小学', ja: 'サンプル小学校', en: 'Sample School' },
    schoolYear: 2020,
    documentSha256: SHA256,
  },
];
const DECIDED = OUTCOMES.map((outcome, i) =>
  makeCase(30 + i, 'UNDER_REVIEW', `2020-01-0${i + 1}T00:00:00.000Z`, { ...ELSEWHERE, outcome }),
);

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [...CASE_TYPES, ...[...CASES, DRAFT, ...DECIDED].flatMap(({ items }) => items)]);
});
afterAll(() => system.stop());

const CASE = `query ($id: ID, $receiptNumber: String, $locale: Locale) {
  case(id: $id, receiptNumber: $receiptNumber) {
    id receiptNumber kind route state stateLabel(locale: $locale) waitingOn nextAction(locale: $locale) handler
    applicant { name idNumber phone }
    beneficiary { relation label }
    deadlines { step promisedBy statutoryBy elapsed unit pauses { reason } breached calendarVersion provisional }
    timeline { sequence kind label(locale: $locale) at agency }
    documents { code name status version sha256 }
    opinions { agency verdict givenAt }
    decision { approved reasons }
    outcome { __typename }
    rating openedAt updatedAt version
    enterprise { id } park { id } policy { id }
  }
}`;

test('a case shows its whole course, and of its people masked forms only', async () => {
  const { data, errors } = await talent(CASE, { id: UNDER_REVIEW.id, locale: 'ZH' });
  expect(errors).toBeUndefined();
  expect(data.case).toMatchObject({
    id: UNDER_REVIEW.id,
    receiptNumber: UNDER_REVIEW.receiptNumber,
    state: 'UNDER_REVIEW',
    stateLabel: '审核中',
    waitingOn: 'AGENCY',
    nextAction: '有关部门出具意见，由受理机关作出决定。',
    handler: 'HRSS',
    applicant: { name: '张*', idNumber: '999***********1234', phone: '138****5678' },
    beneficiary: { relation: 'CHILD', label: '大宝' },
    documents: [{ code: 'degree', status: 'ASKED', version: null, sha256: null }],
    opinions: [
      { agency: 'HRSS', verdict: 'AGREE' },
      { agency: 'PSB', verdict: null, givenAt: null },
    ],
    decision: null,
    outcome: null,
    version: 5,
    enterprise: { id: ENTERPRISE },
    park: { id: PARK },
    policy: { id: POLICY },
  });
  expect(data.case.timeline.map(({ kind }: { kind: string }) => kind)).toEqual([
    'OPENED',
    'SUBMITTED',
    'ACCEPTED',
    'REVIEW_STARTED',
    'OPINION_GIVEN',
  ]);
  expect(data.case.timeline[4]).toMatchObject({ sequence: 5, label: '部门出具意见', agency: 'HRSS' });
});

test('its deadlines are those of the limits that it was accepted under, as of today', async () => {
  // Accepted on Monday 2020-03-09; today is Tuesday 2020-03-17.
  const { data } = await talent(CASE, { id: UNDER_REVIEW.id });
  expect(data.case.deadlines).toEqual({
    step: 'DECISION',
    promisedBy: '2020-03-23',
    statutoryBy: '2020-04-07',
    elapsed: 6,
    unit: 'WORKING_DAY',
    pauses: [],
    breached: false,
    calendarVersion: expect.stringMatching(/^chinese-days@/),
    provisional: false,
  });
  const late = await talent(CASE, { id: UNDER_REVIEW.id }, { now: new Date('2020-04-07T16:00:00.000Z') });
  expect(late.data.case.deadlines).toMatchObject({ breached: true });
});

test('a decided case says why, and which clock runs then', async () => {
  const { data } = await talent(CASE, { id: REJECTED.id });
  expect(data.case).toMatchObject({
    state: 'REJECTED',
    decision: { approved: false, reasons: ['No degree'] },
    nextAction: expect.stringContaining('reconsideration'),
    // Its type has no limit for delivery.
    deadlines: null,
  });
});

test('a draft without its recommendation waits for the employer', async () => {
  const { data } = await talent(CASE, { id: DRAFT.id }, { viewer: { kind: 'applicant', person: APPLICANT } });
  expect(data.case).toMatchObject({ waitingOn: 'EMPLOYER', nextAction: 'The employer gives its recommendation.' });
});

test('what comes of a case is of its own kind', async () => {
  const { data } = await talent(
    `query ($park: [_Any!]!) { _entities(representations: $park) { ... on Park { cases(first: 4) { nodes { outcome {
      __typename
      ... on HukouPermit { permitNumber validTo documentSha256 }
      ... on HousingOffer { facilityKind amount documentSha256 }
      ... on SchoolPlace { schoolName(locale: JA) schoolYear documentSha256 }
    } } } } } }`,
    { park: [{ __typename: 'Park', id: 'park_other' }] },
    { viewer: HANDLER },
  );
  const found = data._entities[0].cases.nodes.map(({ outcome }: { outcome: unknown }) => outcome);
  expect(found).toEqual([
    { __typename: 'SchoolPlace', schoolName: 'サンプル小学校', schoolYear: 2020, documentSha256: SHA256 },
    { __typename: 'HousingOffer', facilityKind: 'TALENT_APARTMENT', amount: '120000', documentSha256: SHA256 },
    { __typename: 'HukouPermit', permitNumber: 'P-1', validTo: '2020-12-31', documentSha256: SHA256 },
  ]);
});

test('a case with its file is one Query by id, and a Get before it by receipt number', async () => {
  const byId = await system.dynamo.during(() => talent(CASE, { id: UNDER_REVIEW.id }));
  expect(byId.map(({ command }) => command)).toEqual(['Query']);
  // The case of a receipt number never changes, so that a process remembers it.
  for (const expected of [['Get', 'Query'], ['Query']]) {
    const byReceipt = await system.dynamo.during(async () => {
      const { data } = await talent(CASE, { receiptNumber: UNDER_REVIEW.receiptNumber });
      expect(data.case.id).toBe(UNDER_REVIEW.id);
    });
    expect(byReceipt.map(({ command }) => command)).toEqual(expected);
  }
});

test('a question for the status reads the first part of the file alone', async () => {
  const status = 'state deadlines { step breached } timeline { sequence kind at } documents { code status } version';
  const { id } = UNDER_REVIEW;
  const whole = (await talent(`query ($id: ID) { case(id: $id) { ${status} opinions { agency } } }`, { id })).data.case;
  let short: Awaited<ReturnType<typeof talent>> | undefined;
  const calls = await system.dynamo.during(async () => {
    short = await talent(`query ($id: ID) { case(id: $id) { ${status} } }`, { id });
  });
  expect(calls).toMatchObject([{ input: { ExpressionAttributeValues: { ':a': 'CASE', ':b': 'EVENT$' } } }]);
  const { opinions, ...shared } = whole;
  expect(opinions).not.toEqual([]);
  expect(shared.timeline).not.toEqual([]);
  expect(short?.data.case).toEqual(shared);

  // Another part of the same question may need the whole file.
  const both = `query ($id: ID) { short: case(id: $id) { ${status} } long: case(id: $id) { timeline { kind } opinions { agency } } }`;
  const { data } = await talent(both, { id });
  expect(data).toMatchObject({ short: shared, long: { opinions } });
  expect(data.long.timeline).toHaveLength(shared.timeline.length);
});

test.each([
  { id: 'case_01HB0000000000000000000000' },
  { id: 'nonsense' },
  { id: '' },
  { receiptNumber: 'BHZ-TEST-9999' },
  { receiptNumber: '' },
])('there is no case %j', async (asked) => {
  expect(await talent(CASE, asked)).toEqual({ data: { case: null } });
});

test('a case is asked for in one way', async () => {
  for (const asked of [{}, { id: UNDER_REVIEW.id, receiptNumber: UNDER_REVIEW.receiptNumber }]) {
    const { errors } = await talent(CASE, asked);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  }
});

const LISTS = `query ($of: [_Any!]!, $state: CaseState, $first: Int!, $after: String) { _entities(representations: $of) {
  ... on Park { cases(state: $state, first: $first, after: $after) {
    nodes { id state } edges { cursor node { id } } pageInfo { hasNextPage endCursor }
  } }
  ... on Enterprise { cases(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage } } }
} }`;
const idsOf = (nodes: readonly { id: string }[]) => nodes.map(({ id }) => id);
const NEWEST_FIRST = CASES.toSorted((a, b) => (openedOf(a) < openedOf(b) ? 1 : -1));

function openedOf({ items }: (typeof CASES)[number]): string {
  const [head] = items;
  return head && 'openedAt' in head ? String(head.openedAt) : '';
}

test.each([
  [null, NEWEST_FIRST],
  ['REJECTED', NEWEST_FIRST.filter((one) => CASES.indexOf(one) % 2 === 1)],
])('the cases of a park in state %s come last opened first, in full pages', async (state, expected) => {
  const of = [{ __typename: 'Park', id: PARK }];
  const found: string[] = [];
  const sizes: number[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { data, errors } = await talent(LISTS, { of, state, first: 4, after }, { viewer: HANDLER });
    expect(errors).toBeUndefined();
    const { nodes, edges, pageInfo } = data._entities[0].cases;
    expect(edges.at(-1).cursor).toBe(pageInfo.endCursor);
    found.push(...idsOf(nodes));
    sizes.push(nodes.length);
    more = pageInfo.hasNextPage;
    after = pageInfo.endCursor;
  }
  expect(found).toEqual(idsOf(expected));
  expect(sizes.slice(0, -1).every((size) => size === 4)).toBe(true);
});

test("a park's page is one Query and one BatchGet, which other lists share, and the note of who looks", async () => {
  const of = [
    { __typename: 'Park', id: PARK },
    { __typename: 'Enterprise', id: ENTERPRISE },
  ];
  const calls = await system.dynamo.during(async () => {
    const { data } = await talent(LISTS, { of, first: 3 }, { viewer: PARK_OFFICE });
    expect(idsOf(data._entities[1].cases.nodes)).toEqual(idsOf(NEWEST_FIRST.slice(0, 3)));
  });
  expect(calls.map(({ command }) => command)).toEqual(['Query', 'Query', 'BatchGet', 'Put']);
});

test('a case keeps the version of its type, while new ones are taken under the current one', async () => {
  const { data } = await talent(
    `query ($id: ID) {
    case(id: $id) { caseType { id version name limits { promised } } }
    caseTypes(kind: HUKOU, first: 5) { nodes { id version } }
    all: caseTypes(first: 5) { nodes { id } }
  }`,
    { id: UNDER_REVIEW.id },
  );
  expect(data.case.caseType).toEqual({
    id: 'ctype_hukou-academic',
    version: 1,
    name: 'ctype_hukou-academic v1',
    limits: [{ promised: 10 }],
  });
  expect(data.caseTypes.nodes).toEqual([{ id: 'ctype_hukou-academic', version: 2 }]);
  expect(idsOf(data.all.nodes)).toEqual(['ctype_hukou-academic', 'ctype_talent-apartment']);
});

test('the case types of many policies are two BatchGets', async () => {
  const of = [POLICY, 'policy_other', 'policy_third'].map((id) => ({ __typename: 'Policy', id }));
  const calls = await system.dynamo.during(async () => {
    const { data } = await talent(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Policy { caseTypes { id } } } }`,
      { of },
    );
    expect(data._entities).toEqual([
      { caseTypes: [{ id: 'ctype_hukou-academic' }, { id: 'ctype_talent-apartment' }] },
      { caseTypes: [] },
      { caseTypes: [] },
    ]);
  });
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'BatchGet']);
});

test('past its deadline a request asks the store for nothing', async () => {
  const calls = await system.dynamo.during(async () => {
    const { errors } = await talent(CASE, { id: UNDER_REVIEW.id }, { deadline: Date.now() - 1 });
    expect(errors).toMatchObject([{ extensions: { code: 'DEADLINE_EXCEEDED' } }]);
  });
  expect(calls).toEqual([]);
});
