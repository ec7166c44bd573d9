import { caseTokens } from '../../src/auth/case-token.ts';
import { openCase } from '../../src/auth/open-case.ts';
import { MAX_NETWORK_FAILURES, SignInMemory } from '../../src/auth/sign-in-memory.ts';
import { demoCaseSecret } from '../../src/local/demo-data/talent/case-secrets.ts';
import { FIXTURE_NOW, startUpgradedSystem } from '../data-versions.ts';
import { CURSOR_SECRET, type TestSystem } from '../harness.ts';

/** Secrets that were given before secrets had a tag. */

let system: TestSystem;

beforeAll(async () => {
  system = await startUpgradedSystem();
});
afterAll(() => system.stop());

test('a secret of before still opens its case, also beside a flood of wrong ones from its network', async () => {
  const memory = new SignInMemory();
  const tokens = caseTokens('a secret that only signs tokens of this test');
  const means = { table: system.table('credentials'), tokens, memory, tagKey: CURSOR_SECRET, now: FIXTURE_NOW };
  for (let i = 0; i <= MAX_NETWORK_FAILURES; i++) memory.fail('n-1', 'BHZ-NONE', FIXTURE_NOW);
  const signIn = (receiptNumber: string) =>
    openCase({ receiptNumber, secret: demoCaseSecret(receiptNumber), network: 'n-1' }, means);
  const opened = await Promise.all(['BHZ-000001', 'BHZ-000002', 'BHZ-000003'].map(signIn));
  expect(opened.map(({ kind }) => kind)).toEqual(['OPENED', 'OPENED', 'OPENED']);
  const calls = await system.dynamo.during(async () => {
    expect(await signIn('BHZ-NONE')).toHaveProperty('kind', 'TOO_MANY_TRIES');
  });
  expect(calls).toEqual([]);
});
