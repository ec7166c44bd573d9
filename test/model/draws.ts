/** What is drawn at random: case types, openings, and what somebody tries next. Small plain records, so that they shrink. */
import fc from 'fast-check';
import { LIMIT_STEPS, LIMIT_UNITS, PAUSE_REASONS } from '../../src/domain/calendar/deadline.ts';
import { ROUTES_OF_KIND } from '../../src/domain/case-types/case-type.ts';
import type { Actor } from '../../src/domain/cases/access.ts';
import { AGENCIES } from '../../src/domain/cases/agency.ts';
import { CASE_ACTIONS } from '../../src/domain/cases/command.ts';
import type { StepLimit } from '../../src/domain/cases/deadline.ts';
import { OFFICER_ROLES } from '../../src/domain/viewer.ts';
import { dayAfter, REMARKABLE_DAYS } from './working-days.ts';

export const ZONES = ['zone_teda', 'zone_baodi', 'zone_third'] as const;
export const EMPLOYERS = ['ent_01HB0000000000000000000001', 'ent_01HB0000000000000000000002'] as const;
export const APPLICANTS = ['applicant-1', 'applicant-2'] as const;
/** An id of a case that nobody has. */
export const OTHER_CASE = 'case_01HB0000000000000000000009';

const weighted = <T>(...choices: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

/** A day of 2025 to 2027; every third one beside a holiday, or worked though it is a weekend's. */
const day = fc.oneof(
  { weight: 2, arbitrary: fc.nat(1_000).map((days) => dayAfter('2025-01-01', days)) },
  { weight: 1, arbitrary: fc.constantFrom(...REMARKABLE_DAYS) },
);
/** Minutes after midnight; the first and the last ones more often. */
const minute = fc.oneof(fc.nat(1_439), fc.constantFrom(0, 1_439));

const limits: fc.Arbitrary<readonly StepLimit[]> = fc
  .tuple(
    ...LIMIT_STEPS.map((step) =>
      fc
        .record({
          isSet: weighted([8, true], [1, false]),
          unit: weighted([6, LIMIT_UNITS[0]], [2, LIMIT_UNITS[1]], [1, LIMIT_UNITS[2]]),
          promised: fc.integer({ min: 1, max: 10 }),
          more: fc.integer({ min: 0, max: 15 }),
        })
        .map(({ isSet, unit, promised, more }) =>
          isSet
            ? [
                {
                  step,
                  unit,
                  promised: unit === 'MONTH' ? 1 : promised,
                  statutory: unit === 'MONTH' ? 2 : promised + more,
                },
              ]
            : [],
        ),
    ),
  )
  .map((list) => list.flat());

const kindAndRoute = fc.constantFrom(
  ...(['HUKOU', 'HOUSING', 'SCHOOLING'] as const).flatMap((kind) =>
    ROUTES_OF_KIND[kind].map((route) => ({ kind, route })),
  ),
  // The one route with an employer, more often.
  ...Array.from({ length: 4 }, () => ({ kind: 'HUKOU', route: 'URGENTLY_NEEDED' }) as const),
);

/** What is stated at an opening, and of which case type it is; days are told from the day on which it happens. */
const opening = {
  what: kindAndRoute,
  limits,
  /** Whether each document that is asked for is needed. */
  documents: fc.array(weighted([4, true], [1, false]), { maxLength: 3, size: 'max' }),
  opinionsFrom: fc.shuffledSubarray([...AGENCIES], { maxLength: 3 }),
  /** Days that it has been open, less than none where it isn't yet, and its length. */
  window: fc.option(fc.record({ open: fc.integer({ min: -3, max: 10 }), length: fc.nat(20) }), { freq: 2 }),
  hasChildAge: weighted([2, true], [1, false]),
  needsRecommendation: weighted([2, true], [1, false]),
  noOwnDwelling: fc.boolean(),
  residenceInZone: fc.boolean(),
  applicant: fc.constantFrom(...APPLICANTS),
  employer: fc.constantFrom(EMPLOYERS[0], EMPLOYERS[0], EMPLOYERS[1], null),
  zone: fc.constantFrom(...ZONES.slice(0, 2)),
  livesThere: weighted([6, true], [1, false]),
  ownsDwelling: weighted<boolean | null>([6, false], [1, true], [1, null]),
  isForChild: fc.boolean(),
  childAgeInDays: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 6 * 366, max: 12 * 365 }) },
    { weight: 1, arbitrary: fc.integer({ min: 5 * 365, max: 17 * 365 }) },
  ),
} as const;
export const openings = fc.record(opening);
export type OpeningDraw = typeof openings extends fc.Arbitrary<infer T> ? T : never;

