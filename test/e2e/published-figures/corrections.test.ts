import type { Viewer } from '../../../src/domain/viewer.ts';
import { rebuildTallies } from '../../../src/storage/enterprises/published-figures/rebuild-tallies.ts';
import { enterpriseOf, itemsOf } from '../../fixtures/enterprise.ts';
import { CHEN, daysLater, type FiguresStory, figuresStory, LI, STRANGER, ZHAO } from '../../fixtures/figures-story.ts';
import { startTestSystem, type TestSystem } from '../../harness.ts';

/** Li proposes to correct closed days, and Chen accepts it: all days and enterprises of one correction change at once. */

const MONDAY = '2020-03-16';
const SUNDAY = '2020-03-15';
/** A week after both days were published. */
const CLOSED = daysLater(8);

let system: TestSystem;
let story: FiguresStory;

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());
beforeEach(async () => {
  story = await figuresStory(system, 3, { acceptorZoneId: 'zone_binhai' });
  for (const enterprise of story.enterprises.slice(0, 2)) await story.report(enterprise, MONDAY, 8);
  await story.count();
  await story.publish(SUNDAY, '0+0/3 0/30 0');
  await story.publish(MONDAY, '2+0/3 16/30 2');
});

const first = () => story.enterprises[0] ?? '';
const reportOf = (enterprise: string, staffReturned: number, corrects: number | null = 1) => ({
  enterprise,
  on: MONDAY,
  mode: 'ON_SITE',
  staffTotal: 10,
  staffReturned,
  corrects,
});

async function answer(mutation: string, input: object, viewer: Viewer, now = CLOSED) {
  const { data, errors } = await story.send(mutation, { park: story.park, ...input }, viewer, now);
  expect(errors).toBeUndefined();
  return data[mutation];
}
const propose = (input: object, viewer = LI, now = CLOSED) =>
  answer('proposeCorrection', { reason: 'The clerk had mistyped it.', ...input }, viewer, now);
const decide = (mutation: string, proposal: string, viewer: Viewer, more: object = {}, now = CLOSED) =>
  answer(mutation, { proposal, version: 1, ...more }, viewer, now);
const accept = (proposal: string, viewer = CHEN, more: object = {}, now = CLOSED) =>
  decide('acceptFigures', proposal, viewer, more, now);

test('a report is corrected: the day gets revision 2, and revision 1 stays readable', async () => {
  const { proposal, userErrors } = await propose({ reports: [reportOf(first(), 3)] });
  expect(userErrors).toEqual([]);
  expect(proposal).toMatchObject({
    state: 'PROPOSED',
    mine: true,
    days: [
      {
        on: MONDAY,
        revision: 1,
        before: { returnToWork: { numerator: 16, denominator: 30 } },
        after: { production: { numerator: 2, denominator: 3 }, returnToWork: { numerator: 11, denominator: 30 } },
      },
    ],
    enterprises: [
      { enterprise: { id: first() }, stays: null, reports: [{ on: MONDAY, version: 2, staffReturned: 3 }] },
    ],
  });
  expect(await story.day(MONDAY, CLOSED)).toMatchObject({ status: 'CLOSED', revision: 1 });
  expect(await accept(proposal.id)).toMatchObject({ proposal: { state: 'APPLIED', mine: false }, userErrors: [] });
  await story.count();
  expect(await story.day(MONDAY, CLOSED)).toEqual({
    status: 'CORRECTED',
    revision: 2,
    differs: false,
    fingerprint: '2+0/3 11/30 2',
    production: { numerator: 2, denominator: 3 },
    returnToWork: { numerator: 11, denominator: 30 },
  });
  expect(await story.day(MONDAY, CLOSED, daysLater(7))).toMatchObject({ revision: 1, returnToWork: { numerator: 16 } });
});

test('stays of several enterprises change many days at once: one that came later, one that was never there', async () => {
  const [, reporting = '', never = ''] = story.enterprises;
  const stay = { kind: 'OPERATING', to: null, registeredStaff: 12 };
  const { proposal, userErrors } = await propose({
    stays: [
      { enterprise: reporting, version: 1, stays: [{ ...stay, from: MONDAY }] },
      { enterprise: never, version: 1, stays: [] },
    ],
  });
  expect(userErrors).toEqual([]);
  expect(proposal.days).toMatchObject([
    { on: SUNDAY, after: { returnToWork: { numerator: 0, denominator: 10 } } },
    { on: MONDAY, after: { production: { numerator: 2, denominator: 2 }, returnToWork: { denominator: 20 } } },
  ]);
  // The report of the day counts with its stay's staff, and is stated anew with it.
  expect(proposal.enterprises[0].reports).toMatchObject([{ on: MONDAY, version: 2, staffReturned: 8 }]);
  expect(await accept(proposal.id)).toMatchObject({ userErrors: [] });
  await story.count();
  expect(await story.day(SUNDAY, CLOSED)).toMatchObject({ revision: 2, differs: false, fingerprint: '0+0/1 0/10 0' });
  expect(await story.day(MONDAY, CLOSED)).toMatchObject({ revision: 2, differs: false, fingerprint: '2+0/2 16/20 2' });
  const { differences } = await rebuildTallies(system.table('enterprises'));
  expect(differences.filter(({ parkId }) => parkId === story.park)).toEqual([]);
});

