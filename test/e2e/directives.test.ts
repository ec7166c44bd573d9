import fc from 'fast-check';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { enterpriseKeys } from '../../src/storage/tables.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** TEDA's epidemic headquarters issue directives; park offices and firms acknowledge them and comply. */

const TEDA = 'zone_teda';
const ISSUER = { code: 'teda', name: { zh: '开发区防疫指挥部' }, level: 'ZONE', zone: TEDA };
const CITY = { code: 'tianjin-headquarters', name: { zh: '天津市防疫指挥部' }, level: 'CITY' };
const OFFICER: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: TEDA, roles: ['PUBLISH'] };
const ELSEWHERE: Viewer = { ...OFFICER, person: 'o-2', zone: 'zone_baodi' };
const WITHOUT_ROLE: Viewer = { ...OFFICER, roles: ['TRACK'] };
const ADMIN: Viewer = { kind: 'admin', person: 'a-1' };
const NOW = new Date('2020-03-02T01:00:00.000Z');
const CONTENTS = {
  title: { zh: '疫情防控要求' },
  text: { zh: '请各单位落实以下措施。' },
  measures: [{ code: 'temperature-checks', text: { zh: '进园测温' } }],
};
const ACKNOWLEDGED = { state: 'ACKNOWLEDGED' };
const COMPLIED = {
  state: 'COMPLIED',
  proof: { zh: '已设置测温点' },
  documentNumber: '津开防〔2020〕7号',
  documentSha256: 'ab'.repeat(32),
};
const DECLINED = { state: 'DECLINED', reason: { zh: '缺少测温仪' } };

const INPUTS = {
  issueDirective: 'IssueDirectiveInput',
  reviseDirective: 'ReviseDirectiveInput',
  endDirective: 'EndDirectiveInput',
  answerDirective: 'AnswerDirectiveInput',
  answerDirectiveForPark: 'AnswerDirectiveForParkInput',
} as const;
type Mutation = keyof typeof INPUTS;

let system: TestSystem;
let serve: Execute;
let number = 8_000;
let keys = 0;
/** A park of TEDA with three firms, one for each test. */
let park: string;
let firms: readonly string[];

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('enterprises', createEnterprisesSubgraph);
});
afterAll(() => system.stop());
beforeEach(async () => {
  park = `park_directives-${number}`;
  const stay = { kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10, parkId: park } as const;
  const made = [0, 1, 2].map(() => enterpriseOf(number++, { residencies: [stay] }));
  firms = made.map(({ id }) => id).sort();
  await system.write('enterprises', [
    knownParkItem(park, TEDA),
    { ...enterpriseKeys.parkFigures(park), type: 'ParkFigures', parkId: park, listed: 3 } as never,
    ...made.flatMap(itemsOf),
  ]);
});

const clerkOf = (enterprise = ''): Viewer => ({ kind: 'clerk', person: `c-${enterprise}`, enterprise });

async function send(mutation: Mutation, input: object, viewer: Viewer) {
  const { data, errors } = await sent(mutation, input, viewer);
  expect(errors).toBeUndefined();
  return data[mutation];
}

async function sent(mutation: Mutation, input: object, viewer: Viewer) {
  const asked = mutation.startsWith('answer')
    ? 'answer { state version directiveVersion proof reason documentNumber at enterprise { id } park { id } directive { id } }'
    : 'directive { id version state number title dueOn issuer { code zone { id } } measures { code text } }';
  return serve(
    `mutation ($input: ${INPUTS[mutation]}!) { ${mutation}(input: $input) { ${asked} userErrors { code field } } }`,
    { input: { idempotencyKey: `directive-${keys++}`, ...input } },
    { viewer, now: new Date(NOW.getTime() + keys) },
  );
}

const stated = (change: object = {}) => ({
  number: '津开防指〔2020〕3号',
  issuer: ISSUER,
  audience: 'RESIDENTS',
  parks: [park],
  ...CONTENTS,
  ...change,
});
const issue = (change: object = {}, viewer: Viewer = OFFICER) => send('issueDirective', stated(change), viewer);
const issued = async (change: object = {}): Promise<string> => (await issue(change)).directive.id;

