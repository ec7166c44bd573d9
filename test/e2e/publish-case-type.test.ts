import type { CaseTypeFacts } from '../../src/domain/case-types/case-type.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { MAX_TRIES } from '../../src/storage/dynamodb/client/dynamo.ts';
import { casePolicyItem } from '../../src/storage/talent/case-types/case-policies.ts';
import { caseDocumentItem, policyCaseTypesItem } from '../../src/storage/talent/items.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

let system: TestSystem;
let ask: Execute;
const POLICY = 'policy_sample-housing';
const OTHER_POLICY = 'policy_sample-talents';
const BEFORE: CaseTypeFacts = { ...TALENT_APARTMENT, policyId: POLICY };
const OFFICER: Viewer = {
  kind: 'officer',
  person: 'officer-1',
  agency: 'HOUSING',
  zone: 'zone_teda',
  roles: ['PUBLISH'],
};
const APPLICANT: Viewer = { kind: 'applicant', person: 'applicant-1' };

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [
    ...caseTypeItems(BEFORE),
    policyCaseTypesItem(POLICY, [BEFORE.id]),
    casePolicyItem({
      policyId: POLICY,
      homeZoneIds: ['zone_teda'],
      inForce: [{ number: 1, from: '2018-01-01', to: null, rule: null }],
      sourceVersion: 1,
    }),
  ]);
});
afterAll(() => system.stop());

const SAMPLES = [false, true].map((owns) => ({
  name: `owns: ${owns}`,
  on: '2020-03-16',
  facts: [{ fact: 'ownsDwelling', yes: owns }],
  truth: owns ? 'NOT_MET' : 'MET',
}));

let keys = 0;
const newKey = () => `publishing-${keys++}`;

/** As an officer states it who changes nothing else of the version before. */
function input(change: Readonly<Record<string, unknown>> = {}) {
  const { id, version, kind, route, name, policyId, requiredDocuments, opinionsFrom, limits, retentionYears } = BEFORE;
  return {
    idempotencyKey: newKey(),
    caseType: id,
    version,
    kind,
    route,
    name,
    policy: policyId,
    requiredDocuments,
    opinionsFrom,
    rule: JSON.stringify(BEFORE.rule),
    samples: SAMPLES,
    limits,
    retentionYears,
    ...change,
  };
}

async function publish(change: Readonly<Record<string, unknown>>, viewer = OFFICER) {
  const { data, errors } = await ask(
    `mutation ($input: PublishCaseTypeInput!) { publishCaseType(input: $input) {
      caseType { id version publishedAt requiredDocuments { code } terms { term } }
      userErrors { code field message }
    } }`,
    { input: input(change) },
    { viewer },
  );
  expect(errors).toBeUndefined();
  return data.publishCaseType;
}

