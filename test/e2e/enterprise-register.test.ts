import { mock } from 'node:test';
import type { Viewer } from '../../src/domain/viewer.ts';
import { type LogFields, log } from '../../src/log.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import type { EnterpriseItem } from '../../src/storage/enterprises/items.ts';
import { knownParkItem, trackingItem } from '../../src/storage/enterprises/make-items.ts';
import { countEvents } from '../../src/storage/enterprises/published-figures/count-events.ts';
import { rebuildTallies } from '../../src/storage/enterprises/published-figures/rebuild-tallies.ts';
import { handOverDue } from '../../src/storage/enterprises/register/hand-over-due.ts';
import { enterpriseKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import type { Call } from '../../src/subgraph/request.ts';
import { enterpriseOf, itemsOf, usccOf } from '../fixtures/enterprise.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** A firm of Beijing, its home zone, the Binhai park that hosts it, and Baodi, where it moves to. */

const BEIJING = 'zone_zhongguancun';
const BINHAI = 'zone_teda';
const BAODI = 'zone_baodi';
const PARKS = { [BEIJING]: 'park_haidian', [BINHAI]: 'park_binhai', [BAODI]: 'park_baodi' } as const;
type Zone = keyof typeof PARKS;

const officer = (zone: Zone, ...roles: Extract<Viewer, { kind: 'officer' }>['roles']): Viewer => ({
  kind: 'officer',
  person: `officer of ${zone}`,
  agency: 'PARK',
  zone,
  roles,
});
const registrar = (zone: Zone) => officer(zone, 'REGISTER');
const ADMIN: Viewer = { kind: 'admin', person: 'admin-1' };

/** A Friday; ten working days later is 2026-06-12. */
const ASKED = new Date('2026-05-29T02:00:00.000Z');
const at = (day: string) => new Date(`${day}T02:00:00.000Z`);

let system: TestSystem;
let serve: Execute;
let number = 5000;
let keys = 0;
/** The firm of the story at hand. */
let firm: string;
let clerk: Viewer;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('enterprises', createEnterprisesSubgraph);
  await system.write(
    'enterprises',
    Object.entries(PARKS).map(([zone, park]) => knownParkItem(park, zone)),
  );
});
afterAll(() => system.stop());
beforeEach(async () => {
  await newFirm();
});

async function newFirm(change: Partial<EnterpriseItem> = {}): Promise<void> {
  const stay = {
    parkId: PARKS[BEIJING],
    kind: 'OPERATING',
    from: '2020-01-01',
    to: null,
    registeredStaff: 10,
  } as const;
  const enterprise = enterpriseOf(number++, { homeZoneId: BEIJING, residencies: [stay], ...change });
  firm = enterprise.id;
  clerk = { kind: 'clerk', person: 'clerk-1', enterprise: firm };
  const tracking = trackingItem({ version: 1, enterpriseId: firm, officer: '李*', since: '2026-01-01' });
  await system.write('enterprises', [...itemsOf(enterprise), tracking]);
}

const stored = async () =>
  (await readItem<EnterpriseItem>(system.table('enterprises'), enterpriseKeys.enterprise(firm), {
    consistent: true,
  })) as EnterpriseItem;

const INPUTS = {
  confirmRegistration: 'EnterpriseVersionInput',
  challengeRegistration: 'ChallengeRegistrationInput',
  decideChallenge: 'DecideChallengeInput',
  agreeToAdmission: 'AgreeToAdmissionInput',
  recordAdmission: 'RecordAdmissionInput',
  endAdmission: 'EndAdmissionInput',
  requestMove: 'RequestMoveInput',
  withdrawMove: 'EnterpriseVersionInput',
  acceptMove: 'EnterpriseVersionInput',
  handOverEnterprise: 'EnterpriseVersionInput',
  objectToMove: 'ObjectToMoveInput',
  decideMove: 'DecideMoveInput',
} as const;
type Mutation = keyof typeof INPUTS;

interface Refused {
  readonly code: string;
  readonly field?: readonly string[];
}

interface Given extends Partial<Pick<Call, 'now'>> {
  readonly version?: number;
  readonly idempotencyKey?: string;
  readonly [name: string]: unknown;
}

