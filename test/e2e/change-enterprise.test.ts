import { dayFiguresOf } from '../../src/domain/published-figures/published-day.ts';
import { EMPTY_TALLY } from '../../src/domain/published-figures/resumption.ts';
import { knownParkItem, parkPublicationItem, publishedDayItem } from '../../src/storage/enterprises/make-items.ts';
import {
  at,
  BAODI,
  clerkOf,
  PARKS,
  type RegisterStory,
  registrar,
  startRegisterStory,
  TEDA,
} from '../fixtures/register-story.ts';

/** A firm of TEDA changes its facts and leaves its park: its officers do so at once, its clerk proposes. */

let story: RegisterStory;
let firm: string;
const OFFICER = registrar(TEDA);
const PARK = PARKS[TEDA];

beforeAll(async () => {
  story = await startRegisterStory(8_100);
});
afterAll(() => story.system.stop());
beforeEach(async () => {
  firm = await story.newFirm();
});

const PROPOSALS = 'proposals { number proposedOn facts { name sector staffCount } leave { park { id } lastDay } }';
const EVENTS = 'registerEvents(first: 9) { nodes { kind by rejectionReason objectionReason park { id } } }';
const proposalsOf = async (viewer = clerkOf(firm)) => (await story.read(PROPOSALS, firm, viewer)).proposals;
const kindsOf = async () =>
  (await story.read(EVENTS, firm, OFFICER)).registerEvents.nodes.map(({ kind }: { kind: string }) => kind);

async function report(on: string) {
  const query = `mutation ($input: ReportOperationsInput!) {
    reportOperations(input: $input) { userErrors { code field } }
  }`;
  const reports = [{ enterprise: firm, on, mode: 'ON_SITE', staffTotal: 12, staffReturned: 9 }];
  const { reportOperations } = await story.ask(
    query,
    { input: { idempotencyKey: story.nextKey(), reports } },
    clerkOf(firm),
  );
  return reportOperations.userErrors.map(({ code }: { code: string }) => code);
}

const listed = async (choice: string) => {
  const query = `query ($choice: ID) { enterprises(park: $choice, ${choice}, first: 100) { nodes { id } } }`;
  const { enterprises } = await story.ask(query, { choice: PARK }, OFFICER);
  return enterprises.nodes.map(({ id }: { id: string }) => id);
};

test('an officer of the home zone changes facts at once, and the lists follow', async () => {
  expect(await listed('sector: OTHER')).not.toContain(firm);
  const facts = { name: { zh: '新名企业' }, industryCode: 'c2710', sector: 'OTHER', sizeClass: 'MEDIUM' };
  await story.does('changeEnterprise', OFFICER, firm, facts);
  const shown = await story.read(`name industryCode sector sizeClass staffCount ${EVENTS}`, firm, OFFICER);
  expect(shown).toMatchObject({
    name: '新名企业',
    industryCode: 'C2710',
    sector: 'OTHER',
    sizeClass: 'MEDIUM',
    staffCount: 10,
    registerEvents: { nodes: [{ kind: 'CHANGED', by: 'ZONE' }] },
  });
  expect(await listed('sector: OTHER')).toContain(firm);
  expect(await listed('sector: DIGITAL_ECONOMY')).not.toContain(firm);
});

test('a new staff count is that of the counting stay from the first open day on', async () => {
  expect(await report('2026-05-29')).toEqual([]);
  await story.does('changeEnterprise', OFFICER, firm, { staffCount: 25 });
  const { residencies, staffCount } = await story.stored(firm);
  expect(staffCount).toBe(25);
  expect(residencies).toMatchObject([
    { registeredStaff: 25, from: '2026-05-30', to: null },
    { registeredStaff: 10, to: '2026-05-29' },
  ]);
});

test('a clerk proposes a change, which an officer accepts or rejects with a reason', async () => {
  await story.does('changeEnterprise', clerkOf(firm), firm, { sector: 'OTHER' });
  await story.does('changeEnterprise', clerkOf(firm), firm, { sector: 'NEW_MATERIALS', staffCount: 30 });
  expect(await story.stored(firm)).toMatchObject({ sector: 'DIGITAL_ECONOMY', staffCount: 10 });
  const proposal = {
    number: 3,
    proposedOn: '2026-05-29',
    facts: { name: null, sector: 'NEW_MATERIALS', staffCount: 30 },
    leave: null,
  };
  expect(await proposalsOf()).toEqual([proposal]);
  expect(await proposalsOf(OFFICER)).toEqual([proposal]);
  expect(await proposalsOf(registrar(BAODI))).toBeNull();

  const reason = { reason: 'NOT_PROVEN' };
  await story.does('decideEnterpriseProposal', OFFICER, firm, { proposal: 3, outcome: 'REJECTED', ...reason });
  expect(await proposalsOf()).toEqual([]);
  await story.does('changeEnterprise', clerkOf(firm), firm, { sector: 'OTHER' });
  await story.does('decideEnterpriseProposal', OFFICER, firm, { proposal: 5, outcome: 'ACCEPTED' });
  expect(await story.stored(firm)).toMatchObject({ sector: 'OTHER', staffCount: 10, proposals: [] });
  expect(await kindsOf()).toEqual(['CHANGED', 'PROPOSED', 'PROPOSAL_REJECTED', 'PROPOSED', 'PROPOSED']);
});