const CASE = 'id version state caseType { version } documents { code status }';
async function change(name: string, given: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { case { ${CASE} } userErrors { code message } } }`,
    { input: { idempotencyKey: newKey(), ...given } },
    { viewer: APPLICANT, locale: 'ZH' },
  );
  expect(errors).toBeUndefined();
  return data[name];
}
const open = () =>
  change('openCase', {
    caseType: BEFORE.id,
    zone: 'zone_teda',
    relation: 'SELF',
    ownsDwelling: false,
    applicant: { name: '张某某', idNumber: syntheticResidentId('19900101', 7), phone: '13800000000' },
  });

const PASSPORT = {
  code: 'passport',
  name: { zh: '护照', ja: '旅券', en: 'Passport' },
  required: true,
  maxBytes: 1_000_000,
  mediaTypes: ['image/png'],
};

/** As if it had been handed in: `case-documents.test.ts` tells how that goes. */
function handInContract(id: string) {
  const received = { status: 'RECEIVED', version: 1, sha256: 'ab'.repeat(32) } as const;
  const documents = BEFORE.requiredDocuments.map(({ code, name }) => caseDocumentItem(id, { code, name, ...received }));
  return system.write('talent', documents);
}

test('a running case keeps the version that it was opened under, a new one is taken under the version after', async () => {
  const first = (await open()).case;
  const requiredDocuments = [...BEFORE.requiredDocuments, PASSPORT];
  const published = await publish({ requiredDocuments });
  expect(published).toEqual({
    caseType: {
      id: BEFORE.id,
      version: 2,
      publishedAt: '2020-03-17T02:00:00.000Z',
      requiredDocuments: [{ code: 'employment-contract' }, { code: 'passport' }],
      terms: [{ term: 'no-dwelling' }],
    },
    userErrors: [],
  });

  await handInContract(first.id);
  expect(await change('submitCase', { case: first.id })).toMatchObject({
    case: { state: 'SUBMITTED', caseType: { version: 1 }, documents: [{ code: 'employment-contract' }] },
    userErrors: [],
  });
  const second = (await open()).case;
  expect(second).toMatchObject({
    caseType: { version: 2 },
    documents: [{ code: 'employment-contract' }, { code: 'passport' }],
  });
  await handInContract(second.id);
  expect(await change('submitCase', { case: second.id })).toMatchObject({
    case: null,
    userErrors: [{ code: 'NOT_ALLOWED', message: '缺少材料：护照。' }],
  });

  const { data } = await ask(
    `query ($id: ID!) {
      first: caseType(id: $id, version: 1) { ...said }
      current: caseType(id: $id) { ...said }
      none: caseType(id: $id, version: 3) { ...said }
      nothing: caseType(id: "", version: 1) { ...said }
    }
    fragment said on CaseType { version publishedAt requiredDocuments { code maxBytes mediaTypes } }`,
    { id: BEFORE.id },
  );
  expect(data).toMatchObject({
    first: { version: 1, publishedAt: null, requiredDocuments: [{ code: 'employment-contract' }] },
    current: {
      version: 2,
      requiredDocuments: [
        {
          code: 'employment-contract',
          maxBytes: 10_000_000,
          mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'],
        },
        { code: 'passport', maxBytes: 1_000_000, mediaTypes: ['image/png'] },
      ],
    },
    none: null,
    nothing: null,
  });
});

test('the same key with the same input is published once, with another input not at all', async () => {
  const id = 'ctype_housing-once';
  const asked = { caseType: id, version: null, idempotencyKey: newKey() };
  const first = await publish(asked);
  expect(first).toMatchObject({ caseType: { id, version: 1 }, userErrors: [] });
  const calls = await system.dynamo.during(async () => expect(await publish(asked)).toEqual(first));
  expect(calls.map(({ command }) => command)).not.toContain('TransactWrite');
  expect(await publish({ ...asked, retentionYears: 3 })).toMatchObject({
    caseType: null,
    userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
  });
});

test('of two officers at once one publishes, and the other is told of it', async () => {
  const id = 'ctype_housing-both';
  await publish({ caseType: id, version: null });
  const answers = await Promise.all(
    [3, 4, 5].map((retentionYears) => publish({ caseType: id, version: 1, retentionYears })),
  );
  const refused = answers.filter(({ caseType }) => caseType === null);
  expect(answers.filter(({ caseType }) => caseType?.version === 2)).toHaveLength(1);
  expect(refused).toHaveLength(2);
  for (const { userErrors } of refused) {
    expect(userErrors).toEqual([
      {
        code: 'VERSION_CONFLICT',
        field: ['version'],
        message: 'The current version is 2. It was published at 2020-03-17T02:00:00.000Z by HOUSING.',
      },
    ]);
  }
});

test('who publishes between another one’s reading and writing is named to them, and nothing of theirs is written', async () => {
  const id = 'ctype_housing-between';
  await publish({ caseType: id, version: null });
  const colleague: Viewer = { kind: 'admin', person: 'admin-1' };
  system.dynamo.beforeNextTransaction(() => publish({ caseType: id, version: 1, retentionYears: 20 }, colleague));
  expect(await publish({ caseType: id, version: 1, policy: OTHER_POLICY })).toMatchObject({
    caseType: null,
    userErrors: [
      {
        code: 'VERSION_CONFLICT',
        message: expect.stringMatching(/^The current version is 2\..* by an administrator\.$/),
      },
    ],
  });
  const { data } = await ask(
    `query ($id: ID!) { caseType(id: $id) { version retentionYears policy { id } } none: caseType(id: $id, version: 3) { id } }`,
    { id },
  );
  expect(data).toEqual({ caseType: { version: 2, retentionYears: 20, policy: { id: POLICY } }, none: null });
});

test('a version whose answer was lost on its way is there once, and answered', async () => {
  const id = 'ctype_housing-lost';
  system.dynamo.loseAnswers(MAX_TRIES);
  const answer = await publish({ caseType: id, version: null });
  expect(system.dynamo.answersLost()).toBe(MAX_TRIES);
  expect(answer).toMatchObject({ caseType: { id, version: 1 }, userErrors: [] });
  const { data } = await ask(
    `query ($id: ID!) { one: caseType(id: $id) { version } two: caseType(id: $id, version: 2) { id } }`,
    { id },
  );
  expect(data).toEqual({ one: { version: 1 }, two: null });
});

test('a case type stands in the list of the policy that it carries out, and in no other', async () => {
  const id = 'ctype_housing-moved';
  const listed = async () => {
    const { data } = await ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Policy { caseTypes { id version } } } }`,
      { of: [POLICY, OTHER_POLICY].map((policy) => ({ __typename: 'Policy', id: policy })) },
    );
    return data._entities.map(({ caseTypes }: { caseTypes: { id: string; version: number }[] }) =>
      caseTypes.flatMap((type) => (type.id === id ? [type.version] : [])),
    );
  };
  await publish({ caseType: id, version: null });
  expect(await listed()).toEqual([[1], []]);
  await publish({ caseType: id, version: 1, policy: OTHER_POLICY });
  expect(await listed()).toEqual([[], [2]]);
  await publish({ caseType: id, version: 2, policy: null });
  expect(await listed()).toEqual([[], []]);
  await publish({ caseType: id, version: 3, policy: OTHER_POLICY });
  expect(await listed()).toEqual([[], [4]]);
});