/** Does a mutation on the firm, with the version that it has. */
async function send(mutation: Mutation, viewer: Viewer, { now = ASKED, ...given }: Given = {}) {
  const version = mutation === 'recordAdmission' ? {} : { version: (await stored()).version };
  const input = { idempotencyKey: `register-key-${keys++}`, enterprise: firm, ...version, ...given };
  const query = `mutation ($input: ${INPUTS[mutation]}!) {
    ${mutation}(input: $input) { enterprise { id version homeZone { id } } userErrors { code field message } }
  }`;
  const { data, errors } = await serve(query, { input }, { viewer, now });
  // Who may never do it isn't let in.
  if (errors) return { enterprise: null, userErrors: errors.map(({ extensions }) => ({ ...(extensions as Refused) })) };
  return data[mutation] as {
    enterprise: { version: number } | null;
    userErrors: Refused[];
  };
}

/** Does a mutation that must be taken. */
async function does(mutation: Mutation, viewer: Viewer, given: Given = {}): Promise<void> {
  expect((await send(mutation, viewer, given)).userErrors).toEqual([]);
}

async function refused(mutation: Mutation, viewer: Viewer, given: Given = {}): Promise<string> {
  const before = await stored();
  const { enterprise, userErrors } = await send(mutation, viewer, given);
  expect(enterprise).toBeNull();
  expect(await stored()).toEqual(before);
  return userErrors.map(({ code, field = [] }) => [code, ...field].join(' ')).join();
}

const SEEN = `query ($id: ID!) {
  enterprise(id: $id) {
    registration homeZone { id } staffCount tracking { officer }
    operationReports(from: "2026-05-01", to: "2026-07-31") { on }
    admissions { park { id } zone { id } state from kind staffCount }
    move { state fromZone { id } toZone { id } park { id } objectionDueOn objection decisionDueOn completedOn }
    challenge { reason homeZone { id } byZone { id } }
    residencies { park { id } kind from to }
  }
}`;
async function seenBy(viewer: Viewer, now = ASKED) {
  const { data, errors } = await serve(SEEN, { id: firm }, { viewer, now });
  expect(errors).toBeUndefined();
  return data.enterprise;
}

async function kindsToldTo(viewer: Viewer, zone?: Zone): Promise<string[]> {
  const query = `query ($zone: ID) {
    enterpriseNotices(zone: $zone, first: 100) { nodes { kind enterprise { id } } }
  }`;
  const { data, errors } = await serve(query, { zone: zone ?? null }, { viewer });
  expect(errors).toBeUndefined();
  const nodes: { kind: string; enterprise: { id: string } }[] = data.enterpriseNotices.nodes;
  return nodes.filter(({ enterprise }) => enterprise.id === firm).map(({ kind }) => kind);
}

async function report(viewer: Viewer, on: string) {
  const query = `mutation ($input: ReportOperationsInput!) {
    reportOperations(input: $input) { reports { on } userErrors { code field } }
  }`;
  const reports = [{ enterprise: firm, on, mode: 'ON_SITE', staffTotal: 12, staffReturned: 9 }];
  const input = { idempotencyKey: `report-${keys++}`, reports };
  const { data } = await serve(query, { input }, { viewer, now: at('2026-07-01') });
  return data.reportOperations.userErrors.map(({ code }: { code: string }) => code);
}

const TERMS = { park: PARKS[BINHAI], from: '2026-06-01', kind: 'INCUBATED', staffCount: 3 };
const AGREED = { park: PARKS[BINHAI], from: '2026-05-01' };
const TO_BAODI = { park: PARKS[BAODI], keepsSites: false };