/** Answers for a firm; the first answer where no version of an answer is given. */
function answer(directive: string, enterprise: string, given: object, viewer = clerkOf(enterprise)) {
  return send('answerDirective', { directive, directiveVersion: 1, park, enterprise, ...given }, viewer);
}

async function read(type: string, id: string, selection: string, viewer: Viewer) {
  const { data, errors } = await serve(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`,
    { of: [{ __typename: type, id }] },
    { viewer, now: NOW },
  );
  expect(errors).toBeUndefined();
  return data._entities[0];
}
const COUNTS = 'compliance { park { id } addressed acknowledged complied declined office { state } }';
const compliance = async (id: string, viewer: Viewer = OFFICER) =>
  (await read('Directive', id, COUNTS, viewer)).compliance;
const outstanding = async (id: string, viewer: Viewer = OFFICER, page = '') =>
  (await read('Directive', id, `outstanding(park: "${park}"${page}) { enterprises { id } endCursor }`, viewer))
    .outstanding;
const idsOf = (page: { readonly enterprises: readonly { readonly id: string }[] }) =>
  page.enterprises.map(({ id }) => id);

test('a directive is issued, acknowledged and complied with, and shows who has not answered', async () => {
  const id = await issued({ dueOn: '2020-03-10' });
  const [one = '', two = '', three = ''] = firms;
  await answer(id, one, ACKNOWLEDGED);
  await answer(id, two, ACKNOWLEDGED);
  expect(await answer(id, two, { ...COMPLIED, version: 1 })).toEqual({
    answer: {
      state: 'COMPLIED',
      version: 2,
      directiveVersion: 1,
      proof: '已设置测温点',
      reason: null,
      documentNumber: '津开防〔2020〕7号',
      at: expect.any(String),
      enterprise: { id: two },
      park: { id: park },
      directive: { id },
    },
    userErrors: [],
  });
  const office = { directive: id, directiveVersion: 1, park, ...ACKNOWLEDGED };
  expect((await send('answerDirectiveForPark', office, OFFICER)).userErrors).toEqual([]);
  expect(await compliance(id)).toEqual([
    {
      park: { id: park },
      addressed: 3,
      acknowledged: 1,
      complied: 1,
      declined: 0,
      office: { state: 'ACKNOWLEDGED' },
    },
  ]);
  expect(idsOf(await outstanding(id))).toEqual([three]);
});

test('anybody reads the directives of a park, newest first, and only those concerned the answers', async () => {
  const [older, newer] = [await issued(), await issued({ number: '4' })];
  const [one = ''] = firms;
  await answer(newer, one, ACKNOWLEDGED);
  const anybody: Viewer = { kind: 'anonymous' };
  const listed = await read(
    'Park',
    park,
    'directives(first: 2) { nodes { id title state enterprises { id } } }',
    anybody,
  );
  const shown = { title: '疫情防控要求', state: 'IN_FORCE', enterprises: null };
  expect(listed.directives.nodes).toEqual([
    { id: newer, ...shown },
    { id: older, ...shown },
  ]);
  const answers = `answers(park: "${park}", first: 5) { nodes { state enterprise { id } } }`;
  const acknowledged = { nodes: [{ state: 'ACKNOWLEDGED', enterprise: { id: one } }] };
  for (const viewer of [OFFICER, ADMIN]) {
    expect((await read('Directive', newer, answers, viewer)).answers).toEqual(acknowledged);
  }
  for (const viewer of [anybody, ELSEWHERE, clerkOf(one)]) {
    const seen = await read('Directive', newer, `${COUNTS} ${answers}`, viewer);
    expect(seen).toEqual({ compliance: null, answers: null });
    expect(await outstanding(newer, viewer)).toBeNull();
  }
  const own = 'directiveAnswers(first: 5) { nodes { state } }';
  const seenBy = async (viewer: Viewer) => (await read('Enterprise', one, own, viewer)).directiveAnswers;
  expect(await seenBy(clerkOf(one))).toEqual({ nodes: [{ state: 'ACKNOWLEDGED' }] });
  expect(await seenBy(OFFICER)).toEqual({ nodes: [{ state: 'ACKNOWLEDGED' }] });
  for (const viewer of [clerkOf(firms[1]), ELSEWHERE]) expect(await seenBy(viewer)).toBeNull();
});

test("the officers of one park's zone see nothing of another zone's park", async () => {
  const away = `park_directives-away-${number}`;
  await system.write('enterprises', [knownParkItem(away, 'zone_baodi')]);
  const { directive } = await issue({ issuer: CITY, parks: [park, away] }, ADMIN);
  const parksSeenBy = async (viewer: Viewer) =>
    (await compliance(directive.id, viewer)).map((each: { park: { id: string } }) => each.park.id);
  expect(await parksSeenBy(OFFICER)).toEqual([park]);
  expect(await parksSeenBy(ELSEWHERE)).toEqual([away]);
  expect(await parksSeenBy(ADMIN)).toEqual([park, away]);
  expect(await outstanding(directive.id, ELSEWHERE)).toBeNull();
});

test('a revision is acknowledged anew, and an ended directive is answered no more', async () => {
  const id = await issued();
  const [one = ''] = firms;
  await answer(id, one, ACKNOWLEDGED);
  const revision = { directive: id, version: 1, ...CONTENTS, title: { zh: '修订后的要求' } };
  const revised = await send('reviseDirective', revision, OFFICER);
  expect(revised.directive).toMatchObject({ version: 2, title: '修订后的要求', number: '津开防指〔2020〕3号' });
  expect(idsOf(await outstanding(id))).toEqual(firms);
  expect((await answer(id, one, { ...COMPLIED, version: 1 })).userErrors).toEqual([
    { code: 'VERSION_CONFLICT', field: ['directiveVersion'] },
  ]);
  const second = { directiveVersion: 2, version: 1 };
  expect((await answer(id, one, { ...COMPLIED, ...second })).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: ['state'] },
  ]);
  expect((await answer(id, one, { ...ACKNOWLEDGED, ...second })).answer).toMatchObject({ directiveVersion: 2 });
  expect(await compliance(id)).toMatchObject([{ acknowledged: 1, complied: 0 }]);
  const ended = await send('endDirective', { directive: id, version: 2 }, OFFICER);
  expect(ended.directive).toMatchObject({ version: 3, state: 'ENDED' });
  const late = { ...COMPLIED, directiveVersion: 3, version: 2 };
  expect((await answer(id, one, late)).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['directive'] }]);
  expect((await send('reviseDirective', { ...revision, version: 3 }, OFFICER)).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
});

test('a directive to named firms is shown to each without the others, and answered by them alone', async () => {
  const [one = '', two = ''] = firms;
  const id = await issued({ audience: 'NAMED', enterprises: [one] });
  const named = async (viewer: Viewer) => (await read('Directive', id, 'enterprises { id }', viewer)).enterprises;
  expect(await named(clerkOf(one))).toEqual([{ id: one }]);
  expect(await named(clerkOf(two))).toBeNull();
  expect(idsOf(await outstanding(id))).toEqual([one]);
  const notAddressed = [{ code: 'NOT_FOUND', field: ['enterprise'] }];
  expect((await answer(id, two, ACKNOWLEDGED)).userErrors).toEqual(notAddressed);
  await answer(id, one, ACKNOWLEDGED);
  expect(idsOf(await outstanding(id))).toEqual([]);
  expect(await compliance(id)).toMatchObject([{ addressed: 1, acknowledged: 1 }]);
  const toOffices = await issued({ audience: 'PARK_OFFICES' });
  expect((await answer(toOffices, one, ACKNOWLEDGED)).userErrors).toEqual(notAddressed);
});

test('a page of outstanding firms costs one Query and one BatchGet for any number of residents', async () => {
  const id = await issued();
  const [one = '', two = '', three = ''] = firms;
  await answer(id, one, ACKNOWLEDGED);
  const first = await outstanding(id, OFFICER, ', first: 1');
  expect(idsOf(first)).toEqual([]);
  const before = system.dynamo.calls.length;
  const second = await outstanding(id, OFFICER, `, first: 2, after: "${first.endCursor}"`);
  expect(idsOf(second)).toEqual([two, three]);
  expect(system.dynamo.calls.length - before).toBeLessThanOrEqual(4);
  const foreign = await serve(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Directive {
      outstanding(park: "${park}", after: "${first.endCursor}") { endCursor } } } }`,
    { of: [{ __typename: 'Directive', id: await issued() }] },
    { viewer: OFFICER, now: NOW },
  );
  expect(foreign.errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
});

