import { readinessOf } from '../../../src/handlers/readiness.ts';
import { startTestSystem, type TestSystem } from '../../harness.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

const at = (milliseconds: number) => new Date(1_600_000_000_000 + milliseconds);

test('asks each store for one key, at most once a second', async () => {
  const check = readinessOf(system.connection, ['parks', 'talent']);
  const calls = await system.dynamo.during(async () => {
    const answers = await Promise.all([check(at(0)), check(at(10)), check(at(999))]);
    for (const answer of answers) expect(answer).toEqual({ isReady: true, stores: { parks: 'ok', talent: 'ok' } });
  });
  expect(calls.map(({ command }) => command)).toEqual(['Get', 'Get']);
  expect(await system.dynamo.during(() => check(at(1_000)))).toHaveLength(2);
});

test('names the store that does not answer, until it answers again', async () => {
  const check = readinessOf(system.connection, ['parks', 'talent']);
  system.dynamo.throttle('Get', 1);
  expect(await check(at(0))).toEqual({ isReady: false, stores: { parks: 'unavailable', talent: 'ok' } });
  expect(await check(at(1_000))).toMatchObject({ isReady: true });
});