describe('an admission', () => {
  test.each([
    ['the enterprise agrees first', ['agreeToAdmission', 'recordAdmission']],
    ['the park records first', ['recordAdmission', 'agreeToAdmission']],
  ] as const)('opens when both sides have spoken: %s', async (_, order) => {
    for (const [i, mutation] of order.entries()) {
      expect((await stored()).residencies).toHaveLength(1);
      expect((await seenBy(officer(BINHAI))).operationReports).toBeNull();
      if (mutation === 'agreeToAdmission') await does(mutation, clerk, AGREED);
      else await does(mutation, registrar(BINHAI), TERMS);
      const [admission] = (await seenBy(clerk)).admissions;
      expect(admission.state).toBe(i === 1 ? 'OPEN' : mutation === 'agreeToAdmission' ? 'AGREED' : 'RECORDED');
    }
    expect(await seenBy(clerk)).toMatchObject({
      homeZone: { id: BEIJING },
      residencies: [
        { park: { id: PARKS[BINHAI] }, kind: 'INCUBATED', from: '2026-06-01', to: null },
        { park: { id: PARKS[BEIJING] } },
      ],
    });
    expect(await kindsToldTo(registrar(BEIJING), BEIJING)).toEqual([
      'ADMITTED',
      order[0] === 'agreeToAdmission' ? 'ADMISSION_AGREED' : 'ADMISSION_RECORDED',
    ]);
  });

  test('begins on no day before both sides have spoken', async () => {
    await does('agreeToAdmission', clerk, { ...AGREED, from: '2019-01-01' });
    await does('recordAdmission', registrar(BINHAI), { ...TERMS, from: '2019-01-01' });
    expect((await stored()).residencies[0]).toMatchObject({ from: '2026-05-29' });
  });

  test('shows the host only the days that count for its park, until it ends', async () => {
    // Registered at home only: the day counts where it operates.
    const registered = { parkId: PARKS[BEIJING], kind: 'REGISTERED', from: '2020-01-01', to: null } as const;
    await newFirm({ residencies: [{ ...registered, registeredStaff: 10 }] });
    await does('agreeToAdmission', clerk, AGREED);
    await does('recordAdmission', registrar(BINHAI), { ...TERMS, kind: 'OPERATING' });
    expect(await report(clerk, '2026-05-30')).toEqual([]);
    expect(await report(officer(BINHAI, 'REPORT'), '2026-06-02')).toEqual([]);
    expect(await report(officer(BINHAI, 'REPORT'), '2026-05-31')).toEqual(['NOT_ALLOWED']);
    // Whether the enterprise has reported a day of another park isn't told either.
    expect(await report(officer(BINHAI, 'REPORT'), '2026-05-30')).toEqual(['NOT_ALLOWED']);

    const now = at('2026-06-03');
    const host = await seenBy(officer(BINHAI), now);
    expect(host).toMatchObject({ staffCount: null, tracking: null, operationReports: [{ on: '2026-06-02' }] });
    expect((await seenBy(officer(BEIJING), now)).operationReports).toHaveLength(2);
    expect(await seenBy(officer(BEIJING), now)).toMatchObject({ staffCount: 10, tracking: { officer: '李*' } });
    expect(await seenBy(officer(BAODI), now)).toMatchObject({ operationReports: null, admissions: null });

    expect(await refused('endAdmission', registrar(BINHAI), { ...AGREED_PARK, lastDay: '2026-06-02', now })).toBe(
      'INVALID lastDay',
    );
    await does('endAdmission', registrar(BINHAI), { ...AGREED_PARK, lastDay: '2026-06-03', now });
    expect((await seenBy(officer(BINHAI), now)).operationReports).toHaveLength(1);
    expect((await seenBy(officer(BINHAI), at('2026-06-04'))).operationReports).toBeNull();
  });
  const AGREED_PARK = { park: PARKS[BINHAI] };

  test('that is not open yet is taken back by either side', async () => {
    await does('recordAdmission', registrar(BINHAI), TERMS);
    await does('endAdmission', clerk, { ...AGREED_PARK, lastDay: '2026-06-03' });
    await does('agreeToAdmission', clerk, AGREED);
    await does('endAdmission', registrar(BINHAI), { ...AGREED_PARK, lastDay: '2026-06-03' });
    expect((await stored()).admissions).toEqual([]);
    expect(await refused('endAdmission', clerk, { ...AGREED_PARK, lastDay: '2026-06-03' })).toBe('NOT_FOUND park');
  });

  test('is refused in the home zone, twice, and for what nobody has confirmed', async () => {
    expect(await refused('agreeToAdmission', clerk, { ...AGREED, park: PARKS[BEIJING] })).toBe('NOT_ALLOWED park');
    expect(await refused('agreeToAdmission', clerk, { ...AGREED, park: 'park_nowhere' })).toBe('NOT_FOUND park');
    expect(await refused('recordAdmission', registrar(BINHAI), { ...TERMS, staffCount: -1 })).toBe(
      'INVALID staffCount',
    );
    await does('agreeToAdmission', clerk, AGREED);
    await does('recordAdmission', registrar(BINHAI), TERMS);
    expect(await refused('recordAdmission', registrar(BINHAI), TERMS)).toBe('NOT_ALLOWED park');
    await newFirm({ registration: 'UNCONFIRMED' });
    expect(await refused('agreeToAdmission', clerk, AGREED)).toBe('NOT_ALLOWED enterprise');
    expect(await refused('recordAdmission', registrar(BINHAI), TERMS)).toBe('NOT_ALLOWED enterprise');
  });
});