test('publishing is two reads and one transaction, in which all or nothing is written', async () => {
  const id = 'ctype_housing-whole';
  const calls = await system.dynamo.during(() => publish({ caseType: id, version: null }));
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'BatchGet', 'TransactWrite']);
});

test('who does not decide these cases publishes nothing of them', async () => {
  const change = { version: 2, retentionYears: 99 };
  const { caseType, userErrors } = await publish(change, { ...OFFICER, agency: 'PARK' } as Viewer);
  expect([caseType, userErrors[0].code]).toEqual([null, 'NOT_ALLOWED']);
  const others: Viewer[] = [{ ...OFFICER, roles: ['DECIDE'] } as Viewer, APPLICANT];
  for (const viewer of others) await expect(publish(change, viewer)).rejects.toThrow('FORBIDDEN');
  const { data } = await ask(`query ($id: ID!) { caseType(id: $id) { retentionYears } }`, { id: BEFORE.id });
  expect(data.caseType.retentionYears).toBe(10);
});

test('a version has its zones and a rule that its samples hold', async () => {
  const term = {
    term: 'no-dwelling',
    text: { zh: '无自有住房', ja: '持ち家なし', en: 'No dwelling' },
    is: { l: { fact: 'ownsDwelling' }, op: '=', r: false },
  };
  const sample = (owns: boolean, truth: string) => ({
    name: `owns: ${owns}`,
    on: '2020-03-16',
    facts: [{ fact: 'ownsDwelling', yes: owns }],
    truth,
  });
  const samples = [sample(false, 'MET'), sample(true, 'NOT_MET')];
  const rule = { language: 1, when: term };
  const stated = { caseType: 'ctype_apartment-by-rule', version: null, policy: null };
  const given = (more: object) => ({ ...stated, zones: ['zone_teda'], rule: JSON.stringify(rule), samples, ...more });
  const misspelt = { ...rule, when: { ...term, is: { ...term.is, l: { fact: 'ownDwelling' } } } };
  for (const [wrong, field] of [
    [{ rule: JSON.stringify(misspelt) }, 'rule'],
    [{ samples: [] }, 'samples'],
    [{ samples: [...samples, sample(true, 'MET')] }, 'samples'],
    [{ rule: null }, 'samples'],
    [{ zones: [] }, 'zones'],
    [{ zones: ['zone_teda', 'zone_teda'] }, 'zones'],
    [{ zones: ['park_teda'] }, 'zones'],
  ] as const) {
    const { caseType, userErrors } = await publish(given(wrong));
    expect(caseType).toBeNull();
    expect(userErrors[0]).toMatchObject({ code: 'INVALID', field: [field] });
  }
  expect((await publish(given({}))).userErrors).toEqual([]);
  const { data } = await ask('{ caseType(id: "ctype_apartment-by-rule") { zones { id } rule } }');
  expect(data.caseType.zones).toEqual([{ id: 'zone_teda' }]);
  expect(JSON.parse(data.caseType.rule)).toEqual(rule);
});
