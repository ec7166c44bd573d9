import { MAX_SIMULATIONS_A_DAY } from '../../src/domain/policies/simulation.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { copyPolicyTerms } from '../../src/storage/enterprises/simulations/policy-terms.ts';
import { copyRelocations } from '../../src/storage/enterprises/simulations/relocation-copies.ts';
import { type PolicyItem, zoneItem } from '../../src/storage/parks/items.ts';
import { enterpriseKeys, type PrimaryKey, parkKeys } from '../../src/storage/tables.ts';
import { enterpriseOf, residentAlone } from '../fixtures/enterprise.ts';
import { publisherOf, publishing } from '../fixtures/publish-records.ts';
import { agreedMove } from '../fixtures/relocations.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** A zone's publisher simulates drafts over the enterprises of a park. */

const OFFICER = publisherOf('zone_north');
const residents = (park: string, first: number, count: number) =>
  Array.from({ length: count }, (_, i) =>
    enterpriseOf(first + i, {
      sector: i % 4 === 0 ? 'OTHER' : 'DIGITAL_ECONOMY',
      residencies: [{ parkId: park, kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 }],
    }),
  );

let system: TestSystem;
let ask: Execute;
beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('enterprises', createEnterprisesSubgraph);
  const facts = { name: { zh: '区', ja: '区', en: 'Zone' }, kind: 'BONDED', regionCode: '120116' } as const;
  await system.write('parks', [zoneItem({ ...facts, code: 'north', parentId: null, version: 1 })]);
  await system.write('enterprises', [
    ...['north', 'south'].map((zone) => knownParkItem(`park_${zone}`, `zone_${zone}`)),
    knownParkItem('park_small', 'zone_north'),
    ...residents('park_north', 7_000, 120).flatMap(residentAlone),
    ...residents('park_small', 8_000, 49).flatMap(residentAlone),
  ]);
});
afterAll(() => system.stop());

const text = { zh: '条', ja: '条', en: 'Term' };
const rule = (is: object) => JSON.stringify({ language: 1, when: { term: 'draft', text, is } });
const OTHERS = rule({ l: { fact: 'sector' }, op: '=', r: 'OTHER' });

let keys = 0;
async function simulate(input: object, now = NOW, viewer = OFFICER) {
  const { data, errors } = await ask(
    `mutation ($input: SimulatePolicyInput!) { simulatePolicy(input: $input) {
      simulation { population gaining losing undecided } userErrors { code field }
    } }`,
    { input: { idempotencyKey: `simulation-${keys++}`, park: 'park_north', rule: OTHERS, ...input } },
    { viewer, now },
  );
  expect(errors).toBeUndefined();
  return data.simulatePolicy;
}
const day = (number: number) => new Date(NOW.getTime() + number * 86_400_000);

test('a draft of a new policy gives about as many enterprises as meet it', async () => {
  const { simulation, userErrors } = await simulate({});
  expect(userErrors).toEqual([]);
  expect(simulation).toMatchObject({ population: 120, losing: 0, undecided: 0 });
  expect(Math.abs(simulation.gaining - 30)).toBeLessThanOrEqual(15);
});

test('a draft is compared with the version in force', async () => {
  const publish = publishing(system.serve('parks', createParksSubgraph), 'publishPolicyVersion', 'policy { id }');
  const { record } = await publish(
    {
      code: 'open-to-all',
      title: { zh: '措施' },
      issuer: { code: 'north', name: { zh: '管委会' }, level: 'ZONE', zone: 'zone_north' },
      homeZones: ['zone_north'],
      subject: 'ENTERPRISE',
      validFrom: '2020-02-10',
      clauses: [{ zh: '第一条' }],
      terms: {},
    },
    OFFICER,
  );
  const item = await readItem<PolicyItem>(system.table('parks'), parkKeys.policy(record.id));
  await copyPolicyTerms(system.table('enterprises'), item ? [item, item] : []);
  const { simulation } = await simulate({ policy: record.id });
  expect(simulation).toMatchObject({ population: 120, gaining: 0 });
  expect(Math.abs(simulation.losing - 90)).toBeLessThanOrEqual(15);
  // On a day before it was in force.
  expect((await simulate({ policy: record.id, on: '2020-02-09', rule: null })).simulation).toMatchObject({
    gaining: 120,
    losing: 0,
  });
});