describe('a move', () => {
  const askAndAccept = async () => {
    await does('requestMove', clerk, TO_BAODI);
    await does('acceptMove', registrar(BAODI));
  };

  test('is handed over by the old zone at once', async () => {
    await askAndAccept();
    await does('handOverEnterprise', registrar(BEIJING));
    expect(await seenBy(clerk)).toMatchObject({
      homeZone: { id: BAODI },
      move: { state: 'COMPLETED', completedOn: '2026-05-29' },
      residencies: [
        { park: { id: PARKS[BAODI] }, kind: 'OPERATING', from: '2026-05-29', to: null },
        { park: { id: PARKS[BEIJING] }, to: '2026-05-28' },
      ],
    });
    expect(await seenBy(officer(BEIJING))).toMatchObject({ staffCount: null, tracking: null });
    expect(await seenBy(officer(BAODI))).toMatchObject({ staffCount: 10, tracking: { officer: '李*' } });
  });

  test('is handed over by the silence of the old zone, on the day after the tenth working day', async () => {
    await does('recordAdmission', registrar(BINHAI), TERMS);
    await askAndAccept();
    expect((await seenBy(registrar(BEIJING))).move).toMatchObject({ state: 'ACCEPTED', objectionDueOn: '2026-06-12' });
    const table = system.table('enterprises');
    expect((await handOverDue(table, at('2026-06-12'))).moved).toEqual([]);
    expect((await seenBy(clerk, at('2026-06-12'))).homeZone.id).toBe(BEIJING);

    // By rule, before the schedule has run.
    const admissions = [{ zone: { id: BINHAI } }];
    expect(await seenBy(officer(BEIJING), at('2026-06-12'))).toMatchObject({ admissions });
    expect(await seenBy(officer(BAODI), at('2026-06-13'))).toMatchObject({
      homeZone: { id: BAODI },
      staffCount: 10,
      admissions,
    });
    expect(await seenBy(officer(BEIJING), at('2026-06-13'))).toMatchObject({ staffCount: null, admissions: [] });

    const runs = await Promise.all([handOverDue(table, at('2026-06-13')), handOverDue(table, at('2026-06-13'))]);
    expect(runs.flatMap(({ failed }) => failed)).toEqual([]);
    expect((await handOverDue(table, at('2026-06-14'))).moved).toEqual([]);
    expect(await stored()).toMatchObject({
      homeZoneId: BAODI,
      move: { state: 'COMPLETED', completedOn: '2026-06-13' },
      residencies: [
        { parkId: PARKS[BAODI], from: '2026-06-13', to: null },
        { parkId: PARKS[BEIJING], to: '2026-06-12' },
      ],
    });
    expect((await kindsToldTo(registrar(BEIJING), BEIJING))[0]).toBe('MOVED');
    expect((await kindsToldTo(registrar(BAODI), BAODI)).filter((kind) => kind === 'MOVED')).toHaveLength(1);
  });

  test('by silence takes the enterprise out of its old park on that day, however late it is stored', async () => {
    await askAndAccept();
    expect((await handOverDue(system.table('enterprises'), at('2026-06-20'))).moved).toHaveLength(1);
    expect((await stored()).residencies).toMatchObject([
      { parkId: PARKS[BAODI], from: '2026-06-13', to: null },
      { parkId: PARKS[BEIJING], to: '2026-06-12' },
    ]);
  });

  test.each(['a mutation', 'the schedule, twice at once'])('that has lapsed is reported once, by %s', async (which) => {
    await askAndAccept();
    const now = at('2026-06-15');
    const { mock: info } = mock.method(log, 'info', (_: string, _fields?: LogFields) => {});
    if (which === 'a mutation') await send('withdrawMove', clerk, { now });
    else await Promise.all([0, 1].map(() => handOverDue(system.table('enterprises'), now)));
    const reported = info.calls
      .map((call) => call.arguments[1])
      .filter((fields) => fields?.kind === 'ENTERPRISE_MOVED');
    info.restore();
    expect(reported).toMatchObject([{ enterprise: firm, fromZone: BEIJING, toZone: BAODI }]);
  });

  test('that has lapsed is carried out by the mutation that comes first', async () => {
    await askAndAccept();
    const now = at('2026-06-15');
    const { version } = await stored();
    const late = await send('objectToMove', registrar(BEIJING), { reason: 'TAX_NOT_SETTLED', now, version });
    expect(late.userErrors[0]).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await stored()).toMatchObject({ homeZoneId: BAODI, move: { state: 'COMPLETED' } });
    expect(await refused('objectToMove', registrar(BEIJING), { reason: 'TAX_NOT_SETTLED', now })).toBe(
      'NOT_ALLOWED enterprise',
    );
  });

  test.each([
    ['APPROVED', BAODI, 'COMPLETED'],
    ['REFUSED', BEIJING, 'REFUSED'],
  ])('that the old zone objects to is decided by an administrator: %s', async (outcome, home, state) => {
    await askAndAccept();
    await does('objectToMove', registrar(BEIJING), { reason: 'TAX_NOT_SETTLED', now: at('2026-06-12') });
    expect(await kindsToldTo(ADMIN)).toEqual(['MOVE_OBJECTED']);
    expect(await refused('decideMove', registrar(BEIJING), { outcome })).toBe('FORBIDDEN');
    expect((await seenBy(ADMIN)).move).toMatchObject({ state: 'OBJECTED', objection: 'TAX_NOT_SETTLED' });
    await does('decideMove', ADMIN, { outcome, now: at('2026-06-20') });
    expect(await stored()).toMatchObject({ homeZoneId: home, move: { state } });
  });

  test('that nobody decides is handed over on the day after the twentieth working day of the objection', async () => {
    await askAndAccept();
    await does('objectToMove', registrar(BEIJING), { reason: 'FROZEN_BY_COURT', now: at('2026-06-12') });
    expect((await seenBy(ADMIN, at('2026-06-13'))).move).toMatchObject({
      state: 'OBJECTED',
      objectionDueOn: null,
      decisionDueOn: '2026-07-13',
    });
    const table = system.table('enterprises');
    expect((await handOverDue(table, at('2026-07-13'))).moved).toEqual([]);
    expect((await seenBy(officer(BEIJING), at('2026-07-13'))).homeZone.id).toBe(BEIJING);
    expect((await seenBy(officer(BAODI), at('2026-07-14'))).homeZone.id).toBe(BAODI);
    const late = await send('decideMove', ADMIN, { outcome: 'REFUSED', now: at('2026-07-14') });
    expect(late.userErrors[0]).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await stored()).toMatchObject({
      homeZoneId: BAODI,
      move: { state: 'COMPLETED', completedOn: '2026-07-14' },
    });
  });

  test('that nobody decides is carried out by the schedule', async () => {
    await askAndAccept();
    await does('objectToMove', registrar(BEIJING), { reason: 'FROZEN_BY_COURT', now: at('2026-06-12') });
    const { moved } = await handOverDue(system.table('enterprises'), at('2026-07-14'));
    expect(moved).toEqual([{ enterpriseId: firm, fromZone: BEIJING, toZone: BAODI }]);
  });

  test('keeps the sites in the old zone as admissions where the enterprise says so', async () => {
    await does('requestMove', clerk, { ...TO_BAODI, keepsSites: true });
    await does('acceptMove', registrar(BAODI));
    await does('handOverEnterprise', registrar(BEIJING));
    expect(await stored()).toMatchObject({
      homeZoneId: BAODI,
      admissions: [{ parkId: PARKS[BEIJING], zoneId: BEIJING, state: 'OPEN' }],
      residencies: [
        { parkId: PARKS[BAODI], kind: 'REGISTERED' },
        { parkId: PARKS[BEIJING], to: null },
      ],
    });
  });

  test('changes no day that is reported', async () => {
    await askAndAccept();
    await report(clerk, '2026-05-29');
    await does('handOverEnterprise', registrar(BEIJING));
    expect((await stored()).residencies).toMatchObject([
      { parkId: PARKS[BAODI], from: '2026-05-30' },
      { parkId: PARKS[BEIJING], to: '2026-05-29' },
    ]);
  });

  test('is taken back by the enterprise, and asked for again', async () => {
    await askAndAccept();
    expect(await refused('requestMove', clerk, TO_BAODI)).toBe('NOT_ALLOWED enterprise');
    await does('withdrawMove', clerk);
    expect((await handOverDue(system.table('enterprises'), at('2026-07-30'))).moved).toEqual([]);
    expect(await refused('handOverEnterprise', registrar(BEIJING))).toBe('NOT_ALLOWED enterprise');
    await does('requestMove', clerk, TO_BAODI);
    await newFirm({ registration: 'UNCONFIRMED' });
    expect(await refused('requestMove', clerk, TO_BAODI)).toBe('NOT_ALLOWED enterprise');
  });

  test('moves the parks’ figures by exactly one enterprise', async () => {
    await askAndAccept();
    await does('handOverEnterprise', registrar(BEIJING));
    const table = system.table('enterprises');
    const parts = await Promise.all(
      ['CHANGE#'].map((beginsWith) => readRange<PrimaryKey>(table, { partition: firm, sort: { beginsWith } })),
    );
    await countEvents(table, parts.flat(), ASKED);
    const figures = () =>
      Promise.all(Object.values(PARKS).map((park) => readItem<PrimaryKey>(table, enterpriseKeys.parkFigures(park))));
    // All other stories' events are counted here, for both sides to have the same.
    await rebuildTallies(table);
    const counted = await figures();
    await rebuildTallies(table);
    expect(await figures()).toEqual(counted);
    const resident = (park: string) => readItem(table, enterpriseKeys.resident(park, firm));
    expect(await resident(PARKS[BAODI])).not.toBeNull();
    expect(await resident(PARKS[BEIJING])).toBeNull();
  });
});