test('no correction brings an enterprise of another zone into the park, and none tells more than its home', async () => {
  const foreign = enterpriseOf(7_777, { homeZoneId: 'zone_elsewhere' });
  await system.write('enterprises', itemsOf(foreign));
  const stay = { kind: 'OPERATING', from: '2020-02-01', to: null, registeredStaff: 9 };
  for (const version of [1, 5]) {
    const { proposal, userErrors } = await propose({ stays: [{ enterprise: foreign.id, version, stays: [stay] }] });
    expect(proposal).toBeNull();
    expect(userErrors).toMatchObject([
      { code: 'NOT_ALLOWED', message: 'The home of this enterprise is another zone.' },
    ]);
  }
});

test('no correction shows or changes reports of an enterprise that nobody has confirmed', async () => {
  const stay = { kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 } as const;
  const [reporting, silent] = [7_778, 7_779].map((number) =>
    enterpriseOf(number, { registration: 'UNCONFIRMED', residencies: [{ ...stay, parkId: story.park }] }),
  );
  if (!reporting || !silent) throw new Error('two enterprises are registered');
  await system.write('enterprises', [reporting, silent].flatMap(itemsOf));
  await story.report(reporting.id, MONDAY, 8);
  const restated = (enterprise: string) => [{ enterprise, version: 1, stays: [{ ...stay, registeredStaff: 12 }] }];
  for (const input of [{ stays: restated(reporting.id) }, { reports: [reportOf(reporting.id, 3)] }]) {
    const { proposal, userErrors } = await propose(input);
    expect(proposal).toBeNull();
    expect(userErrors).toMatchObject([
      {
        code: 'NOT_ALLOWED',
        message: 'The registration of this enterprise is not confirmed: its reports are its own.',
      },
    ]);
  }
  expect(await propose({ stays: restated(silent.id) })).toMatchObject({ userErrors: [] });
});

test('what came within the grace time and was not published again is taken in by a recount', async () => {
  await story.report(first(), MONDAY, 9, 1, daysLater(3));
  await story.count();
  expect(await story.day(MONDAY, CLOSED)).toMatchObject({
    revision: 1,
    differs: true,
    returnToWork: { numerator: 16 },
  });
  const { differences } = await rebuildTallies(system.table('enterprises'));
  expect(differences.filter(({ parkId }) => parkId === story.park)).toEqual([
    { parkId: story.park, on: MONDAY, published: '2+0/3 16/30 2', computed: '2+0/3 17/30 2' },
  ]);
  expect(await story.day(MONDAY, CLOSED)).toMatchObject({ revision: 1, returnToWork: { numerator: 16 } });
  const { proposal } = await propose({ recount: [MONDAY] });
  await accept(proposal.id);
  expect(await story.day(MONDAY, CLOSED)).toMatchObject({
    revision: 2,
    differs: false,
    returnToWork: { numerator: 17 },
  });
});

test('a backfill is published by one and accepted by another, all days at once', async () => {
  const days = ['2020-02-10', '2020-02-11'].map((on) => ({ on, seen: '0+0/3 0/30 0' }));
  const { proposal } = await answer('proposeBackfill', { reason: 'The first days.', days }, LI);
  expect(await story.day('2020-02-10', CLOSED)).toMatchObject({ status: 'OPEN' });
  expect(await accept(proposal.id, LI)).toMatchObject({ userErrors: [{ code: 'NOT_ALLOWED' }] });
  expect(await accept(proposal.id)).toMatchObject({ proposal: { state: 'APPLIED', kind: 'BACKFILL' } });
  expect(await story.day('2020-02-11', CLOSED)).toMatchObject({ status: 'PUBLISHED', revision: 1 });
  expect(await story.day('2020-02-11', daysLater(15))).toMatchObject({ status: 'CLOSED', revision: 1 });
});

