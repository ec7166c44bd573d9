import fc from 'fast-check';
import { type Cell, suppressedCells } from '../../../../src/domain/statistics/suppression.ts';
import { determined } from '../../../fixtures/linear-system.ts';

const leaf = (key: string, ...counts: number[]): Cell => ({ key, counts, breakdowns: [] });

function total(key: string, ...breakdowns: Cell[][]): Cell {
  const parts = breakdowns[0] ?? [];
  const counts = (parts[0]?.counts ?? []).map((_, i) => parts.reduce((sum, part) => sum + (part.counts[i] ?? 0), 0));
  return { key, counts, breakdowns };
}

test('a cell of few is kept back with the smallest other one, so that the sum does not give it away', () => {
  const zone = total('zone', [leaf('a', 50), leaf('b', 3), leaf('c', 12), leaf('d', 0)]);
  expect(Object.fromEntries(suppressedCells(zone, 5))).toEqual({ b: 'BELOW_THRESHOLD', c: 'PROTECTS_OTHERS' });
});

test('neither suppresses zeros nor hides counts behind them', () => {
  const zone = total('zone', [leaf('a', 50), leaf('b', 0)]);
  expect(suppressedCells(zone, 5).size).toBe(0);
});

test('suppresses the sum when too few parts remain', () => {
  const few = total('zone', [leaf('a', 50), leaf('b', 3)]);
  expect(Object.fromEntries(suppressedCells(few, 5))).toEqual({ a: 'PROTECTS_OTHERS', b: 'BELOW_THRESHOLD' });
  const alone = total('zone', [leaf('b', 3)]);
  expect(Object.fromEntries(suppressedCells(alone, 5))).toEqual({ zone: 'BELOW_THRESHOLD', b: 'BELOW_THRESHOLD' });
});

test('suppresses counts of one cell together', () => {
  const zone = total('zone', [leaf('a', 30, 2), leaf('b', 20, 20), leaf('c', 40, 40)]);
  expect([...suppressedCells(zone, 5).keys()].sort()).toEqual(['a', 'b']);
});

test('what is kept back for another reason needs a place to hide, too', () => {
  const zone = total('zone', [leaf('a', 30), leaf('b', 20), leaf('c', 40)]);
  expect([...suppressedCells(zone, 5, new Set(['c'])).keys()].sort()).toEqual(['b', 'c']);
});

const count = fc.oneof(fc.constant(0), fc.nat(6), fc.nat(40));
const parks = fc.array(fc.array(fc.tuple(count, count), { minLength: 3, maxLength: 3 }), {
  minLength: 1,
  maxLength: 4,
});

/** Two counts by place and by route: each park has them for three routes. */
const tables = fc.array(parks, { minLength: 1, maxLength: 4 }).map((zones) => {
  const leaves = zones.map((park) => park.map((routes, p) => ({ p, routes })));
  const byZone = leaves.map((zone, z) =>
    total(
      `zone ${z}`,
      zone.map(({ p, routes }) => leaf(`park ${z}.${p}`, ...sumOf(routes))),
    ),
  );
  const byRoute = [0, 1, 2].map((route) =>
    leaf(`route ${route}`, ...sumOf(leaves.flat().flatMap(({ routes }) => routes.slice(route, route + 1)))),
  );
  return total('all', byZone, byRoute);
});

function sumOf(counts: readonly (readonly [number, number])[]): [number, number] {
  return counts.reduce<[number, number]>(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
}

function cellsOf(cell: Cell): Cell[] {
  return [cell, ...cell.breakdowns.flat().flatMap(cellsOf)];
}

/** Each count of a cell is an unknown; the sums are equations; what is shown is known. */
function systemOf(table: Cell, suppressed: ReadonlyMap<string, unknown>) {
  const equations = cellsOf(table).flatMap((cell) =>
    cell.breakdowns.flatMap((parts) =>
      cell.counts.map((_, i) => [
        { of: `${cell.key}/${i}`, factor: -1 },
        ...parts.map(({ key }) => ({ of: `${key}/${i}`, factor: 1 })),
      ]),
    ),
  );
  const known = new Set(
    cellsOf(table)
      .filter(({ key }) => !suppressed.has(key))
      .flatMap((cell) => cell.counts.map((_, i) => `${cell.key}/${i}`)),
  );
  return { equations, known };
}

test('no solver of linear equations finds a cell that is kept back', () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(5, 10), (table, threshold) => {
      const suppressed = suppressedCells(table, threshold);
      const { equations, known } = systemOf(table, suppressed);
      expect([...determined(equations, known)]).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('no difference of two cells, one within the other, tells of few', () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(5, 10), (table, threshold) => {
      const suppressed = suppressedCells(table, threshold);
      for (const outer of cellsOf(table)) {
        if (suppressed.has(outer.key)) continue;
        expect(outer.counts.some((n) => n > 0 && n < threshold)).toBe(false);
        for (const inner of cellsOf(outer).slice(1)) {
          if (suppressed.has(inner.key)) continue;
          const parts = outer.breakdowns.flat();
          // The rest of a cell that is shown whole, part by part, tells nothing that isn't shown.
          if (parts.every(({ key }) => !suppressed.has(key))) continue;
          for (const [i, n] of outer.counts.entries()) {
            const rest = n - (inner.counts[i] ?? 0);
            expect(rest > 0 && rest < threshold).toBe(false);
          }
        }
      }
    }),
    { numRuns: 500 },
  );
});
