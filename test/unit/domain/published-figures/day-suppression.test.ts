import fc from 'fast-check';
import { type Sector, SIZE_CLASSES, type SizeClass } from '../../../../src/domain/enterprises/industry.ts';
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
  [
    'with two large enterprises',
    [...many(9, {}), ...many(2, { size: 'LARGE', staff: 20 }), ...many(5, { size: 'MEDIUM' })],
    { LARGE: 'BELOW_THRESHOLD', MEDIUM: 'PROTECTS_OTHERS' },
  ],
  [
    'with one enterprise more in a mode than in a size class',
    [...many(12, {}), ...many(6, { mode: 'ONLINE_OFFLINE', size: 'MICRO' }), ...many(1, { mode: 'ONLINE_OFFLINE' })],
    { SMALL: 'PROTECTS_OTHERS', MICRO: 'PROTECTS_OTHERS' },
  ],
  [
    'with one enterprise outside of a sector, a mode and a size class that have no other in common',
    [
      ...many(9, { sector: 'NEW_MATERIALS' }),
      ...many(9, { mode: 'ONLINE_OFFLINE' }),
      ...many(9, { size: 'MEDIUM' }),
      ...many(1, {}),
    ],
    { SMALL: 'PROTECTS_OTHERS', MEDIUM: 'PROTECTS_OTHERS' },
  ],
  [
    'with an enterprise that dominates a difference in which it counts twice',
    [
      ...many(1, { staff: 200, returned: 200, sector: 'NEW_MATERIALS', mode: 'ONLINE_OFFLINE', size: 'MEDIUM' }),
      ...many(40, { staff: 40, returned: 40, sector: 'NEW_MATERIALS' }),
      ...many(40, { staff: 40, returned: 40, mode: 'ONLINE_OFFLINE' }),
      ...many(40, { staff: 40, returned: 40, size: 'MEDIUM' }),
      ...many(10, { staff: 4, returned: 4 }),
    ],
    { MEDIUM: 'PROTECTS_OTHERS', SMALL: 'PROTECTS_OTHERS' },
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

/** Shown rows, and the sign that each breakdown has. The signs of the first one are enough: a sum may be negated. */
const SIGNS = [
  [1, 1, 1],
  [1, 1, -1],
  [1, -1, 1],
  [1, -1, -1],
] as const;
/** How often the total is added. */
const TOTALS = [-3, -2, -1, 0, 1, 2, 3] as const;

/** Like enterprises, and how often each of them counts in a sum or a difference. */
type Weighted = readonly (readonly [of: readonly Enterprise[], times: number])[];

/** Yields every sum and difference of shown rows and of the total, each breakdown with one sign. */
function* combinations(groups: readonly (readonly Enterprise[])[], suppressed: DaySuppression): Generator<Weighted> {
  const namesOf = ([one]: readonly Enterprise[]) => (one ? ([one.sector, one.mode, one.size] as const) : []);
  const shown = [...new Set(groups.flatMap(namesOf))].filter((name) => !suppressed.has(name));
  for (let subset = 1; subset < 1 << shown.length; subset++) {
    const chosen = new Set(shown.filter((_, i) => (subset & (1 << i)) !== 0));
    for (const signs of SIGNS) {
      for (const total of TOTALS) {
        yield groups.map((group) => {
          const times = namesOf(group).map((name, i) => (chosen.has(name) ? (signs[i] ?? 0) : 0));
          return [group, Math.abs(times.reduce<number>((sum, each) => sum + each, total))];
        });
      }
    }
  }
}

/** Returns whether exact contributions break the rule of p per cent, read by its own words. */
function givesOneAway(left: Weighted, contributionOf: (one: Enterprise) => number): boolean {
  const contributions = left.flatMap(([group, times]) => group.map((one) => times * contributionOf(one)));
  const [largest = 0, , ...others] = contributions.filter((one) => one > 0).toSorted((a, b) => b - a);
  return largest > 0 && others.reduce((sum, one) => sum + one, 0) < largest * 0.15;
}

/** Returns the combinations of shown rows that tell of one or two enterprises, or that one of them dominates. */
function revealing(enterprises: readonly Enterprise[], suppressed: DaySuppression): Weighted[] {
  const groups = [...Map.groupBy(enterprises, (one) => JSON.stringify(one)).values()];
  return [...combinations(groups, suppressed)].filter((combination) => {
    const left = combination.filter(([, times]) => times > 0);
    const countOf = (isOfMode: (mode: OperationMode) => boolean) =>
      left.reduce((sum, [group]) => sum + group.filter(({ mode }) => isOfMode(mode)).length, 0);
    const counts = [countOf((mode) => mode !== 'NOT_RESUMED'), countOf((mode) => mode === 'NOT_RESUMED')];
    if (counts.includes(1) || counts.includes(2)) return true;
    return givesOneAway(left, ({ staff }) => staff) || givesOneAway(left, ({ returned }) => returned);
  });
}

test('no sum or difference of shown rows, tried one by one, tells of few enterprises or of one', () => {
  let without = 0;
  fc.assert(
    fc.property(parks, (enterprises) => {
      const suppressed = suppressedOf(enterprises);
      expect(revealing(enterprises, suppressed)).toEqual([]);
      const sizes = new Set<string>(SIZE_CLASSES);
      const ofTwo = new Map([...suppressed].filter(([name]) => !sizes.has(name)));
      if (ofTwo.size < suppressed.size && revealing(enterprises, ofTwo).length > 0) without += 1;
    }),
    { numRuns: 100 },
  );
  // The second reading finds what the suppressed size classes would reveal.
  expect(without).toBeGreaterThan(0);
});

test('size classes are suppressed rather than sectors or modes', () => {
  fc.assert(
    fc.property(parks, (enterprises) => {
      const reported = enterprises.map((one) => ({ ...one, isReported: true }));
      const ofOneSize = reported.map((one) => ({ ...one, size: 'SMALL' as const }));
      const sizes = new Set<string>(SIZE_CLASSES);
      const withoutSizes = (of: DaySuppression) => new Map([...of].filter(([name]) => !sizes.has(name)));
      expect(withoutSizes(suppressedOf(reported))).toEqual(withoutSizes(suppressedOf(ofOneSize)));
    }),
  );
});

test('contributions that are not those of the reports suppress every row', () => {
  const tallyOf = () => ({ ...EMPTY_TALLY, reported: 1 });
  const levelOf = () => ({ residents: 1, registeredStaff: 1 });
  const sums = { level: levelOf(), tally: EMPTY_TALLY, levelOf, levelOfBoth: levelOf, tallyOf };
  expect(dayPartsOf(null, sums)).toBeNull();
});