describe('a first registration', () => {
  const REGISTER = `mutation ($input: RegisterEnterpriseInput!) {
    registerEnterprise(input: $input) { enterprise { id registration homeZone { id } } userErrors { code field } }
  }`;
  const facts = (change: object = {}) => ({
    idempotencyKey: `first-key-${keys++}`,
    park: PARKS[BAODI],
    residentFrom: '2026-05-01',
    uscc: usccOf(number++),
    nameZh: '新企业',
    industryCode: 'I6513',
    sector: 'OTHER',
    sizeClass: 'SMALL',
    staffCount: 7,
    ...change,
  });
  async function register(viewer: Viewer, input: object) {
    const { data } = await serve(REGISTER, { input }, { viewer, now: ASKED });
    const { enterprise } = data.registerEnterprise;
    if (enterprise) {
      firm = enterprise.id;
      clerk = { kind: 'clerk', person: 'clerk-1', enterprise: firm };
    }
    return data.registerEnterprise;
  }

  test('opens nothing to the registering zone until the enterprise confirms it', async () => {
    const { enterprise } = await register(registrar(BAODI), facts());
    expect(enterprise).toMatchObject({ registration: 'UNCONFIRMED', homeZone: { id: BAODI } });
    expect(await report(clerk, '2026-05-20')).toEqual([]);
    expect(await report(officer(BAODI, 'REPORT'), '2026-05-21')).toEqual(['NOT_ALLOWED']);
    expect(await seenBy(officer(BAODI))).toMatchObject({ staffCount: null, operationReports: null });
    await does('confirmRegistration', clerk);
    expect(await seenBy(officer(BAODI))).toMatchObject({ staffCount: 7, operationReports: [{ on: '2026-05-20' }] });
    expect(await refused('confirmRegistration', clerk)).toBe('NOT_ALLOWED enterprise');
  });

  test('is made once a key, and never over one that is there', async () => {
    const input = facts();
    const first = await register(registrar(BAODI), input);
    expect(await register(registrar(BAODI), input)).toEqual(first);
    const again = await register(registrar(BEIJING), { ...input, park: PARKS[BEIJING], idempotencyKey: 'another-key' });
    expect(again).toEqual({ enterprise: null, userErrors: [{ code: 'ALREADY_EXISTS', field: ['uscc'] }] });
    expect(await register(registrar(BEIJING), facts())).toMatchObject({ userErrors: [{ code: 'NOT_ALLOWED' }] });
    expect(await register(registrar(BAODI), facts({ staffCount: -7 }))).toMatchObject({
      userErrors: [{ code: 'INVALID', field: ['staffCount'] }],
    });
  });

  test('by an administrator is confirmed at once', async () => {
    expect((await register(ADMIN, facts())).enterprise.registration).toBe('CONFIRMED');
  });

  test('that is challenged for another home is the other zone’s where an administrator upholds it', async () => {
    await register(registrar(BAODI), facts());
    expect(await refused('challengeRegistration', registrar(BEIJING), { reason: 'OTHER_HOME', homeZone: BINHAI })).toBe(
      'INVALID homeZone',
    );
    await does('challengeRegistration', registrar(BEIJING), { reason: 'OTHER_HOME' });
    expect(await refused('confirmRegistration', ADMIN)).toBe('NOT_ALLOWED enterprise');
    expect(await kindsToldTo(ADMIN)).toEqual(['CHALLENGED']);
    expect((await seenBy(registrar(BEIJING))).challenge).toEqual({
      reason: 'OTHER_HOME',
      homeZone: { id: BEIJING },
      byZone: { id: BEIJING },
    });
    expect((await seenBy(registrar(BINHAI))).challenge).toBeNull();
    expect(await refused('decideChallenge', registrar(BEIJING), { outcome: 'UPHELD' })).toBe('FORBIDDEN');
    await does('decideChallenge', ADMIN, { outcome: 'UPHELD' });
    expect(await stored()).toMatchObject({
      homeZoneId: BEIJING,
      registration: 'CONFIRMED',
      challenge: null,
      residencies: [{ parkId: PARKS[BAODI], to: '2026-05-28' }],
    });
  });

  test('that an administrator upholds a challenge of is void, and made anew by another zone', async () => {
    const input = facts();
    await register(registrar(BAODI), input);
    await does('challengeRegistration', registrar(BEIJING), { reason: 'NOT_AGREED' });
    await does('decideChallenge', ADMIN, { outcome: 'UPHELD' });
    expect(await stored()).toMatchObject({ registration: 'VOID', homeZoneId: BAODI });
    expect(await seenBy(officer(BAODI))).toMatchObject({ staffCount: null });
    const id = firm;
    const anew = await register(registrar(BEIJING), { ...input, park: PARKS[BEIJING], idempotencyKey: 'anew-key-1' });
    expect(anew.enterprise).toEqual({ id, registration: 'UNCONFIRMED', homeZone: { id: BEIJING } });
  });

  test.each([
    ['nobody has challenged', false],
    ['another zone has challenged', true],
  ])('that %s is void at once where the enterprise says that it has not asked for it', async (_, isChallenged) => {
    const input = facts();
    await register(registrar(BAODI), input);
    if (isChallenged) await does('challengeRegistration', registrar(BINHAI), { reason: 'OTHER_HOME' });
    await does('challengeRegistration', clerk, { reason: 'NOT_AGREED' });
    expect(await stored()).toMatchObject({
      registration: 'VOID',
      challenge: null,
      residencies: [{ parkId: PARKS[BAODI], to: '2026-05-28' }],
    });
    expect((await kindsToldTo(registrar(BAODI), BAODI))[0]).toBe('CHALLENGE_UPHELD');
    const anew = await register(registrar(BEIJING), {
      ...input,
      park: PARKS[BEIJING],
      idempotencyKey: `anew-key-${keys++}`,
    });
    expect(anew.enterprise).toMatchObject({ registration: 'UNCONFIRMED', homeZone: { id: BEIJING } });
  });

  test('that is made anew tells nothing of what the enterprise has reported', async () => {
    const input = facts();
    await register(registrar(BAODI), input);
    expect(await report(clerk, '2026-05-20')).toEqual([]);
    await does('challengeRegistration', clerk, { reason: 'NOT_AGREED' });
    const earlier = { ...input, park: PARKS[BEIJING], residentFrom: '2026-05-10', idempotencyKey: 'earlier-key-1' };
    const query = REGISTER.replace('code field', 'code message');
    const { data } = await serve(query, { input: earlier }, { viewer: registrar(BEIJING), now: ASKED });
    expect(data.registerEnterprise.userErrors).toEqual([
      { code: 'NOT_ALLOWED', message: 'The stay cannot begin on that day. Name a later one.' },
    ]);
  });

  test('that another zone challenges is confirmed by the enterprise, whatever administrators do', async () => {
    await register(registrar(BAODI), facts());
    await does('challengeRegistration', registrar(BEIJING), { reason: 'NO_SUCH_ENTERPRISE' });
    await does('confirmRegistration', clerk);
    expect(await stored()).toMatchObject({ registration: 'CONFIRMED', homeZoneId: BAODI, challenge: null });
    expect((await kindsToldTo(registrar(BEIJING), BEIJING))[0]).toBe('CONFIRMED');
    // Administrators are told what they decide, not what the others do.
    expect(await kindsToldTo(ADMIN)).toEqual(['CHALLENGED']);
    expect(await refused('decideChallenge', ADMIN, { outcome: 'UPHELD' })).toBe('NOT_ALLOWED enterprise');
  });

  test('whose challenge is rejected is confirmed', async () => {
    await register(registrar(BAODI), facts());
    await does('challengeRegistration', registrar(BEIJING), { reason: 'NO_SUCH_ENTERPRISE' });
    await does('decideChallenge', ADMIN, { outcome: 'REJECTED' });
    expect(await stored()).toMatchObject({ registration: 'CONFIRMED', homeZoneId: BAODI, challenge: null });
  });
});

