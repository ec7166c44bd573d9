import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** A client lets the server judge commands by its rules, and nothing is written. */

const ONLY = { 'bridgehead-validate-only': 'true' };
const ADMIN: Bearer = { as: 'admin' };
const PUBLISH = `mutation ($input: PublishZoneInput!) {
  publishZone(input: $input) { zone { id version name } userErrors { code field } }
}`;
const ZONE = { code: 'new-zone', name: { zh: '新区' }, kind: 'BONDED', regionCode: '120116' };
const zone = (change: object = {}) => ({ input: { idempotencyKey: 'validate-only-1', ...ZONE, ...change } });

let system: DemoSystem;
beforeAll(async () => {
  system = await startDemoSystem('2026-09-10');
});
afterAll(() => system.stop());

const validate = (query: string, variables: object, bearer: Bearer) => system.answer(query, variables, bearer, ONLY);
/** The writes of the gateway, but for those to budgets. */
const writesDuring = async (work: () => Promise<unknown>) =>
  (await system.proxy.during(work)).filter((call) => /Transact|Batch.*Write|Put|Delete/.test(call));

test('an accepted command answers as if it were carried out, and writes nothing', async () => {
  let answer: unknown;
  const writes = await writesDuring(async () => {
    answer = await validate(PUBLISH, zone(), ADMIN);
  });
  const published = { zone: { id: 'zone_new-zone', version: 1, name: '新区' }, userErrors: [] };
  expect(answer).toEqual({ data: { publishZone: published } });
  expect(writes).toEqual([]);
  // The key is not used up, and the zone is still new.
  expect(await system.ask(PUBLISH, zone(), ADMIN)).toEqual({ publishZone: published });
  const again = await validate(PUBLISH, zone(), ADMIN);
  expect(again.data).toEqual({ publishZone: published });
});

test('a command is refused by the same rules', async () => {
  const { data } = await validate(
    PUBLISH,
    zone({ idempotencyKey: 'validate-only-2', code: 'refused-zone', regionCode: '12' }),
    ADMIN,
  );
  expect(data).toEqual({ publishZone: { zone: null, userErrors: [{ code: 'INVALID', field: ['regionCode'] }] } });
  const { errors } = await validate(PUBLISH, zone({ idempotencyKey: 'validate-only-3' }), { as: 'analyst' });
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }]);
});

test.each([
  [
    'revealField',
    'mutation ($input: RevealFieldInput!) { revealField(input: $input) { value } }',
    { case: 'case_01HB0000000000000000000000', field: 'NAME', purpose: 'CASE_HANDLING' },
    { as: 'officer', roles: 'REVEAL', agency: 'PARK' },
  ],
  [
    'simulatePolicy',
    'mutation ($input: SimulatePolicyInput!) { simulatePolicy(input: $input) { userErrors { code } } }',
    { idempotencyKey: 'validate-only-4', park: 'park_binhai-zhongguancun' },
    { as: 'officer', roles: 'PUBLISH', agency: 'PARK' },
  ],
] as const)('%s, whose answer rests on what it writes, is refused', async (_, mutation, input, bearer) => {
  const { errors } = await validate(mutation, { input }, bearer);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('another value of the header is refused', async () => {
  const { errors } = await system.answer(PUBLISH, zone(), ADMIN, { 'bridgehead-validate-only': '1' });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
});