/** When a story begins. */
export const beginnings = fc.record({ day, minute });

/** How time passes before something is tried. */
export type Wait =
  | { readonly for: 'MINUTES' | 'DAYS'; readonly count: number }
  /** The last minute of the day on which something runs out next, or the first one after it. */
  | { readonly for: 'LAST_MINUTE' | 'MINUTE_AFTER' }
  /** Until a holiday or a day that is made up for, not before so many others. */
  | { readonly for: 'REMARKABLE_DAY'; readonly count: number };

const wait: fc.Arbitrary<Wait> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ for: fc.constant('MINUTES' as const), count: fc.nat(600) }) },
  { weight: 2, arbitrary: fc.record({ for: fc.constant('DAYS' as const), count: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.constantFrom({ for: 'LAST_MINUTE' } as const, { for: 'MINUTE_AFTER' } as const) },
  { weight: 1, arbitrary: fc.record({ for: fc.constant('REMARKABLE_DAY' as const), count: fc.nat(1) }) },
);

const person = fc.constantFrom(...APPLICANTS);
const actor: fc.Arbitrary<Actor | { readonly kind: 'HOLDER' }> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('officer' as const),
      person: fc.constantFrom('officer-1', 'officer-2'),
      agency: fc.constantFrom(...AGENCIES),
      zone: fc.constantFrom(...ZONES),
      roles: fc.subarray([...OFFICER_ROLES]),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('applicant' as const), person }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clerk' as const),
      person: fc.constant('clerk-1'),
      enterprise: fc.constantFrom(...EMPLOYERS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Actor | { readonly kind: 'HOLDER' }>(
      { kind: 'HOLDER' },
      { kind: 'caseHolder', caseId: OTHER_CASE },
      { kind: 'system' },
      { kind: 'anonymous' },
      { kind: 'partner', zone: ZONES[0], key: 'key-1' },
      { kind: 'analyst', person: 'analyst-1' },
      { kind: 'admin', person: 'admin-1' },
    ),
  },
);

/** What somebody tries. */
const tried = {
  wait,
  /** Something that may be done just now, or that may be done in the state, by somebody who may, or anything by anybody. */
  from: weighted([5, 'DONE'], [3, 'POSSIBLE'], [2, 'ANYTHING']) as fc.Arbitrary<'DONE' | 'POSSIBLE' | 'ANYTHING'>,
  pick: fc.nat(999),
  actor,
  action: fc.constantFrom(...CASE_ACTIONS),
  version: weighted([3, 'SEEN'], [2, 'NONE'], [1, 'OTHER']) as fc.Arbitrary<'SEEN' | 'NONE' | 'OTHER'>,
  /** Whether what comes with it is as it should be. */
  isSound: weighted([6, true], [1, false]),
  documents: fc.constantFrom('ALL', 'SOME', 'NONE', 'UNKNOWN', 'TWICE', 'BAD_HASH'),
  reasons: fc.constantFrom('NONE', 'BLANK', 'LONG', 'MANY'),
  days: fc.integer({ min: -2, max: 25 }),
  number: fc.integer({ min: -1, max: 12 }),
  verdict: weighted([5, 'AGREE'], [1, 'DISAGREE']) as fc.Arbitrary<'AGREE' | 'DISAGREE'>,
  pause: fc.constantFrom(...PAUSE_REASONS),
  outcome: fc.constantFrom('HukouPermit', 'HousingOffer', 'SchoolPlace', null),
  zone: fc.constantFrom(...ZONES, 'nonsense', 'park_binhai'),
} as const;
export const draws = fc.record(tried);
export type Draw = typeof draws extends fc.Arbitrary<infer T> ? T : never;
