import type { Viewer } from '../../../src/domain/viewer.ts';
import { CHEN, daysLater, type FiguresStory, figuresStory, LI } from '../../fixtures/figures-story.ts';
import { startTestSystem, type TestSystem } from '../../harness.ts';

/** A correction of many enterprises and days is applied in several transactions, and its process dies between any two. */

const CLOSED = daysLater(30);
const DAYS = Array.from({ length: 50 }, (_, i) => new Date(Date.UTC(2020, 0, 20 + i)).toISOString().slice(0, 10));

let system: TestSystem;
let story: FiguresStory;

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

async function answer(mutation: string, input: object, viewer: Viewer, now: Date) {
  const { data } = await story.send(mutation, { park: story.park, ...input }, viewer, now);
  return data?.[mutation];
}

/** Fifty closed days, and a correction by which four of five enterprises were never there. */
async function proposed() {
  story = await figuresStory(system, 5);
  const days = DAYS.map((on) => ({ on, seen: '0+0/5 0/50 0' }));
  const backfill = await answer('proposeBackfill', { reason: 'The first days.', days }, LI, daysLater(1));
  await answer('acceptFigures', { proposal: backfill.proposal.id, version: 1 }, CHEN, daysLater(1));
  const stays = story.enterprises.slice(1).map((enterprise) => ({ enterprise, version: 1, stays: [] }));
  const { proposal } = await answer('proposeCorrection', { reason: 'Invented.', stays }, LI, CLOSED);
  expect(proposal.days).toHaveLength(50);
  return proposal.id as string;
}

const revisions = async (now = CLOSED) => {
  const first = await story.day(DAYS[0] ?? '', now);
  const last = await story.day(DAYS.at(-1) ?? '', now);
  return [first?.revision, last?.revision];
};

/** Lets so many transactions through, and then ends the request that sends the next. */
function dieAfter(transactions: number): void {
  let left = transactions;
  const step = async () => {
    if (left-- === 0) throw new Error('killed by the test');
    system.dynamo.beforeNextTransaction(step);
  };
  system.dynamo.beforeNextTransaction(step);
}

/** Accepting takes one transaction, four enterprises four, fifty days two, and the last makes all visible. */
test.each([1, 2, 4, 5, 6, 7])(
  'dies after %i transactions: nothing is seen until all is there, and all is there after',
  async (count) => {
    const id = await proposed();
    const input = { proposal: id, version: 1, idempotencyKey: `accept-${id}` };
    dieAfter(count);
    await answer('acceptFigures', input, CHEN, CLOSED);
    expect(await revisions()).toEqual([1, 1]);
    const resumed = daysLater(31);
    expect(await answer('acceptFigures', input, CHEN, resumed)).toMatchObject({ proposal: { state: 'APPLIED' } });
    expect(await revisions(resumed)).toEqual([2, 2]);
    // It became current when it was resumed, and not when it was accepted.
    expect(await story.day(DAYS[0] ?? '', resumed, daysLater(30.5))).toMatchObject({ revision: 1 });
    await story.count();
    for (const on of [DAYS[0] ?? '', DAYS.at(-1) ?? '']) {
      expect(await story.day(on, resumed)).toMatchObject({ differs: false, fingerprint: '0+0/1 0/10 0' });
    }
  },
);

test('whoever comes next finishes what was cut short: a clerk who reports, and an officer who publishes', async () => {
  for (const next of ['report', 'publish'] as const) {
    const id = await proposed();
    dieAfter(3);
    await answer('acceptFigures', { proposal: id, version: 1 }, CHEN, CLOSED);
    expect(await revisions()).toEqual([1, 1]);
    const [remaining = ''] = story.enterprises;
    if (next === 'report') await story.report(remaining, '2020-04-15', 5, null, CLOSED);
    else await story.publish('2020-04-15', 'unseen', LI, CLOSED);
    expect(await revisions()).toEqual([2, 2]);
  }
});

test('two who apply it beside each other apply it once', async () => {
  const id = await proposed();
  dieAfter(2);
  await answer('acceptFigures', { proposal: id, version: 1 }, CHEN, CLOSED);
  const [one = '', two = ''] = story.enterprises;
  await Promise.all([
    story.report(one, '2020-04-15', 5, null, CLOSED),
    story.report(two, '2020-04-15', 5, null, CLOSED),
    story.publish('2020-04-15', 'unseen', LI, CLOSED),
  ]);
  await story.count();
  expect(await revisions()).toEqual([2, 2]);
  expect(await story.day(DAYS[0] ?? '', CLOSED)).toMatchObject({ differs: false, fingerprint: '0+0/1 0/10 0' });
});