test('each mutation refuses everybody that it is not for, and changes nothing', async () => {
  await newFirm({ registration: 'UNCONFIRMED' });
  const given: Record<Mutation, object> = {
    confirmRegistration: {},
    challengeRegistration: { reason: 'NOT_AGREED' },
    decideChallenge: { outcome: 'UPHELD' },
    agreeToAdmission: AGREED,
    recordAdmission: TERMS,
    endAdmission: { park: PARKS[BINHAI], lastDay: '2026-07-01' },
    requestMove: TO_BAODI,
    withdrawMove: {},
    acceptMove: {},
    handOverEnterprise: {},
    objectToMove: { reason: 'FROZEN_BY_COURT' },
    decideMove: { outcome: 'APPROVED' },
  };
  const strangers: Viewer[] = [
    { kind: 'anonymous' },
    { kind: 'clerk', person: 'clerk-2', enterprise: 'ent_01B2M746M0PN9ZGAHAY8W4JHTR' },
    officer(BEIJING, 'RECEIVE', 'REVIEW', 'DECIDE', 'REVEAL', 'REPORT', 'TRACK', 'PUBLISH'),
    officer(BAODI),
    { kind: 'partner', zone: BEIJING, key: 'key-1' },
    { kind: 'analyst', person: 'analyst-1' },
  ];
  for (const mutation of Object.keys(given) as Mutation[]) {
    for (const viewer of strangers) {
      const reason = await refused(mutation, viewer, { ...given[mutation] });
      expect([mutation, viewer, reason]).toEqual([mutation, viewer, expect.stringMatching(/^(FORBIDDEN|NOT_ALLOWED)/)]);
    }
  }
});

