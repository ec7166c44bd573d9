import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { rebuildTallies } from '../../src/storage/enterprises/published-figures/rebuild-tallies.ts';
import { CHEN, daysLater, type FiguresStory, figuresStory, LI } from '../fixtures/figures-story.ts';
import { NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** A clerk takes back a report: the park's figures of the day lose it, and history keeps it. */

const SUNDAY = '2020-03-15';
const MONDAY = '2020-03-16';
const CLOSED = daysLater(8);

let system: TestSystem;
let story: FiguresStory;
let enterprise: string;
let clerk: Viewer;

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());
beforeEach(async () => {
  story = await figuresStory(system, 2);
  enterprise = story.enterprises[0] ?? '';
  clerk = { kind: 'clerk', person: 'clerk', enterprise };
  for (const day of [SUNDAY, MONDAY]) await story.report(enterprise, day, 8);
  await story.count();
});

const officer = (zone: string, ...roles: ('REPORT' | 'REGISTER')[]): Viewer => ({
  kind: 'officer',
  person: 'officer',
  agency: 'PARK',
  zone,
  roles,
});

async function withdraw(change: object = {}, viewer = clerk, now = NOW) {
  const input = { enterprise, on: MONDAY, version: 1, reason: 'Sent for the wrong day.', ...change };
  const { data, errors } = await story.send('withdrawReport', input, viewer, now);
  expect(errors).toBeUndefined();
  return data.withdrawReport;
}

const refused = (code: string) => ({ report: null, userErrors: [{ code }] });

async function figures(on = MONDAY) {
  await story.count();
  return (await story.day(on))?.fingerprint;
}

async function rebuilt(): Promise<void> {
  const before = [await figures(SUNDAY), await figures()];
  await rebuildTallies(system.table('enterprises'));
  expect([await figures(SUNDAY), await figures()]).toEqual(before);
}

test('the day loses a withdrawn report, which readers see with its reason', async () => {
  expect(await withdraw()).toEqual({
    report: { on: MONDAY, version: 2, staffReturned: 8, withdrawalReason: 'Sent for the wrong day.' },
    userErrors: [],
  });
  expect(await figures()).toBe('0+0/2 0/20 0');
  expect(await figures(SUNDAY)).toBe('1+0/2 8/20 1');
  const serve = system.serve('enterprises', createEnterprisesSubgraph);
  const { data } = await serve(
    `query ($id: ID!) { enterprise(id: $id) {
      operationReports(from: "2020-03-01", to: "2020-03-31") { on version withdrawalReason }
    } }`,
    { id: enterprise },
    { viewer: clerk },
  );
  expect(data.enterprise.operationReports).toEqual([
    { on: SUNDAY, version: 1, withdrawalReason: null },
    { on: MONDAY, version: 2, withdrawalReason: 'Sent for the wrong day.' },
  ]);
  await rebuilt();
});

test.each([null, 2])('the day may be reported again, correcting %s', async (corrects) => {
  await withdraw();
  expect(await story.report(enterprise, MONDAY, 5, corrects)).toMatchObject({ reports: [{ version: 3 }] });
  expect(await figures()).toBe('1+0/2 5/20 1');
  expect(await withdraw({ version: 3 })).toMatchObject({ report: { version: 4, staffReturned: 5 } });
  expect(await figures()).toBe('0+0/2 0/20 0');
  await rebuilt();
});

test('a park without a report of its last day answers the day before', async () => {
  await withdraw();
  await story.count();
  const serve = system.serve('enterprises', createEnterprisesSubgraph);
  const last = async () => {
    const query = `{ _entities(representations: [{ __typename: "Park", id: "${story.park}" }]) {
      ... on Park {
        resumption { on reported }
        resumptionSeries(from: "2020-03-01", to: "2020-03-31") { on }
      } } }`;
    const { resumption, resumptionSeries } = (await serve(query)).data._entities[0];
    expect(resumptionSeries.at(-1)?.on ?? null).toBe(resumption?.on ?? null);
    return resumption;
  };
  expect(await last()).toEqual({ on: SUNDAY, reported: 1 });
  await withdraw({ on: SUNDAY });
  await story.count();
  expect(await last()).toBeNull();
});

