import type { Admission } from '../../../../src/domain/register/admission.ts';
import type { RegisterCommand } from '../../../../src/domain/register/command.ts';
import { decideRegister } from '../../../../src/domain/register/decide.ts';
import type { Move } from '../../../../src/domain/register/move.ts';
import type { RegisterSituation } from '../../../../src/domain/register/situation.ts';
import { stateQualification } from '../../../../src/domain/register/stated-holdings.ts';
import { movedHome } from '../../../../src/domain/register/stays.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { enterpriseOf } from '../../../fixtures/enterprise.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const HOME = enterpriseOf(1, { homeZoneId: 'zone_a' });
const CLERK: Viewer = { kind: 'clerk', person: 'c', enterprise: HOME.id };
const REGISTRAR: Viewer = { kind: 'officer', person: 'o', agency: 'PARK', zone: 'zone_b', roles: ['REGISTER'] };
const AGREED: Admission = { parkId: 'park_b', zoneId: 'zone_b', state: 'AGREED', from: '2026-03-02', terms: null };

function decide(
  command: RegisterCommand,
  change: Partial<RegisterSituation['enterprise']> = {},
  viewer: Viewer = CLERK,
) {
  const situation = {
    enterprise: { ...HOME, ...change },
    successors: [],
    park: { parkId: 'park_b', zoneId: 'zone_b' },
    lastReported: null,
  };
  return decideRegister(situation, command, viewer, NOW);
}

test('an enterprise agrees to a stay once', () => {
  const agree = { action: 'AGREE_TO_ADMISSION', version: null, parkId: 'park_b', from: '2026-03-02' } as const;
  expect(decide(agree)).toMatchObject({ ok: true, value: { change: { admissions: [AGREED] } } });
  expect(decide(agree, { admissions: [AGREED] })).toMatchObject({ ok: false, refusals: [{ code: 'WRONG_STATE' }] });
});

test('administrators see a challenge, which they decide, and no other event of a registration', () => {
  const isForAdministrators = (command: RegisterCommand, change: Partial<RegisterSituation['enterprise']>) => {
    const decision = decide(command, change);
    return decision.ok && decision.value.event.isForAdministrators;
  };
  const challenge = {
    action: 'CHALLENGE_REGISTRATION',
    version: null,
    reason: 'OTHER_HOME',
    homeZoneId: 'zone_b',
  } as const;
  expect(isForAdministrators(challenge, { registration: 'UNCONFIRMED' })).toBe(true);
  expect(decide({ action: 'CONFIRM_REGISTRATION', version: null }, { registration: 'UNCONFIRMED' })).toMatchObject({
    ok: true,
    value: { event: { isForAdministrators: false } },
  });
});

test.each([
  ['zone_b', 'CHALLENGED'],
  ['zone_a', 'INVALID_HOME_ZONE'],
  ['park_b', 'INVALID_HOME_ZONE'],
  [null, 'INVALID_HOME_ZONE'],
])('a challenge names another zone as the home: %s is %s', (homeZoneId, expected) => {
  const challenge = { action: 'CHALLENGE_REGISTRATION', version: null, reason: 'OTHER_HOME', homeZoneId } as const;
  const decision = decide(challenge, { registration: 'UNCONFIRMED' });
  expect(decision.ok ? decision.value.event.kind : decision.refusals[0]?.code).toBe(expected);
});

test('a stay ends on its first day or later', () => {
  const residencies = [
    { parkId: 'park_b', kind: 'OPERATING' as const, from: '2026-04-01', to: null, registeredStaff: 10 },
  ];
  const end = (lastDay: string) =>
    decide(
      { action: 'STATE', version: null, parkId: 'park_b', stated: { kind: 'LEAVE', parkId: 'park_b', lastDay } },
      { homeZoneId: 'zone_b', residencies },
      REGISTRAR,
    );
  expect(end('2026-03-31')).toMatchObject({ ok: false, refusals: [{ code: 'INVALID_DAY' }] });
  expect(end('2026-04-01')).toMatchObject({ ok: true });
});

test('a move ends stays in the old home, and leaves those that another zone has admitted', () => {
  const stay = (parkId: string) => ({
    parkId,
    kind: 'OPERATING' as const,
    from: '2025-01-01',
    to: null,
    registeredStaff: 10,
  });
  const open: Admission = { ...AGREED, parkId: 'park_c', zoneId: 'zone_c', state: 'OPEN' };
  const before = { ...HOME, admissions: [open, AGREED], residencies: [stay('park_a'), stay('park_c')] };
  const move = { fromZoneId: 'zone_a', toZoneId: 'zone_b', toParkId: 'park_b', keepsSites: false } as Move;
  const { residencies } = movedHome(before, move, '2026-03-02');
  expect(residencies.map(({ parkId, to }) => [parkId, to])).toEqual(
    expect.arrayContaining([
      ['park_a', '2026-03-01'],
      ['park_b', null],
      ['park_c', null],
    ]),
  );
});

test('a move that keeps the sites makes admissions of them, and drops those to the new home', () => {
  const stay = (parkId: string, kind: 'OPERATING' | 'REGISTERED') =>
    ({ parkId, kind, from: '2025-01-01', to: null, registeredStaff: 10 }) as const;
  const open = (of: string): Admission => ({ ...AGREED, parkId: `park_${of}`, zoneId: `zone_${of}`, state: 'OPEN' });
  const residencies = [stay('park_a', 'OPERATING'), stay('park_a2', 'REGISTERED'), stay('park_c', 'OPERATING')];
  const move = { fromZoneId: 'zone_a', toZoneId: 'zone_b', toParkId: 'park_b', keepsSites: true } as Move;
  const { admissions } = movedHome({ ...HOME, admissions: [open('b'), open('c')], residencies }, move, '2026-03-02');
  expect(admissions.map(({ parkId, zoneId, state }) => [parkId, zoneId, state])).toEqual([
    ['park_c', 'zone_c', 'OPEN'],
    ['park_a', 'zone_a', 'OPEN'],
  ]);
});

test.each([
  ['x', true],
  ['x'.repeat(60), true],
  ['x'.repeat(61), false],
  [' ', false],
])('a qualification has the number %s: %s', (number, expected) => {
  const qualification = {
    kind: 'HIGH_TECH_ENTERPRISE' as const,
    number,
    validFrom: '2026-01-01',
    validTo: null,
  };
  expect(stateQualification(HOME, { kind: 'QUALIFICATION', qualification }).ok).toBe(expected);
});

test.each([
  [true, null, 'CHANGED'],
  [true, 'OTHER', 'INVALID_REASON'],
  [false, 'OTHER', 'PROPOSAL_REJECTED'],
  [false, null, 'INVALID_REASON'],
] as const)('a proposal whose acceptance is %s with the reason %s is %s', (isAccepted, reason, expected) => {
  const stated = { kind: 'FACTS', facts: { sizeClass: 'LARGE' } };
  const proposals = [{ number: 1, proposedOn: '2026-03-01', stated }];
  const decision = decide(
    { action: 'DECIDE_PROPOSAL', version: null, number: 1, isAccepted, reason } as unknown as RegisterCommand,
    { homeZoneId: 'zone_b', proposals } as unknown as Partial<RegisterSituation['enterprise']>,
    REGISTRAR,
  );
  expect(decision.ok ? decision.value.event.kind : decision.refusals[0]?.code).toBe(expected);
});