test('the same key is answered once, and an older version is refused', async () => {
  const given = { ...TO_BAODI, idempotencyKey: 'move-once-1', version: 1 };
  const first = await send('requestMove', clerk, given);
  expect(await send('requestMove', clerk, given)).toEqual(first);
  expect((await stored()).version).toBe(2);
  expect(await send('requestMove', clerk, { ...given, keepsSites: true })).toMatchObject({
    userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
  });
  expect(await refused('withdrawMove', clerk, { version: 1 })).toBe('VERSION_CONFLICT version');
  const calls = await system.dynamo.during(() => does('withdrawMove', clerk));
  expect(calls.map(({ command }) => command).filter((command) => command === 'TransactWrite')).toHaveLength(1);
});

test('events of the register show each zone its own, and strangers none', async () => {
  await does('recordAdmission', registrar(BINHAI), TERMS);
  await does('requestMove', clerk, TO_BAODI);
  const query = `query ($id: ID!) {
    enterprise(id: $id) { registerEvents(first: 10) { nodes { kind by version zones { id } } } }
  }`;
  const kinds = async (viewer: Viewer) => {
    const { data } = await serve(query, { id: firm }, { viewer, now: ASKED });
    return data.enterprise.registerEvents?.nodes.map(({ kind }: { kind: string }) => kind) ?? null;
  };
  expect(await kinds(clerk)).toEqual(['MOVE_REQUESTED', 'ADMISSION_RECORDED']);
  expect(await kinds(officer(BEIJING))).toEqual(['MOVE_REQUESTED', 'ADMISSION_RECORDED']);
  expect(await kinds(officer(BINHAI))).toEqual(['ADMISSION_RECORDED']);
  expect(await kinds(officer(BAODI))).toEqual(['MOVE_REQUESTED']);
  expect(await kinds({ kind: 'partner', zone: BINHAI, key: 'k' })).toBeNull();
  const foreign = await serve(
    `{ enterpriseNotices(zone: "${BINHAI}", first: 1) { nodes { kind } } }`,
    {},
    { viewer: officer(BAODI) },
  );
  expect(foreign.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});