test('the same key is carried out once, and two withdrawals at once leave one', async () => {
  const input = { idempotencyKey: 'withdrawn-once' };
  const first = await withdraw(input);
  expect(await withdraw(input)).toEqual(first);
  const answers = await Promise.all([withdraw({ on: SUNDAY }), withdraw({ on: SUNDAY })]);
  expect(answers.filter(({ report }) => report)).toHaveLength(1);
  expect(await figures(SUNDAY)).toBe('0+0/2 0/20 0');
});

test('refuses another version, a day without a report, a second withdrawal and an empty reason', async () => {
  expect(await withdraw({ version: 2 })).toMatchObject(refused('VERSION_CONFLICT'));
  expect(await withdraw({ on: '2020-03-14' })).toMatchObject(refused('NOT_FOUND'));
  expect(await withdraw({ reason: '  ' })).toMatchObject(refused('INVALID'));
  await withdraw();
  expect(await withdraw({ version: 2 })).toMatchObject(refused('NOT_ALLOWED'));
  expect(await figures()).toBe('0+0/2 0/20 0');
});

test('an officer of the home zone withdraws for it with the role REPORT, and no stranger does', async () => {
  const strangers: Viewer[] = [
    officer('zone_elsewhere', 'REPORT'),
    officer('zone_teda', 'REGISTER'),
    { kind: 'clerk', person: 'other', enterprise: story.enterprises[1] ?? '' },
  ];
  for (const viewer of strangers) {
    const { data } = await story.send(
      'withdrawReport',
      { enterprise, on: MONDAY, version: 1, reason: 'Mine.' },
      viewer,
    );
    expect(data.withdrawReport?.report ?? null).toBeNull();
  }
  const nobody = { enterprise: 'ent_01HB0000000000000000000000' };
  expect(await withdraw(nobody, officer('zone_teda', 'REPORT'))).toMatchObject(refused('NOT_FOUND'));
  expect(await withdraw({}, officer('zone_teda', 'REPORT'))).toMatchObject({ report: { version: 2 } });
});

describe('a closed day', () => {
  beforeEach(async () => {
    await story.publish(MONDAY, '1+0/2 8/20 1');
  });

  const propose = async (withdrawals: readonly object[]) => {
    const input = { park: story.park, reason: 'Reported by mistake.', withdrawals };
    return (await story.send('proposeCorrection', input, LI, CLOSED)).data.proposeCorrection;
  };

  test('refuses a withdrawal, and a correction withdraws the report', async () => {
    expect(await withdraw({}, clerk, CLOSED)).toMatchObject(refused('DAY_CLOSED'));
    const { proposal } = await propose([{ enterprise, on: MONDAY, version: 1 }]);
    expect(proposal).toMatchObject({
      days: [{ on: MONDAY, after: { production: { numerator: 0, denominator: 2 } } }],
      enterprises: [{ reports: [{ on: MONDAY, version: 2, isWithdrawn: true }] }],
    });
    const input = { park: story.park, proposal: proposal.id, version: 1 };
    const { data } = await story.send('acceptFigures', input, CHEN, CLOSED);
    expect(data.acceptFigures.userErrors).toEqual([]);
    expect(await figures()).toBe('0+0/2 0/20 0');
    expect(await story.day(MONDAY, CLOSED)).toMatchObject({ status: 'CORRECTED', revision: 2, differs: false });
    // It may be reported again, by a correction.
    const report = { enterprise, on: MONDAY, mode: 'ON_SITE', staffTotal: 10, staffReturned: 4 };
    const again = { park: story.park, reason: 'It was right.', reports: [report] };
    const reported = (await story.send('proposeCorrection', again, LI, CLOSED)).data.proposeCorrection;
    expect(reported.proposal.enterprises[0].reports).toMatchObject([{ version: 3, isWithdrawn: false }]);
    await rebuilt();
  });

  test.each<[string, object, string]>([
    ['another version', { version: 2 }, 'VERSION_CONFLICT'],
    ['a day that is open', { on: SUNDAY }, 'NOT_ALLOWED'],
    ['a day without a report', { on: '2020-03-14' }, 'INVALID'],
  ])('a correction of %s is refused', async (_, change, code) => {
    const answer = await propose([{ enterprise, on: MONDAY, version: 1, ...change }]);
    expect(answer).toMatchObject({ proposal: null, userErrors: [{ code }] });
  });

  test('is corrected for an enterprise that was never in the park', async () => {
    await story.publish(SUNDAY, '1+0/2 8/20 1');
    const withdrawals = [SUNDAY, MONDAY].map((on) => ({ enterprise, on, version: 1 }));
    const asked = { park: story.park, reason: 'Another park.', stays: [{ enterprise, version: 1, stays: [] }] };
    const alone = await story.send('proposeCorrection', asked, LI, CLOSED);
    expect(alone.data.proposeCorrection).toMatchObject({ userErrors: [{ code: 'NOT_ALLOWED' }] });
    const { data } = await story.send('proposeCorrection', { ...asked, withdrawals }, LI, CLOSED);
    const { proposal } = data.proposeCorrection;
    const input = { park: story.park, proposal: proposal.id, version: 1 };
    await story.send('acceptFigures', input, CHEN, CLOSED);
    expect([await figures(SUNDAY), await figures()]).toEqual(['0+0/1 0/10 0', '0+0/1 0/10 0']);
    expect(await story.day(SUNDAY, CLOSED)).toMatchObject({ status: 'CORRECTED', differs: false });
    await rebuilt();
  });

  test('that is closed during the withdrawal refuses it', async () => {
    story = await figuresStory(system, 1, { graceDays: 0 });
    const [own = ''] = story.enterprises;
    await story.report(own, MONDAY, 8);
    await story.count();
    system.dynamo.beforeNextTransaction(() => story.publish(MONDAY, '1+0/1 8/10 1'));
    const viewer: Viewer = { kind: 'clerk', person: 'clerk', enterprise: own };
    expect(await withdraw({ enterprise: own }, viewer)).toMatchObject(refused('DAY_CLOSED'));
  });
});