test('refuses facts that cannot be, other callers, and decisions that do not fit', async () => {
  const change = (given: object, viewer = OFFICER) => story.refused('changeEnterprise', viewer, firm, given);
  expect(await change({ name: { zh: ' ' } })).toBe('INVALID name zh');
  expect(await change({ industryCode: 'Z99' })).toBe('INVALID industryCode');
  expect(await change({ staffCount: -1 })).toBe('INVALID staffCount');
  expect(await change({ staffCount: 11, version: 7 })).toBe('VERSION_CONFLICT version');
  expect(await change({ staffCount: -1 }, clerkOf(firm))).toBe('INVALID staffCount');
  expect(await change({ staffCount: 11 }, registrar(BAODI))).toBe('NOT_ALLOWED enterprise');
  expect(await change({ staffCount: 11 }, clerkOf(await story.newFirm()))).toBe('NOT_ALLOWED enterprise');
  expect(await change({ staffCount: 11 }, { ...OFFICER, roles: ['REPORT'] } as typeof OFFICER)).toBe('FORBIDDEN');

  await story.does('changeEnterprise', clerkOf(firm), firm, { staffCount: 11 });
  const decide = (given: object, viewer = OFFICER) => story.refused('decideEnterpriseProposal', viewer, firm, given);
  expect(await decide({ proposal: 9, outcome: 'ACCEPTED' })).toBe('NOT_FOUND proposal');
  expect(await decide({ proposal: 2, outcome: 'REJECTED' })).toBe('INVALID reason');
  expect(await decide({ proposal: 2, outcome: 'ACCEPTED', reason: 'NOT_PROVEN' })).toBe('INVALID reason');
  expect(await decide({ proposal: 2, outcome: 'ACCEPTED' }, registrar(BAODI))).toBe('NOT_ALLOWED enterprise');
  expect(await decide({ proposal: 2, outcome: 'ACCEPTED' }, clerkOf(firm))).toBe('FORBIDDEN');
});

test('nobody changes an unconfirmed enterprise', async () => {
  firm = await story.newFirm({ registration: 'UNCONFIRMED' });
  const change = { staffCount: 11 };
  expect(await story.refused('changeEnterprise', clerkOf(firm), firm, change)).toBe('NOT_ALLOWED enterprise');
  expect(await story.refused('changeEnterprise', OFFICER, firm, change)).toBe('NOT_ALLOWED enterprise');
  const leave = { park: PARK, lastDay: '2026-06-01' };
  expect(await story.refused('leavePark', OFFICER, firm, leave)).toBe('NOT_ALLOWED enterprise');
});

