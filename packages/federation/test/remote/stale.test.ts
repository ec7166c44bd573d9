import type { CodedError } from '../../src/errors.ts';
import type { SubgraphResult } from '../../src/subgraph.ts';
import { REMOTE_LIMITS } from '../../src/transports/http.ts';
import { type Asked, ask, newCall, subgraphAt } from './asking.ts';
import { json, type Partner, startPartner, text } from './partner.ts';

const PARK = 'query ($id: ID!) { park(id: $id) { name } }';
const healthy = json({ data: { park: { name: 'one', staff: 4 } } });
const down = text('', {}, 500);

let partner: Partner;
beforeEach(async () => {
  partner = await startPartner(healthy);
});
afterEach(() => partner.stop());

async function outcome(
  { subgraph, sources }: Asked,
  query = PARK,
  variables: Record<string, unknown> = { id: 'park_1' },
  call = newCall(),
) {
  const result = await ask(subgraph, query, variables, call).catch((fault: CodedError) => fault.code);
  const [source] = sources.of(call);
  return { result: result as SubgraphResult | string, status: source?.status, asOf: source?.asOf };
}

test('the last good answer to the same question is served while the partner is down', async () => {
  const asked = subgraphAt(partner.url, { allowStale: true });
  const live = await outcome(asked);
  expect(live).toMatchObject({ result: { data: { park: { name: 'one' } } }, status: 'LIVE' });

  partner.behave(down);
  expect(await outcome(asked)).toEqual({ ...live, status: 'STALE' });
  expect(await outcome(asked, PARK, { id: 'park_2' })).toEqual({
    result: 'SUBGRAPH_UNAVAILABLE',
    status: 'DOWN',
    asOf: live.asOf,
  });
  expect(await outcome(asked, '{ park(id: "park_1") { name } }')).toMatchObject({ status: 'DOWN' });
  expect(await outcome(asked, PARK, { id: 'park_1' }, newCall(5_000, { locale: 'EN' }))).toMatchObject({
    status: 'DOWN',
  });

  partner.behave(healthy);
  expect(await outcome(asked)).toMatchObject({ status: 'LIVE' });
});

test('it is served while the breaker is open, too', async () => {
  const asked = subgraphAt(partner.url, { allowStale: true });
  await outcome(asked);
  partner.behave(down);
  for (let i = 0; i < 10; i += 1) expect((await outcome(asked)).status).toBe('STALE');
  expect(partner.questions.length).toBeLessThan(10);
});

test('where the partner does not allow it, nothing is kept', async () => {
  const asked = subgraphAt(partner.url);
  await outcome(asked);
  partner.behave(down);
  expect(await outcome(asked)).toMatchObject({ result: 'SUBGRAPH_UNAVAILABLE', status: 'DOWN' });
});

test('what is not public is not kept', async () => {
  const asked = subgraphAt(partner.url, { allowStale: true });
  const query = '{ park(id: "park_1") { name staff } }';
  expect(await outcome(asked, query)).toMatchObject({ status: 'LIVE' });
  partner.behave(down);
  expect(await outcome(asked, query)).toMatchObject({ status: 'DOWN' });
});

test('an answer with an error is not kept', async () => {
  const asked = subgraphAt(partner.url, { allowStale: true });
  partner.behave(json({ data: { park: { name: null } }, errors: [{ message: 'x', path: ['park', 'name'] }] }));
  expect(await outcome(asked)).toMatchObject({ status: 'LIVE' });
  partner.behave(down);
  expect(await outcome(asked)).toMatchObject({ status: 'DOWN' });
});

test('what is kept is bounded, and the oldest gives way', async () => {
  const lastGood = { ...REMOTE_LIMITS.lastGood, entries: 2 };
  const asked = subgraphAt(partner.url, { allowStale: true, limits: { lastGood } });
  for (const id of ['park_1', 'park_2', 'park_3']) await outcome(asked, PARK, { id });
  partner.behave(down);
  const statuses = await Promise.all(['park_1', 'park_2', 'park_3'].map((id) => outcome(asked, PARK, { id })));
  expect(statuses.map(({ status }) => status)).toEqual(['DOWN', 'STALE', 'STALE']);
});

test('what is too old is not served', async () => {
  const lastGood = { ...REMOTE_LIMITS.lastGood, milliseconds: -1 };
  const asked = subgraphAt(partner.url, { allowStale: true, limits: { lastGood } });
  await outcome(asked);
  partner.behave(down);
  expect(await outcome(asked)).toMatchObject({ status: 'DOWN' });
});

test('an operation that met it live and down says down', async () => {
  const asked = subgraphAt(partner.url);
  const call = newCall();
  await outcome(asked, PARK, { id: 'park_1' }, call);
  partner.behave(down);
  await outcome(asked, PARK, { id: 'park_2' }, call);
  partner.behave(healthy);
  await outcome(asked, PARK, { id: 'park_3' }, call);
  expect(asked.sources.of(call)).toEqual([{ subgraph: 'bonded', status: 'DOWN', asOf: expect.any(String) }]);
});