test.each([
  ['an officer of another zone', {}, ELSEWHERE, [{ code: 'NOT_ALLOWED', field: null }]],
  ["a city's directive by a zone's officer", { issuer: CITY }, OFFICER, [{ code: 'NOT_ALLOWED', field: null }]],
  ['another park', { parks: ['park_nowhere'] }, OFFICER, [{ code: 'NOT_FOUND', field: ['parks', '0'] }]],
  [
    "a zone's authority with another code",
    { issuer: { ...ISSUER, code: 'baodi' } },
    OFFICER,
    [{ code: 'INVALID', field: ['issuer', 'code'] }],
  ],
  ['no parks', { parks: [] }, OFFICER, [{ code: 'INVALID', field: ['parks'] }]],
  ['an empty number', { number: ' ' }, OFFICER, [{ code: 'INVALID', field: ['number'] }]],
  ['no measures', { measures: [] }, OFFICER, [{ code: 'INVALID', field: ['measures'] }]],
  [
    'a measure that comes twice',
    { measures: [...CONTENTS.measures, ...CONTENTS.measures] },
    OFFICER,
    [{ code: 'INVALID', field: ['measures', '1', 'code'] }],
  ],
  ['a day that is over', { dueOn: '2020-03-01' }, OFFICER, [{ code: 'INVALID', field: ['dueOn'] }]],
  ['names without NAMED', { enterprises: ['ent_1'] }, OFFICER, [{ code: 'INVALID', field: ['enterprises'] }]],
  ['NAMED without names', { audience: 'NAMED' }, OFFICER, [{ code: 'INVALID', field: ['enterprises'] }]],
  [
    'a named firm that does not reside in the park',
    { audience: 'NAMED', enterprises: ['ent_01HB0000000000000000000000'] },
    OFFICER,
    [{ code: 'NOT_FOUND', field: ['enterprises', '0'] }],
  ],
])('refuses a directive of %s', async (_, change, viewer, userErrors) => {
  expect(await issue(change, viewer)).toEqual({ directive: null, userErrors });
});

