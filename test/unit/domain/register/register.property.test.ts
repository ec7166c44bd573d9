import fc from 'fast-check';
import { addDays } from '../../../../src/domain/calendar/day.ts';
import { countingResidency, levelOn, residencySteps } from '../../../../src/domain/enterprises/residency.ts';
import { ADMISSION_KINDS } from '../../../../src/domain/register/admission.ts';
import type { RegisterCommand } from '../../../../src/domain/register/command.ts';
import { decideRegister } from '../../../../src/domain/register/decide.ts';
import { isUnderWay, MOVE_STEPS, OBJECTION_REASONS } from '../../../../src/domain/register/move.ts';
import { arrangedMove, lapsedMove } from '../../../../src/domain/register/move-steps.ts';
import { homeZoneOn, hostParksOn } from '../../../../src/domain/register/record.ts';
import { CHALLENGE_REASONS, REGISTRATION_STEPS } from '../../../../src/domain/register/registration.ts';
import type { RegisterSituation } from '../../../../src/domain/register/situation.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { enterpriseOf } from '../../../fixtures/enterprise.ts';

/** Whatever enterprise, zones and administrators do in whatever order, the register stays whole. */

const ZONES = ['zone_a', 'zone_b', 'zone_c'] as const;
const parkOf = (zone: string) => zone.replace('zone', 'park');
const zoneOf = (park: string) => park.replace('park', 'zone');
const FIRST_DAY = '2026-01-05';

type Enterprise = RegisterSituation['enterprise'];
const START: Enterprise = enterpriseOf(1, {
  homeZoneId: 'zone_a',
  registration: 'UNCONFIRMED',
  residencies: [{ parkId: 'park_a', kind: 'OPERATING', from: '2025-01-01', to: null, registeredStaff: 10 }],
});

const CLERK: Viewer = { kind: 'clerk', person: 'c', enterprise: START.id };
const ADMIN: Viewer = { kind: 'admin', person: 'a' };
const officer = (zone: string): Viewer => ({ kind: 'officer', person: 'o', agency: 'PARK', zone, roles: ['REGISTER'] });

const viewer = fc.constantFrom<Viewer>(CLERK, CLERK, ADMIN, ...ZONES.map(officer));
const parkId = fc.constantFrom(...ZONES.map(parkOf));
const bare = (...actions: ('CONFIRM_REGISTRATION' | 'WITHDRAW_MOVE' | 'ACCEPT_MOVE' | 'HAND_OVER')[]) =>
  fc.record({ action: fc.constantFrom(...actions), version: fc.constant(null) });
const version = fc.constant(null);

const requestMove = fc.record({
  action: fc.constant('REQUEST_MOVE' as const),
  version,
  parkId,
  keepsSites: fc.boolean(),
});
const objectToMove = fc.record({
  action: fc.constant('OBJECT_TO_MOVE' as const),
  version,
  reason: fc.constantFrom(...OBJECTION_REASONS),
});
const decideMove = fc.record({ action: fc.constant('DECIDE_MOVE' as const), version, isApproved: fc.boolean() });
const ofMove = fc.oneof(
  bare('ACCEPT_MOVE', 'ACCEPT_MOVE', 'HAND_OVER', 'WITHDRAW_MOVE'),
  requestMove,
  objectToMove,
  decideMove,
);
const ofRegistration = fc.oneof(
  bare('CONFIRM_REGISTRATION'),
  fc.record({
    action: fc.constant('CHALLENGE_REGISTRATION' as const),
    version,
    reason: fc.constantFrom(...CHALLENGE_REASONS),
    homeZoneId: fc.option(fc.constantFrom(...ZONES)),
  }),
  fc.record({ action: fc.constant('DECIDE_CHALLENGE' as const), version, isUpheld: fc.boolean() }),
);
const ofStay = fc.oneof(
  parkId.map((park) => ({
    action: 'STATE' as const,
    version: null,
    parkId: park,
    stated: { kind: 'LEAVE' as const, parkId: park, lastDay: '2026-11-30' },
  })),
  fc.nat({ max: 9 }).map((staffCount) => ({
    action: 'STATE' as const,
    version: null,
    parkId: null,
    stated: { kind: 'FACTS' as const, facts: { staffCount } },
  })),
);
const ofAdmission = fc.oneof(
  fc.record({ action: fc.constant('AGREE_TO_ADMISSION' as const), version, parkId, from: fc.constant(FIRST_DAY) }),
  fc.record({
    action: fc.constant('RECORD_ADMISSION' as const),
    version,
    parkId,
    from: fc.constant('2026-02-01'),
    terms: fc.record({ kind: fc.constantFrom(...ADMISSION_KINDS), staffCount: fc.nat({ max: 9 }) }),
  }),
  fc.record({ action: fc.constant('END_ADMISSION' as const), version, parkId, lastDay: fc.constant('2026-03-01') }),
);
const command: fc.Arbitrary<RegisterCommand> = fc.oneof(ofMove, ofMove, ofRegistration, ofAdmission, ofStay);
const step = fc.record({
  stranger: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: viewer }),
  command,
  later: fc.constantFrom(0, 0, 0, 1, 3, 16),
  reports: fc.boolean(),
  /** A relocation that its two zones confirm before the command. */
  confirmed: fc.oneof(
    { weight: 9, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.record({ fromZoneId: fc.constantFrom(...ZONES), toZoneId: fc.constantFrom(...ZONES) }),
    },
  ),
});
const story = fc.record({ isConfirmed: fc.boolean(), steps: fc.array(step, { maxLength: 30, size: 'max' }) });
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

