import fc from 'fast-check';
import { SECTORS, type Sector, type SizeClass } from '../../../../src/domain/enterprises/industry.ts';
import {
  allSuppressed,
  type DaySuppression,
  suppressedOfDay,
} from '../../../../src/domain/published-figures/day-suppression.ts';
import {
  EMPTY_TALLY,
  OPERATION_MODES,
  type OperationMode,
  type Tally,
  tallyChange,
} from '../../../../src/domain/published-figures/resumption.ts';
import type { ParkDaySharesItem } from '../../../../src/storage/enterprises/items.ts';
import { sumCounts } from '../../../../src/storage/enterprises/published-figures/counting.ts';
import { dayPartsOf, sharesCount } from '../../../../src/storage/enterprises/published-figures/day-shares.ts';

/** Sums and differences of shown rows tell of no few enterprises and of no large one. */

/** A resident enterprise of the day. */
interface Enterprise {
  readonly sector: Sector;
  readonly mode: OperationMode;
  readonly size: SizeClass;
  readonly staff: number;
  readonly returned: number;
  readonly isReported: boolean;
}

const DAY = { parkId: 'park_p', on: '2020-03-16' };

/** Returns the suppressed rows as the stored counters of the reports give them. */
function suppressedOf(enterprises: readonly Enterprise[]): DaySuppression {
  const reports = enterprises.filter(({ isReported }) => isReported);
  const figuresOf = ({ mode, staff, returned }: Enterprise) => {
    return { mode, staffTotal: staff, staffReturned: returned, registeredStaff: staff };
  };
  const [count] = sumCounts(
    reports.map((one) => {
      return sharesCount({ ...DAY, sector: one.sector, sizeClass: one.size, before: null, after: figuresOf(one) });
    }),
  );
  const shares = count ? ({ ...count.key, ...count.identity, ...count.add } as ParkDaySharesItem) : null;
  const isOf = (name: string) => (one: Enterprise) => one.sector === name || one.size === name || one.mode === name;
  const levelOfAll = (all: readonly Enterprise[]) => {
    return { residents: all.length, registeredStaff: all.reduce((sum, { staff }) => sum + staff, 0) };
  };
  const levelOf = (name: string) => levelOfAll(enterprises.filter(isOf(name)));
  const levelOfBoth = (sector: Sector, size: SizeClass) =>
    levelOfAll(enterprises.filter(isOf(sector)).filter(isOf(size)));
  const tallyOf = (name: string) =>
    reports
      .filter(isOf(name))
      .map((one) => tallyChange(null, figuresOf(one)))
      .reduce<Tally>((a, b) => addAll(a, b), EMPTY_TALLY);
  const parts = dayPartsOf(shares, { level: levelOf(''), tally: EMPTY_TALLY, levelOf, levelOfBoth, tallyOf });
  return parts ? suppressedOfDay(parts) : allSuppressed('PROTECTS_OTHERS');
}

function addAll(a: Tally, b: Tally): Tally {
  const sums = Object.entries(a).map(([name, value]) => [name, value + b[name as keyof Tally]]);
  return Object.fromEntries(sums) as Tally;
}

const many = (count: number, of: Partial<Enterprise>): Enterprise[] =>
  Array.from({ length: count }, () => {
    return { sector: 'OTHER', mode: 'ON_SITE', size: 'SMALL', staff: 10, returned: 10, isReported: true, ...of };
  });

/** Enterprises of a park, and its suppressed rows. */
const VECTORS: readonly (readonly [string, readonly Enterprise[], Readonly<Record<string, string>>])[] = [
  ['of enterprises of one size', [...many(9, {}), ...many(9, { sector: 'NEW_MATERIALS', mode: 'ONLINE_OFFLINE' })], {}],
  [
    'with two enterprises of a sector',
    [...many(9, {}), ...many(2, { sector: 'NEW_MATERIALS' }), ...many(6, { sector: 'SMART_TRANSPORT' })],
    { NEW_MATERIALS: 'BELOW_THRESHOLD', SMART_TRANSPORT: 'PROTECTS_OTHERS' },
  ],
  [
    'with one large enterprise in a sector, which the other sectors could not hide',
    [
      ...many(60, {}),
      ...many(3, { sector: 'NEW_MATERIALS' }),
      ...many(1, { sector: 'NEW_MATERIALS', staff: 400, returned: 400 }),
      ...many(20, { sector: 'SMART_TRANSPORT' }),
    ],
    { NEW_MATERIALS: 'DOMINATED', SMART_TRANSPORT: 'PROTECTS_OTHERS' },
  ],
  [
    'with one enterprise more in a mode than in a sector',
    [
      ...many(12, {}),
      ...many(1, { mode: 'ONLINE_OFFLINE' }),
      ...many(12, { mode: 'ONLINE_OFFLINE', sector: 'NEW_MATERIALS' }),
    ],
    { NEW_MATERIALS: 'PROTECTS_OTHERS', OTHER: 'PROTECTS_OTHERS' },
  ],
  [
    'whose enterprises without a report have most of a sector',
    [
      ...many(20, { mode: 'NOT_RESUMED' }),
      ...many(9, { mode: 'NOT_RESUMED', isReported: false, sector: 'NEW_MATERIALS' }),
    ],
    { NEW_MATERIALS: 'DOMINATED', OTHER: 'PROTECTS_OTHERS' },
  ],
];