test('the acceptance is refused where the day has changed since, and nothing is lost', async () => {
  const one = await propose({ reports: [reportOf(first(), 3)] });
  const later = new Date(CLOSED.getTime() + 60_000);
  const other = await propose({ reports: [reportOf(story.enterprises[1] ?? '', 4)] }, LI, later);
  await accept(one.proposal.id);
  expect(await accept(other.proposal.id)).toMatchObject({ proposal: null, userErrors: [{ code: 'VERSION_CONFLICT' }] });
  expect(await story.day(MONDAY, CLOSED)).toMatchObject({ revision: 2, returnToWork: { numerator: 11 } });
  expect(await story.proposals(CHEN, CLOSED)).toEqual([
    { id: other.proposal.id, state: 'PROPOSED' },
    { id: one.proposal.id, state: 'APPLIED' },
  ]);
});

describe('a proposal', () => {
  let id: string;
  beforeEach(async () => {
    const { proposal } = await propose({ reports: [reportOf(first(), 3)] });
    id = proposal.id;
  });

  test.each([
    ['its proposer', LI, CLOSED, 'NOT_ALLOWED'],
    ['an officer of another zone', STRANGER, CLOSED, 'NOT_ALLOWED'],
    ['anybody, when it has expired', CHEN, daysLater(22), 'NOT_ALLOWED'],
  ])('is not accepted by %s', async (_, viewer, now, code) => {
    expect(await accept(id, viewer, {}, now)).toMatchObject({ proposal: null, userErrors: [{ code }] });
    expect(await story.day(MONDAY, now)).toMatchObject({ revision: 1 });
  });

  test('is accepted by an officer of the zone above, which the park names', async () => {
    expect(await accept(id, ZHAO)).toMatchObject({ proposal: { state: 'APPLIED' } });
  });

  test('is withdrawn by its proposer alone, and then not accepted', async () => {
    expect(await decide('withdrawFigures', id, CHEN)).toMatchObject({ userErrors: [{ code: 'NOT_ALLOWED' }] });
    expect(await decide('withdrawFigures', id, LI)).toMatchObject({ proposal: { state: 'WITHDRAWN' } });
    expect(await accept(id, CHEN, { version: 2 })).toMatchObject({ userErrors: [{ code: 'NOT_ALLOWED' }] });
  });

  test('is rejected by another with a reason', async () => {
    const reason = 'The report was right.';
    expect(await decide('rejectFigures', id, LI, { reason })).toMatchObject({ userErrors: [{ code: 'NOT_ALLOWED' }] });
    expect(await decide('rejectFigures', id, CHEN, { reason })).toMatchObject({ proposal: { state: 'REJECTED' } });
  });

  test('is seen by officers of the park only', async () => {
    expect(await story.proposals(STRANGER, CLOSED)).toBeNull();
    expect(await story.proposals(ZHAO, CLOSED)).toEqual([{ id, state: 'PROPOSED' }]);
  });

  test('is accepted once under one key, though every answer of the store is lost', async () => {
    const key = { idempotencyKey: 'accept-once-key' };
    system.dynamo.loseAnswers(3);
    await story.send('acceptFigures', { park: story.park, proposal: id, version: 1, ...key }, CHEN, CLOSED);
    expect(await accept(id, CHEN, key)).toMatchObject({ proposal: { state: 'APPLIED' } });
    expect(await story.day(MONDAY, CLOSED)).toMatchObject({ revision: 2 });
  });
});

test.each([
  ['an open day', () => ({ reports: [{ ...reportOf(first(), 3, null), on: '2020-03-17' }] }), 'NOT_ALLOWED'],
  ['another version', () => ({ reports: [reportOf(first(), 3, 7)] }), 'VERSION_CONFLICT'],
  ['nothing', () => ({}), 'INVALID'],
  ['stays that overlap', () => ({ stays: [overlapping()] }), 'INVALID'],
  ['no reason', () => ({ reports: [reportOf(first(), 3)], reason: ' ' }), 'INVALID'],
  [
    'an enterprise that is not there',
    () => ({ reports: [reportOf('ent_01J00000000000000000000000', 3)] }),
    'NOT_FOUND',
  ],
  ['a leave before a reported day', () => ({ stays: [left()] }), 'NOT_ALLOWED'],
])('a correction of %s is refused', async (_, input, code) => {
  expect(await propose(input())).toMatchObject({ proposal: null, userErrors: [{ code }] });
});

const overlapping = () => {
  const stay = { kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 };
  return { enterprise: first(), version: 1, stays: [stay, { ...stay, from: '2020-02-01' }] };
};
const left = () => ({
  enterprise: first(),
  version: 1,
  stays: [{ kind: 'OPERATING', from: '2020-01-01', to: '2020-03-01', registeredStaff: 10 }],
});