/** Returns the one for whom a command is: most steps are theirs. */
function actorOf({ action, ...asked }: RegisterCommand, { move, homeZoneId }: Enterprise): Viewer {
  switch (action) {
    case 'DECIDE_CHALLENGE':
    case 'DECIDE_MOVE':
      return ADMIN;
    case 'RECORD_ADMISSION':
      return officer('parkId' in asked && asked.parkId !== null ? zoneOf(asked.parkId) : '');
    case 'CHALLENGE_REGISTRATION':
      return officer('zone_b');
    case 'ACCEPT_MOVE':
      return officer(move?.toZoneId ?? '');
    case 'HAND_OVER':
    case 'OBJECT_TO_MOVE':
      return officer(move?.fromZoneId ?? '');
    case 'STATE':
      return officer(homeZoneId);
    default:
      return CLERK;
  }
}

const noon = (day: string) => new Date(`${day}T04:00:00.000Z`);

/** Applies a story, with every lapsed move carried out before a command, as the store does. */
function play({ isConfirmed, steps }: Story) {
  let enterprise: Enterprise = isConfirmed ? { ...START, registration: 'CONFIRMED' } : START;
  let today = FIRST_DAY;
  let lastReported: string | null = null;
  const states: { enterprise: Enterprise; today: string; lastReported: string | null }[] = [
    { enterprise, today, lastReported },
  ];
  const changed = ({ change }: { readonly change: object }) => {
    enterprise = { ...enterprise, ...change, version: enterprise.version + 1 };
    states.push({ enterprise, today, lastReported });
  };
  for (const { stranger, command: asked, later, reports, confirmed } of steps) {
    today = addDays(today, later);
    const lapsed = lapsedMove({ enterprise, lastReported }, today);
    if (lapsed) changed(lapsed);
    if (reports && countingResidency(enterprise.residencies, today)) lastReported = today;
    if (confirmed && confirmed.fromZoneId !== confirmed.toZoneId) {
      const arrangement = { ...confirmed, toParkId: parkOf(confirmed.toZoneId) };
      const arranged = arrangedMove({ enterprise, lastReported }, arrangement, today);
      if (arranged) changed(arranged);
    }
    const park =
      'parkId' in asked && asked.parkId !== null ? { parkId: asked.parkId, zoneId: zoneOf(asked.parkId) } : null;
    const decision = decideRegister(
      { enterprise, successors: [], park, lastReported },
      asked,
      stranger ?? actorOf(asked, enterprise),
      noon(today),
    );
    if (decision.ok) changed(decision.value);
  }
  return states;
}

test('the stories come to every state of moves, registrations and admissions', () => {
  const enterprises = fc
    .sample(story, { seed: 7, numRuns: 1_000 })
    .flatMap((steps) => play(steps).map((state) => state.enterprise));
  expect(new Set(enterprises.flatMap(({ move }) => move?.state ?? [])).size).toBe(Object.keys(MOVE_STEPS).length);
  expect(new Set(enterprises.map(({ registration }) => registration)).size).toBe(4);
  expect(new Set(enterprises.flatMap(({ admissions }) => admissions.map(({ state }) => state))).size).toBe(3);
});

test('the home, the stays and the admissions fit together after every step', () => {
  fc.assert(
    fc.property(story, (steps) => {
      for (const { enterprise, today } of play(steps)) {
        const { homeZoneId, admissions, residencies, registration, challenge, move } = enterprise;
        expect(admissions.filter(({ zoneId }) => zoneId === homeZoneId)).toEqual([]);
        expect(new Set(admissions.map(({ parkId }) => parkId)).size).toBe(admissions.length);
        const lasting = residencies.filter(({ to }) => to === null);
        expect(new Set(lasting.map(({ parkId }) => parkId)).size).toBe(lasting.length);
        expect(lasting.filter(({ kind }) => kind === 'REGISTERED').length).toBeLessThanOrEqual(1);
        // A stay that lasts is at home, or open to a host by admission.
        const open = new Set(admissions.flatMap(({ parkId, state }) => (state === 'OPEN' ? [parkId] : [])));
        for (const { parkId } of lasting) expect(zoneOf(parkId) === homeZoneId || open.has(parkId)).toBe(true);
        expect(residencies.every(({ from, to }) => to === null || from <= to)).toBe(true);
        expect(residencies.map(({ from }) => from)).toEqual(
          residencies
            .map(({ from }) => from)
            .sort()
            .reverse(),
        );
        expect(challenge !== null).toBe(registration === 'CHALLENGED');
        expect(hostParksOn(enterprise, today).every(({ zoneId }) => zoneId !== homeZoneId)).toBe(true);
        if (move?.state === 'COMPLETED' && registration === 'CONFIRMED') expect(homeZoneId).toBe(move.toZoneId);
      }
    }),
  );
});