test("refuses a park outside the authority's zone, but not one of a zone below it", async () => {
  const away = `park_directives-away-${number}`;
  const below = `park_directives-below-${number}`;
  await system.write('enterprises', [
    knownParkItem(away, 'zone_baodi'),
    { ...knownParkItem(below, 'zone_baodi'), acceptorZoneId: TEDA } as never,
  ]);
  expect((await issue({ parks: [park, away] })).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['parks', '1'] }]);
  expect((await issue({ parks: [park, below] })).userErrors).toEqual([]);
});

test('only the issuing zone revises and ends a directive', async () => {
  const id = await issued();
  const refused = [{ code: 'NOT_ALLOWED', field: null }];
  expect((await send('reviseDirective', { directive: id, version: 1, ...CONTENTS }, ELSEWHERE)).userErrors).toEqual(
    refused,
  );
  expect((await send('endDirective', { directive: id, version: 1 }, ELSEWHERE)).userErrors).toEqual(refused);
  expect((await send('endDirective', { directive: id, version: 2 }, OFFICER)).userErrors).toEqual([
    { code: 'VERSION_CONFLICT', field: ['version'] },
  ]);
  const unknown = { directive: 'dir_01HB0000000000000000000000', version: 1 };
  expect((await send('endDirective', unknown, OFFICER)).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['directive'] },
  ]);
});

test('an officer without the role issues, revises, ends and answers no directive', async () => {
  const of = { directive: await issued(), version: 1 };
  const inputs = {
    issueDirective: stated(),
    reviseDirective: { ...of, ...CONTENTS },
    endDirective: of,
    answerDirectiveForPark: { directive: of.directive, directiveVersion: 1, park, ...ACKNOWLEDGED },
  };
  for (const [mutation, input] of Object.entries(inputs)) {
    const { errors } = await sent(mutation as Mutation, input, WITHOUT_ROLE);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});

test('a clerk answers for no other firm, and an officer of another zone for no office', async () => {
  const id = await issued();
  const [one = '', two = ''] = firms;
  const refused = [{ code: 'NOT_ALLOWED', field: null }];
  expect((await answer(id, one, ACKNOWLEDGED, clerkOf(two))).userErrors).toEqual(refused);
  const office = { directive: id, directiveVersion: 1, park, ...ACKNOWLEDGED };
  expect((await send('answerDirectiveForPark', office, ELSEWHERE)).userErrors).toEqual(refused);
  const elsewhere = { ...ACKNOWLEDGED, park: 'park_binhai-zhongguancun' };
  expect((await answer(id, one, elsewhere)).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['park'] }]);
  const unknown = 'dir_01HB0000000000000000000000';
  expect((await answer(unknown, one, ACKNOWLEDGED)).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['directive'] }]);
});