test.each(VECTORS)('a park %s suppresses the rows named', (_, enterprises, wanted) => {
  expect(Object.fromEntries(suppressedOf(enterprises))).toEqual(wanted);
});

const enterprise = fc.record({
  sector: fc.constantFrom<Sector>('DIGITAL_ECONOMY', 'SMART_TRANSPORT', 'NEW_MATERIALS', 'OTHER'),
  mode: fc.constantFrom<OperationMode>(...OPERATION_MODES),
  size: fc.constantFrom<SizeClass>('MICRO', 'SMALL', 'LARGE'),
  staff: fc.oneof({ weight: 6, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(2000) }),
  share: fc.integer({ min: 0, max: 4 }),
  isReported: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn > 0),
});
/** A few enterprises, each of which may have many like it. */
const parks = fc.array(fc.tuple(enterprise, fc.constantFrom(1, 2, 3, 8, 20)), { maxLength: 14 }).map((drawn) =>
  drawn.flatMap(([{ share, ...one }, count]) => {
    const mode = one.isReported ? one.mode : 'NOT_RESUMED';
    const returned = mode === 'NOT_RESUMED' ? 0 : Math.floor((one.staff * share) / 4);
    return many(count, { ...one, mode, returned });
  }),
);

const NAMES = [...SECTORS, ...OPERATION_MODES] as const;
/** Coefficients of rows: each breakdown is taken from the other one, or from the total. */
const COEFFICIENTS = [0, 1] as const;

/** Yields the coefficient of each enterprise in every sum and difference of shown rows and of the total. */
function* combinations(enterprises: readonly Enterprise[], shown: readonly (Sector | OperationMode)[]) {
  const present = shown.filter((name) => enterprises.some(({ sector, mode }) => sector === name || mode === name));
  for (let subset = 1; subset < 1 << present.length; subset++) {
    const chosen = new Set(present.filter((_, i) => (subset & (1 << i)) !== 0));
    for (const total of COEFFICIENTS) {
      yield enterprises.map(({ sector, mode }) => {
        const [ofSector, ofMode] = [Number(chosen.has(sector)), Number(chosen.has(mode))];
        return total === 0 ? ofSector - ofMode : 1 - ofSector - ofMode;
      });
    }
  }
}

/** Returns whether exact contributions break the rule of p per cent, read by its own words. */
function givesOneAway(contributions: readonly number[]): boolean {
  const [largest = 0, , ...others] = contributions.filter((one) => one > 0).toSorted((a, b) => b - a);
  return largest > 0 && others.reduce((sum, one) => sum + one, 0) < largest * 0.15;
}

test('no sum or difference of shown rows, tried one by one, tells of few enterprises or of one', () => {
  fc.assert(
    fc.property(parks, (enterprises) => {
      const suppressed = suppressedOf(enterprises);
      const shown = NAMES.filter((name) => !suppressed.has(name));
      for (const coefficients of combinations(enterprises, shown)) {
        const left = enterprises.filter((_, i) => coefficients[i] !== 0);
        const resumed = left.filter(({ mode }) => mode !== 'NOT_RESUMED').length;
        expect([1, 2]).not.toContain(resumed);
        expect([1, 2]).not.toContain(left.length - resumed);
        expect(givesOneAway(left.map(({ staff }) => staff))).toBe(false);
        expect(givesOneAway(left.map(({ returned }) => returned))).toBe(false);
      }
    }),
    { numRuns: 150 },
  );
});

test('contributions that are not those of the reports suppress every row', () => {
  const tallyOf = () => ({ ...EMPTY_TALLY, reported: 1 });
  const levelOf = () => ({ residents: 1, registeredStaff: 1 });
  const sums = { level: levelOf(), tally: EMPTY_TALLY, levelOf, levelOfBoth: levelOf, tallyOf };
  expect(dayPartsOf(null, sums)).toBeNull();
});
