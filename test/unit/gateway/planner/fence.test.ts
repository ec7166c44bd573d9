import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '../../../../src/errors.ts';
import { type FenceOptions, fencedPlanner } from '../../../../src/gateway/planner/fence.ts';
import { compose } from '../../../fixtures/synthetic/federation.ts';

const { sdl: supergraphSdl } = compose({
  holders: `
    union Holder = A | B
    type A { photo: Photo }
    type B { photo: Photo }
    type Photo @key(fields: "id") { id: ID! }
    type Query { holder: Holder }
  `,
  photos: `
    type Photo @key(fields: "id") { id: ID! thumbnail(width: Int): String name: String }
    type Query { photo: Photo }
  `,
});

const HEALTHY = '{ photo { name } }';
// One response key with different arguments under two types: the planner's process aborts.
const ABORTING = '{ holder { ... on A { photo { thumbnail(width: 1) } } ... on B { photo { thumbnail(width: 2) } } } }';
const STALLING = `{ ${Array.from({ length: 20_000 }, (_, index) => `a${index}: photo { name }`).join(' ')} }`;

const planners: { close(): void }[] = [];
afterEach(() => {
  for (const planner of planners.splice(0)) planner.close();
});

function planner(options: Partial<FenceOptions> = {}) {
  const made = fencedPlanner({ supergraphSdl, ...options });
  planners.push(made);
  return made;
}

async function codeOf(plan: Promise<unknown>): Promise<string> {
  const outcome = await plan.then(
    () => 'planned',
    (error: unknown) => error,
  );
  return outcome instanceof CodedError ? outcome.code : String(outcome);
}

test('a healthy document is planned, and the process starts with the first', async () => {
  const fenced = planner();
  expect(fenced.processId).toBeUndefined();
  await expect(fenced.plan(HEALTHY)).resolves.toMatchObject({ kind: 'QueryPlan', node: { kind: 'Fetch' } });
  expect(fenced.processId).toBeGreaterThan(0);
});

test('a document that aborts the planner costs only itself', async () => {
  const fenced = planner();
  await fenced.plan(HEALTHY);
  const first = fenced.processId;
  const outcomes = await Promise.all([ABORTING, HEALTHY, ABORTING].map((query) => codeOf(fenced.plan(query))));
  expect(outcomes).toEqual(['OPERATION_NOT_PLANNABLE', 'planned', 'OPERATION_NOT_PLANNABLE']);
  expect(fenced.processId).not.toBe(first);
});

test('a document that ended the process is remembered, and refused without ending another', async () => {
  const fenced = planner();
  expect(await codeOf(fenced.plan(ABORTING))).toBe('OPERATION_NOT_PLANNABLE');
  await fenced.plan(HEALTHY);
  const second = fenced.processId;
  expect(await codeOf(fenced.plan(ABORTING))).toBe('OPERATION_NOT_PLANNABLE');
  expect(fenced.processId).toBe(second);
});

test('a document that stalls the planner is given up, and those behind it are answered', async () => {
  const fenced = planner();
  const outcomes = await Promise.all([STALLING, HEALTHY].map((query) => codeOf(fenced.plan(query))));
  expect(outcomes).toEqual(['PLANNER_BUSY', 'planned']);
});

test('a document that was late because the machine was busy is planned another time', async () => {
  const fenced = planner({ pauseMilliseconds: 300 });
  await fenced.plan(HEALTHY);
  process.kill(fenced.processId!, 'SIGSTOP');
  const other = '{ photo { id } }';
  expect(await codeOf(fenced.plan(other))).toBe('PLANNER_BUSY');
  expect(await codeOf(fenced.plan(other))).toBe('PLANNER_BUSY');
  expect(fenced.processId).toBeUndefined();
  await sleep(300);
  expect(await codeOf(fenced.plan(other))).toBe('planned');
});

test('a document whose process somebody else killed is planned again at once', async () => {
  const fenced = planner({ planMilliseconds: 10_000 });
  await fenced.plan(HEALTHY);
  const waiting = codeOf(fenced.plan(STALLING));
  process.kill(fenced.processId!, 'SIGKILL');
  expect(await waiting).toBe('PLANNER_BUSY');
  const other = '{ photo { id } }';
  expect(await codeOf(fenced.plan(other))).toBe('planned');
});

test('the pause of a document that is always late doubles up to a minute, and is told', async () => {
  let now = 0;
  const fenced = planner({ planMilliseconds: 1, pauseMilliseconds: 40_000, now: () => now });
  const pauses: unknown[] = [];
  for (let round = 0; round < 4; round++) {
    const error = await fenced.plan(STALLING).catch((thrown: unknown) => thrown);
    pauses.push(error instanceof CodedError ? error.details.retryAfterSeconds : error);
    now += 60_001;
  }
  expect(pauses).toEqual([40, 60, 60, 60]);
});

test('what the planner refuses is an error of its own and ends nothing', async () => {
  const fenced = planner();
  await fenced.plan(HEALTHY);
  const first = fenced.processId;
  expect(await codeOf(fenced.plan('{ nowhere }'))).toBe('OPERATION_NOT_PLANNABLE');
  expect(fenced.processId).toBe(first);
});

test('more documents than may wait are refused at once', async () => {
  const fenced = planner({ maxWaiting: 2 });
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => codeOf(fenced.plan(HEALTHY))));
  expect(outcomes.sort()).toEqual(['PLANNER_BUSY', 'planned', 'planned', 'planned']);
});

test('a process that does not start is an error for each document, not a wait', async () => {
  const fenced = planner({ childModule: new URL('./no-such-module.ts', import.meta.url) });
  expect(await Promise.all([HEALTHY, HEALTHY].map((query) => codeOf(fenced.plan(query))))).toEqual([
    'INTERNAL_SERVER_ERROR',
    'INTERNAL_SERVER_ERROR',
  ]);
});

test('closing ends the process and everything that waits', async () => {
  const fenced = planner();
  await fenced.plan(HEALTHY);
  const waiting = [STALLING, HEALTHY].map((query) => codeOf(fenced.plan(query)));
  fenced.close();
  expect(await Promise.all(waiting)).toEqual(['INTERNAL_SERVER_ERROR', 'INTERNAL_SERVER_ERROR']);
  expect(await codeOf(fenced.plan(HEALTHY))).toBe('INTERNAL_SERVER_ERROR');
  expect(fenced.processId).toBeUndefined();
});

test('the process does not keep its parent alive, and ends with it', async () => {
  const parent = fork(new URL('../../../fixtures/planner-parent.ts', import.meta.url), [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  parent.send({ supergraphSdl, query: HEALTHY });
  const [processId] = (await once(parent, 'message')) as [number];
  const [exitCode] = (await once(parent, 'exit')) as [number];
  expect(exitCode).toBe(0);
  await expect(endOf(processId)).resolves.toBeUndefined();
});

async function endOf(processId: number): Promise<void> {
  for (;;) {
    try {
      process.kill(processId, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
