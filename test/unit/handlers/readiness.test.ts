import { type CheckReadiness, readinessOf } from '../../../src/handlers/gateway/readiness.ts';
import { startTestSystem, type TestSystem } from '../../harness.ts';
import { asFunction } from '../../rights/recorder.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

const at = (milliseconds: number) => new Date(1_600_000_000_000 + milliseconds);

const STORES = ['parks', 'enterprises', 'linkages', 'credentials'] as const;
const OK = { parks: 'ok', enterprises: 'ok', linkages: 'ok', credentials: 'ok' };
const check = (readiness: CheckReadiness, milliseconds: number) =>
  asFunction('gateway', () => readiness(at(milliseconds)));

test('asks each store for one key, at most once a second', async () => {
  const readiness = readinessOf(system.connection, STORES);
  const calls = await system.dynamo.during(async () => {
    const answers = await Promise.all([check(readiness, 0), check(readiness, 10), check(readiness, 999)]);
    for (const answer of answers) expect(answer).toEqual({ isReady: true, stores: OK });
  });
  expect(calls.map(({ command }) => command)).toEqual(['Get', 'Get', 'Get', 'Get']);
  expect(await system.dynamo.during(() => check(readiness, 1_000))).toHaveLength(4);
});

test('names the store that does not answer, until it answers again', async () => {
  const readiness = readinessOf(system.connection, STORES);
  system.dynamo.throttle('Get', 1);
  expect(await check(readiness, 0)).toEqual({ isReady: false, stores: { ...OK, parks: 'unavailable' } });
  expect(await check(readiness, 1_000)).toMatchObject({ isReady: true });
});