test('a draft reads the relocations to the zone, for its officers alone', async () => {
  const moved = residents('park_north', 7_000, 60).map(({ id: enterpriseId }, i) => ({
    ...agreedMove('zone_south', 'zone_north', i % 2 === 0 ? 'GOVERNMENT' : 'MARKET'),
    ...{ id: `reloc_${i}`, enterpriseId },
  }));
  // A copy that comes twice, or late, changes nothing.
  await copyRelocations(system.table('enterprises'), moved);
  const late = moved.map((each) => ({ ...each, version: 0, statements: [] }));
  await copyRelocations(system.table('enterprises'), late);
  const relocated = { rule: rule({ l: { fact: 'relocated' }, op: '=', r: true }) };
  const { simulation } = await simulate(relocated, day(30));
  expect(simulation.undecided).toBe(0);
  expect(Math.abs(simulation.gaining - 60)).toBeLessThanOrEqual(20);
  const led = { rule: rule({ l: { fact: 'relocationLedBy' }, op: '=', r: 'GOVERNMENT' }) };
  const byGovernments = (await simulate(led, day(30))).simulation;
  expect(Math.abs(byGovernments.gaining - 30)).toBeLessThanOrEqual(20);
  const forAdmin = await simulate(relocated, day(30), { kind: 'admin', person: 'admin-1' });
  expect(forAdmin.simulation).toMatchObject({ gaining: 0, undecided: 120 });
});

test('a repeated command has the same answer and takes no quota', async () => {
  const input = { idempotencyKey: 'simulation-twice' };
  const taken = async () =>
    (
      await readItem<PrimaryKey & { readonly taken: number }>(
        system.table('enterprises'),
        enterpriseKeys.simulationsOfDay('zone_north', '2020-03-18'),
      )
    )?.taken;
  const first = await simulate(input, day(1));
  expect(await taken()).toBe(1);
  expect(await simulate(input, day(1))).toEqual(first);
  expect(await taken()).toBe(1);
});

test.each([
  ['a park of fewer than 50 enterprises', { park: 'park_small' }, 'INVALID', ['park']],
  ['a park of another zone', { park: 'park_south' }, 'NOT_ALLOWED', null],
  ['a park that does not exist', { park: 'park_nowhere' }, 'NOT_FOUND', ['park']],
  ['a policy that does not exist', { policy: 'policy_nowhere' }, 'NOT_FOUND', ['policy']],
  ['a rule with an unknown fact', { rule: rule({ l: { fact: 'luck' }, op: '=', r: 7 }) }, 'INVALID', ['rule']],
])('refuses %s', async (_, input, code, field) => {
  const { simulation, userErrors } = await simulate(input, day(2));
  expect(simulation).toBeNull();
  expect(userErrors).toContainEqual({ code, field });
});

test('a thousand drafts on a day are twenty answers, each in the log, and refusals read no enterprise', async () => {
  const answers = [];
  for (let i = 0; i < MAX_SIMULATIONS_A_DAY; i += 1) answers.push(await simulate({}, day(3)));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  const calls = await system.dynamo.during(async () => {
    for (let i = 0; i < 20; i += 1) {
      expect((await simulate({}, day(3))).userErrors).toEqual([{ code: 'QUOTA_EXCEEDED', field: null }]);
    }
  });
  // What decides, once more after the refusal, and nothing else.
  expect(calls.map(({ command }) => command)).toEqual(Array(40).fill('BatchGet'));
  const log = await readRange<{ readonly sk: string }>(system.table('enterprises'), {
    partition: enterpriseKeys.simulation('zone_north', '', '').pk,
    sort: { beginsWith: `LOG#${day(3).toISOString().slice(0, 10)}` },
  });
  expect(log).toHaveLength(MAX_SIMULATIONS_A_DAY);
  expect(log[0]).toMatchObject({ by: 'publisher of zone_north', parkId: 'park_north', draft: expect.any(String) });
  expect((await simulate({}, day(4))).userErrors).toEqual([]);
});

test('of many drafts at once no more than the quota are answered', async () => {
  for (let i = 0; i < MAX_SIMULATIONS_A_DAY - 2; i += 1) await simulate({}, day(5));
  const all = await Promise.all(Array.from({ length: 5 }, () => simulate({}, day(5))));
  expect(all.filter(({ simulation }) => simulation !== null)).toHaveLength(2);
});

test('an officer without the role simulates nothing', async () => {
  const { errors } = await ask(
    'mutation ($input: SimulatePolicyInput!) { simulatePolicy(input: $input) { userErrors { code } } }',
    { input: { idempotencyKey: 'simulation-by-another', park: 'park_north', rule: OTHERS } },
    { viewer: { ...OFFICER, roles: ['REGISTER'] } as typeof OFFICER },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});