test.each([
  ['compliance without proof', { state: 'COMPLIED' }, 'proof'],
  ['a proof of what is declined', { ...DECLINED, proof: { zh: '证明' } }, 'proof'],
  ['no reason', { state: 'DECLINED' }, 'reason'],
  ['a document of what is declined', { ...DECLINED, documentNumber: '7' }, 'documentNumber'],
  ['an empty document number', { ...COMPLIED, documentNumber: ' ' }, 'documentNumber'],
  ['a hash of another form', { ...COMPLIED, documentSha256: 'AB' }, 'documentSha256'],
])('refuses an answer with %s', async (_, given, field) => {
  const id = await issued();
  const [one = ''] = firms;
  await answer(id, one, ACKNOWLEDGED);
  expect((await answer(id, one, { ...given, version: 1 })).userErrors).toContainEqual({
    code: 'INVALID',
    field: [field],
  });
});

test('repeated commands issue one directive and answer it once', async () => {
  const input = { idempotencyKey: 'one-directive-only', ...stated() };
  const { directive } = await send('issueDirective', input, OFFICER);
  expect((await send('issueDirective', input, OFFICER)).directive).toEqual(directive);
  const [one = ''] = firms;
  const given = { idempotencyKey: 'one-answer-only', ...ACKNOWLEDGED };
  const { answer: first } = await answer(directive.id, one, given);
  expect((await answer(directive.id, one, given)).answer).toEqual(first);
  expect(await compliance(directive.id)).toMatchObject([{ acknowledged: 1 }]);
});

test('answers that come together are counted exactly, and two of one firm count once', async () => {
  const id = await issued();
  const [one = '', two = '', three = ''] = firms;
  const answered = await Promise.all([one, one, two, three].map((firm) => answer(id, firm, ACKNOWLEDGED)));
  expect(answered.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(3);
  expect(await compliance(id)).toMatchObject([{ acknowledged: 3 }]);
});

/** What each state of an answer may be followed by, as the guide says it. */
const MODEL: Readonly<Record<string, readonly string[]>> = {
  NONE: ['ACKNOWLEDGED'],
  ACKNOWLEDGED: ['COMPLIED', 'DECLINED'],
  DECLINED: ['COMPLIED'],
  COMPLIED: [],
};
const GIVEN: Readonly<Record<string, object>> = { ACKNOWLEDGED, COMPLIED, DECLINED };

test('every course of answers goes as the model says, and the counts follow it', async () => {
  const steps = fc.array(fc.constantFrom('ACKNOWLEDGED', 'COMPLIED', 'DECLINED', 'REVISED'), { maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(steps, async (course) => {
      const id = await issued();
      const [one = ''] = firms;
      let [state, version, directiveVersion] = ['NONE', 0, 1];
      for (const step of course) {
        if (step === 'REVISED') {
          await send('reviseDirective', { directive: id, version: directiveVersion++, ...CONTENTS }, OFFICER);
          state = 'NONE';
          continue;
        }
        const input = { ...GIVEN[step], directiveVersion, ...(version > 0 && { version }) };
        const { userErrors } = await answer(id, one, input);
        const isAllowed = MODEL[state]?.includes(step) ?? false;
        expect(userErrors).toEqual(isAllowed ? [] : [{ code: 'NOT_ALLOWED', field: ['state'] }]);
        if (isAllowed) [state, version] = [step, version + 1];
      }
      expect(await compliance(id)).toMatchObject([
        {
          acknowledged: Number(state === 'ACKNOWLEDGED'),
          complied: Number(state === 'COMPLIED'),
          declined: Number(state === 'DECLINED'),
        },
      ]);
    }),
    { numRuns: 15 },
  );
});
