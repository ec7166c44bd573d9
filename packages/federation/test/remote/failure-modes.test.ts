import { CodedError } from '../../src/errors.ts';
import type { Call, SubgraphResult } from '../../src/subgraph.ts';
import { type Asked, ask, ENTITIES, newCall, subgraphAt, TWO_PARKS } from './asking.ts';
import { bomb, FAULTS, flood, GOOD, healthy, MB, PARTS, SECRET } from './failure-modes.ts';
import { type Partner, startPartner, text } from './partner.ts';

/** For what hangs: a test waits for so long. */
const SHORT_MS = 200;
/** For what doesn't, however busy this machine is. */
const LONG_MS = 10_000;
/** For sixteen answers of 60 MB at once. */
const BUSY_MS = 100_000;
const PATIENCE_MS = 1_500;

let partner: Partner;
beforeEach(async () => {
  partner = await startPartner(healthy);
});
afterEach(() => partner.stop());

/** What comes of asking for two parks; within the deadline, save for what a busy machine takes to notice. */
async function settled({ subgraph }: Asked, call: Call): Promise<SubgraphResult | CodedError> {
  const outcome = await ask(subgraph, ENTITIES, TWO_PARKS, call).catch((fault: CodedError) => fault);
  expect(Date.now()).toBeLessThan(call.deadline + PATIENCE_MS);
  return outcome;
}

async function expectHealthy(asked: Asked): Promise<void> {
  partner.behave(healthy);
  const call = newCall(LONG_MS);
  expect(await settled(asked, call)).toEqual({ data: { _entities: GOOD } });
  expect(asked.sources.of(call)).toEqual([{ subgraph: 'bonded', status: 'LIVE', asOf: expect.any(String) }]);
}

function expectFault(fault: unknown, code: string): void {
  expect(fault).toBeInstanceOf(CodedError);
  expect(fault).toMatchObject({ code, details: { subgraph: 'bonded' } });
  const { message, details } = fault as CodedError;
  expect(message).toContain('"bonded"');
  expect(JSON.stringify([message, details])).not.toContain(SECRET);
}

test.each(FAULTS)('%s: %s, and the next is answered', async (_, code, behaviour) => {
  const asked = subgraphAt(partner.url);
  partner.behave(behaviour);
  const call = newCall(code === 'DEADLINE_EXCEEDED' ? SHORT_MS : LONG_MS);
  expectFault(await settled(asked, call), code);
  expect(asked.sources.of(call)).toEqual([{ subgraph: 'bonded', status: 'DOWN', asOf: null }]);
  await expectHealthy(asked);
});

test.each(PARTS)('%s: the rest is whole, and the next is answered', async (_, behaviour, found, errors) => {
  const asked = subgraphAt(partner.url);
  partner.behave(behaviour);
  const result = await settled(asked, newCall(LONG_MS));
  expect(result).toMatchObject({ data: { _entities: found } });
  const reported = (result as SubgraphResult).errors ?? [];
  expect(reported.map(({ path, extensions }) => ({ path, code: extensions?.code }))).toEqual(
    errors.map((error) => ({ path: undefined, ...(error as object) })),
  );
  for (const { message, extensions } of reported) {
    expect(message).toContain('"bonded"');
    expect(extensions?.subgraph).toBe('bonded');
  }
  expect(JSON.stringify(result)).not.toContain(SECRET);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
  await expectHealthy(asked);
});

test('refused: SUBGRAPH_UNAVAILABLE, and the next is answered when it is back', async () => {
  const asked = subgraphAt(partner.url);
  await partner.stop();
  expectFault(await settled(asked, newCall(LONG_MS)), 'SUBGRAPH_UNAVAILABLE');
  await partner.start();
  await expectHealthy(asked);
});

test('a redirect is not followed', async () => {
  await using other = await startPartner(healthy);
  for (const status of [301, 302, 303, 307, 308]) {
    const asked = subgraphAt(partner.url);
    partner.behave(text('', { location: other.url }, status));
    expectFault(await settled(asked, newCall(LONG_MS)), 'SUBGRAPH_INVALID_RESPONSE');
    await expectHealthy(asked);
  }
  expect(other.connections).toHaveLength(0);
});

test('of a body that is too large only so much is received', async () => {
  const asked = subgraphAt(partner.url);
  partner.behave(flood(Buffer.alloc(MB, ' '), 60));
  await settled(asked, newCall(LONG_MS));
  // The limit, and what both ends' sockets hold.
  expect(partner.connections[0]?.bytesWritten).toBeLessThan(30 * MB);
});

test('many bombs at once take little memory', async () => {
  const { subgraph } = subgraphAt(partner.url, { limits: { time: { milliseconds: BUSY_MS, part: 1 } } });
  partner.behave(text(bomb, { 'content-encoding': 'gzip' }));
  const before = process.memoryUsage();
  const outcomes = await Promise.all(
    Array.from({ length: 16 }, () =>
      ask(subgraph, ENTITIES, TWO_PARKS, newCall(BUSY_MS)).catch((fault: CodedError) => fault),
    ),
  );
  for (const fault of outcomes) expectFault(fault, 'PAYLOAD_TOO_LARGE');
  // 16 times 60 MB would be 960.
  expect(process.memoryUsage().rss - before.rss).toBeLessThan(400 * MB);
});
