import type { Refusal } from '../../../src/domain/refusal.ts';
import type { Earlier, OnceOutcome } from '../../../src/storage/dynamodb/idempotency.ts';
import { STALE } from '../../../src/storage/dynamodb/transaction.ts';
import { once, onceRequest } from '../../../src/subgraph/once.ts';

const NOW = new Date('2020-03-17T00:00:00.000Z');
const call = onceRequest('test', { idempotencyKey: 'a-good-key' }, NOW);
type Outcome = OnceOutcome<Refusal<'TAKEN'> | typeof STALE>;
const stale: Outcome = { committed: false, refusals: [{ write: 0, refusal: STALE }] };
const taken: Refusal<'TAKEN'> = { code: 'TAKEN', field: ['name'], message: 'It is taken.' };

/** Runs the steps with these outcomes of loading and committing, one after the other, and says which were taken. */
async function run(earlier: Earlier, outcomes: readonly Outcome[], request = call) {
  const steps: string[] = [];
  let commits = 0;
  const decision = once(request, {
    async load() {
      steps.push('load');
      return { earlier };
    },
    decide() {
      steps.push('decide');
      return { ok: true, value: 'plan' };
    },
    async commit(): Promise<Outcome> {
      steps.push('commit');
      return outcomes[commits++] ?? { committed: true };
    },
    again: async (answer) => `again ${answer}`,
    done: (plan) => `done ${plan}`,
  });
  return { result: await decision.catch((error: unknown) => error), steps };
}

test('loads, decides, commits', async () => {
  expect(await run({ kind: 'NONE' }, [])).toEqual({
    result: { ok: true, value: 'done plan' },
    steps: ['load', 'decide', 'commit'],
  });
});

test('starts again when loaded data have changed, three times at most', async () => {
  const twice = await run({ kind: 'NONE' }, [stale, stale]);
  expect(twice.result).toEqual({ ok: true, value: 'done plan' });
  expect(twice.steps.filter((step) => step === 'load')).toHaveLength(3);
  expect((await run({ kind: 'NONE' }, [stale, stale, stale])).result).toMatchObject({ code: 'CONFLICT' });
});

test("returns the commit's refusal even if data were stale", async () => {
  const outcome: Outcome = { committed: false, refusals: [...stale.refusals, { write: 1, refusal: taken }] };
  expect((await run({ kind: 'NONE' }, [outcome])).result).toEqual({ ok: false, refusals: [taken] });
});

test('repeats the first answer, found before deciding or at the commit', async () => {
  const answered: Earlier = { kind: 'ANSWERED', answer: ['id'] };
  expect(await run(answered, [])).toEqual({ result: { ok: true, value: 'again id' }, steps: ['load'] });
  expect((await run({ kind: 'NONE' }, [answered])).result).toEqual({ ok: true, value: 'again id' });
});

test('answers with the result of a concurrent duplicate', async () => {
  const loaded: Earlier[] = [{ kind: 'NONE' }, { kind: 'ANSWERED', answer: ['id'] }];
  const refusing = (earlier: readonly Earlier[]) => {
    const left = [...earlier];
    return once(call, {
      load: async () => ({ earlier: left.shift()! }),
      decide: () => ({ ok: false, refusals: [taken] }),
      commit: async (): Promise<Outcome> => ({ committed: true }),
      again: async (answer) => `again ${answer}`,
      done: () => 'done',
    });
  };
  expect(await refusing(loaded)).toEqual({ ok: true, value: 'again id' });
  expect(await refusing([{ kind: 'NONE' }, { kind: 'NONE' }])).toEqual({ ok: false, refusals: [taken] });
});

test('refuses a reused or invalid key before deciding', async () => {
  expect(await run({ kind: 'REUSED' }, [])).toMatchObject({
    result: { refusals: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] },
    steps: ['load'],
  });
  const short = onceRequest('test', { idempotencyKey: 'short' }, NOW);
  expect(await run({ kind: 'NONE' }, [], short)).toMatchObject({
    result: { refusals: [{ code: 'INVALID_KEY' }] },
    steps: [],
  });
});