test('the same key gives the same answer once, and of two at once each takes effect', async () => {
  const once = { idempotencyKey: 'the-same-key', version: 1, sector: 'OTHER' };
  const first = await story.send('changeEnterprise', OFFICER, firm, once);
  expect(await story.send('changeEnterprise', OFFICER, firm, once)).toEqual(first);
  expect((await story.stored(firm)).version).toBe(2);
  const both = await Promise.all(
    ['MICRO', 'LARGE'].map((sizeClass) => story.send('changeEnterprise', OFFICER, firm, { version: 2, sizeClass })),
  );
  expect(both.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(['VERSION_CONFLICT']);
});

test('a stay ends on a day after the reported ones, which stay as they are', async () => {
  expect(await report('2026-05-20')).toEqual([]);
  const leave = (given: object) => story.refused('leavePark', OFFICER, firm, { park: PARK, ...given });
  expect(await leave({ lastDay: '2026-05-19' })).toBe('INVALID lastDay');
  expect(await leave({ lastDay: '2019-12-31' })).toBe('INVALID lastDay');
  expect(await leave({ park: PARKS[BAODI], lastDay: '2026-06-01' })).toBe('NOT_ALLOWED enterprise');
  expect(await leave({ park: 'park_nowhere', lastDay: '2026-06-01' })).toBe('NOT_FOUND park');
  await story.does('leavePark', OFFICER, firm, { park: PARK, lastDay: '2026-05-20' });
  expect((await story.stored(firm)).residencies).toMatchObject([{ from: '2020-01-01', to: '2026-05-20' }]);
  expect(await listed('sector: DIGITAL_ECONOMY')).not.toContain(firm);
  expect(await report('2026-05-21')).toEqual(['NOT_ALLOWED']);
  expect(await leave({ lastDay: '2026-06-01' })).toBe('NOT_FOUND park');
});

test('no stay ends before a closed day', async () => {
  const parkId = 'park_closed';
  const revision = {
    revision: 1,
    kind: 'PUBLICATION',
    at: '2026-05-21T10:00:00.000Z',
    sequence: 1,
    figures: dayFiguresOf(EMPTY_TALLY, { residents: 1, registeredStaff: 10 }),
  } as const;
  const published = {
    on: '2026-05-21',
    publishedAt: revision.at,
    closesAt: '2026-05-28T10:00:00.000Z',
    current: revision,
    next: null,
    history: [revision],
  };
  await story.system.write('enterprises', [
    knownParkItem(parkId, TEDA),
    publishedDayItem(parkId, published),
    parkPublicationItem({ parkId, version: 1, applied: 1, lastPublishedOn: '2026-05-21' }),
  ]);
  firm = await story.newFirm({
    residencies: [{ parkId, kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 }],
  });
  const leave = { park: parkId, lastDay: '2026-05-20' };
  expect(await story.refused('leavePark', OFFICER, firm, leave)).toBe('DAY_CLOSED');
  await story.does('leavePark', OFFICER, firm, { ...leave, lastDay: '2026-05-21' });
});

test('a clerk asks to leave, and the officer of the home zone agrees', async () => {
  await story.does('leavePark', clerkOf(firm), firm, { park: PARK, lastDay: '2026-06-30' });
  expect((await story.stored(firm)).residencies).toMatchObject([{ to: null }]);
  expect(await proposalsOf()).toMatchObject([{ number: 2, leave: { park: { id: PARK }, lastDay: '2026-06-30' } }]);
  await story.does('decideEnterpriseProposal', OFFICER, firm, { proposal: 2, outcome: 'ACCEPTED' });
  expect((await story.stored(firm)).residencies).toMatchObject([{ to: '2026-06-30' }]);
  expect(await kindsOf()).toEqual(['LEFT', 'PROPOSED']);
});

test('host and clerk end an admission at once, and its home zone does not', async () => {
  const stay = { parkId: PARKS[BAODI], kind: 'OPERATING', from: '2026-01-01', to: null, registeredStaff: 3 } as const;
  const admission = { parkId: PARKS[BAODI], zoneId: BAODI, state: 'OPEN', from: '2026-01-01', terms: null } as const;
  firm = await story.newFirm({ residencies: [stay], admissions: [admission] });
  const leave = { park: PARKS[BAODI], lastDay: '2026-06-30' };
  expect(await story.refused('leavePark', OFFICER, firm, leave)).toBe('NOT_ALLOWED enterprise');
  expect(await story.refused('leavePark', registrar(BAODI), firm, { ...leave, lastDay: '2026-05-01' })).toBe(
    'INVALID lastDay',
  );
  await story.does('leavePark', clerkOf(firm), firm, leave);
  await story.does('leavePark', registrar(BAODI), firm, { ...leave, lastDay: '2026-06-15' });
  expect((await story.stored(firm)).residencies).toMatchObject([{ to: '2026-06-15' }]);
  expect(await kindsOf()).toEqual(['ADMISSION_ENDED', 'ADMISSION_ENDED']);
});

test('a new home does not end a stay that has become an admission', async () => {
  await story.does('leavePark', clerkOf(firm), firm, { park: PARK, lastDay: '2026-06-30' });
  await story.does('requestMove', clerkOf(firm), firm, { park: PARKS[BAODI], keepsSites: true });
  await story.does('acceptMove', registrar(BAODI), firm);
  await story.does('handOverEnterprise', OFFICER, firm);
  const accept = { proposal: 2, outcome: 'ACCEPTED' };
  expect(await story.refused('decideEnterpriseProposal', registrar(BAODI), firm, accept)).toBe('NOT_ALLOWED park');
});

test('a proposal that no longer fits is refused when it is accepted', async () => {
  await story.does('leavePark', clerkOf(firm), firm, { park: PARK, lastDay: '2026-05-20' });
  expect(await report('2026-05-28')).toEqual([]);
  const accept = { proposal: 2, outcome: 'ACCEPTED' };
  expect(await story.refused('decideEnterpriseProposal', OFFICER, firm, accept, at('2026-06-01'))).toBe(
    'INVALID lastDay',
  );
});