describe('stays after a withdrawal', () => {
  const restate = async (residentFrom: string) => {
    const row = {
      line: 1,
      nameZh: '测试企业',
      industryCode: 'I6513',
      sector: 'DIGITAL_ECONOMY',
      sizeClass: 'SMALL',
      staffCount: '12',
    };
    const { data } = await story.send(
      'importEnterprises',
      { park: story.park, residentFrom, rows: [{ ...row, uscc: await usccOfEnterprise() }] },
      officer('zone_teda', 'REGISTER'),
    );
    return data.importEnterprises.rows[0];
  };

  async function usccOfEnterprise(): Promise<string> {
    const serve = system.serve('enterprises', createEnterprisesSubgraph);
    return (await serve('query ($id: ID!) { enterprise(id: $id) { uscc } }', { id: enterprise })).data.enterprise.uscc;
  }

  test('change on a day that is not reported any more, and on no reported one', async () => {
    expect(await restate(MONDAY)).toMatchObject({ status: 'REFUSED', userErrors: [{ code: 'NOT_ALLOWED' }] });
    await withdraw();
    expect(await restate(SUNDAY)).toMatchObject({ status: 'REFUSED' });
    expect(await restate(MONDAY)).toMatchObject({ status: 'UPDATED' });
    expect([await figures(SUNDAY), await figures()]).toEqual(['1+0/2 8/20 1', '0+0/2 0/22 0']);
    await story.report(enterprise, MONDAY, 8);
    expect(await figures()).toBe('1+0/2 8/20 1');
    await rebuilt();
  });

  test('end on a past day once the reports after it are withdrawn', async () => {
    const leave = async (version: number) => {
      const input = { enterprise, version, park: story.park, lastDay: SUNDAY };
      return (await story.send('leavePark', input, officer('zone_teda', 'REGISTER'))).data.leavePark.userErrors;
    };
    expect(await leave(1)).toMatchObject([{ code: 'INVALID' }]);
    await withdraw();
    expect(await leave(1)).toEqual([]);
    expect([await figures(SUNDAY), await figures()]).toEqual(['1+0/2 8/20 1', '0+0/1 0/10 0']);
    await rebuilt();
  });

  test('do not change behind a report that comes meanwhile', async () => {
    await withdraw();
    system.dynamo.beforeNextTransaction(() => story.report(enterprise, MONDAY, 8));
    expect(await restate(MONDAY)).toMatchObject({ status: 'REFUSED' });
  });

  test('hold to an earlier day that is reported during the withdrawal', async () => {
    await withdraw({ on: SUNDAY });
    system.dynamo.beforeNextTransaction(() => story.report(enterprise, SUNDAY, 7));
    await withdraw();
    expect(await restate(SUNDAY)).toMatchObject({ status: 'REFUSED' });
    expect(await restate(MONDAY)).toMatchObject({ status: 'UPDATED' });
  });
});