const countedOn = ({ residencies }: Enterprise, day: string) => {
  const stay = countingResidency(residencies, day);
  return stay && `${stay.parkId} ${stay.registeredStaff}`;
};

test('no step changes a day that is past or reported, and the parks’ steps add up to one enterprise', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const states = play(steps);
      for (const [i, { enterprise, today, lastReported }] of states.entries()) {
        const before = states[i - 1]?.enterprise ?? enterprise;
        // A move by silence holds from its day on, however late it is carried out.
        const { move } = enterprise;
        const isMoved = move?.state === 'COMPLETED' && before.move?.state !== 'COMPLETED';
        const past = addDays(isMoved ? (move.completedOn ?? today) : today, -1);
        const fixed = lastReported !== null && lastReported > past ? lastReported : past;
        for (const day of ['2025-06-01', addDays(fixed, -1), fixed]) {
          expect(countedOn(enterprise, day)).toBe(countedOn(before, day));
        }
        for (const day of [today, '2026-12-01']) {
          const counted = countingResidency(enterprise.residencies, day);
          const ofParks = ZONES.map((zone) => {
            const ofPark = residencySteps(enterprise.residencies).filter(({ parkId }) => parkId === parkOf(zone));
            return levelOn(ofPark, day).residents;
          });
          expect(ofParks.reduce((a, b) => a + b)).toBe(counted ? 1 : 0);
        }
      }
    }),
  );
});

test('only an administrator and the zones of a move change the home, and silence always hands over', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const states = play(steps);
      const last = states.at(-1);
      const move = last?.enterprise.move;
      for (const [i, { enterprise }] of states.entries()) {
        const before = states[i - 1]?.enterprise ?? enterprise;
        if (enterprise.homeZoneId === before.homeZoneId) continue;
        const isMove = enterprise.move?.state === 'COMPLETED' && before.move?.state !== 'COMPLETED';
        expect(isMove || before.registration === 'CHALLENGED').toBe(true);
      }
      if (!last || move?.state !== 'ACCEPTED' || move.dueOn === null) return;
      const after = addDays(move.dueOn, 1);
      expect(homeZoneOn(last.enterprise, move.dueOn)).toBe(move.fromZoneId);
      expect(homeZoneOn(last.enterprise, after)).toBe(move.toZoneId);
      expect(lapsedMove(last, move.dueOn)).toBeNull();
      expect(lapsedMove(last, after)?.change.homeZoneId).toBe(move.toZoneId);
    }),
  );
});

test.each([
  ['2026-05-29', '2026-06-12'],
  ['2026-09-25', '2026-10-15'],
  ['2020-01-20', '2020-02-11'],
])('a move that is accepted on %s may be objected to until %s', (acceptedOn, dueOn) => {
  const confirmed: Enterprise = { ...START, registration: 'CONFIRMED' };
  const park = { parkId: 'park_b', zoneId: 'zone_b' };
  const asked = decideRegister(
    { enterprise: confirmed, successors: [], park, lastReported: null },
    { action: 'REQUEST_MOVE', version: null, parkId: 'park_b', keepsSites: false },
    CLERK,
    noon(acceptedOn),
  );
  if (!asked.ok) throw new Error('the move is refused');
  const accepted = decideRegister(
    { enterprise: { ...confirmed, ...asked.value.change }, successors: [], park: null, lastReported: null },
    { action: 'ACCEPT_MOVE', version: null },
    officer('zone_b'),
    noon(acceptedOn),
  );
  expect(accepted.ok && accepted.value.change.move?.dueOn).toBe(dueOn);
});

test('a move or registration that is over takes no further step but a new beginning', () => {
  const ends = Object.entries(MOVE_STEPS).filter(([, steps]) => Object.keys(steps).length === 0);
  expect(ends.map(([state]) => state)).toEqual(['COMPLETED', 'REFUSED', 'WITHDRAWN']);
  expect(isUnderWay({ state: 'ACCEPTED' })).toBe(true);
  expect(isUnderWay({ state: 'REFUSED' })).toBe(false);
  expect(Object.keys(REGISTRATION_STEPS.CONFIRMED)).toEqual([]);
  expect(Object.keys(REGISTRATION_STEPS.VOID)).toEqual(['REGISTER']);
});
