import fc from 'fast-check';
import { type Cell, isNumeric, nextOrder, orderedRows } from '../../../src/views/answer-tables.ts';

const rowsOf = (cells: readonly Cell[]) => cells.map((value, place) => [{ value }, { value: place }] as const);
const ordered = (cells: readonly Cell[], direction: 'ascending' | 'descending', rows = rowsOf(cells)) =>
  orderedRows(
    rows,
    { column: 0, direction },
    cells.every((each) => each === null || isNumeric(each)),
  );
const valuesOf = (cells: readonly Cell[], direction: 'ascending' | 'descending') =>
  ordered(cells, direction).map(([{ value }]) => value);

test('sorts quantities by value, texts by language, nulls last', () => {
  expect(valuesOf(['9', '10.5', '-2', null], 'ascending')).toEqual(['-2', '9', '10.5', null]);
  expect(valuesOf(['9', null, '10.5', '-2'], 'descending')).toEqual(['10.5', '9', '-2', null]);
  expect(valuesOf(['兴宇', '北京', '大众'], 'ascending')).toEqual(['北京', '大众', '兴宇']);
});

const cell = fc.oneof(fc.integer(), fc.string({ maxLength: 3 }), fc.constant(null), fc.boolean());

test('sorting is stable and keeps every row', () => {
  const column = fc.oneof(fc.array(cell, { minLength: 1 }), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1 }));
  fc.assert(
    fc.property(column, fc.constantFrom('ascending' as const, 'descending' as const), (cells, direction) => {
      const rows = ordered(cells, direction);
      expect(rows.toSorted((a, b) => a[1].value - b[1].value)).toEqual(rowsOf(cells));
      expect(ordered(cells, direction, [...rows])).toEqual(rows);
      for (const [index, [cell, place]] of rows.entries()) {
        const next = rows[index + 1];
        if (next && next[0].value === cell.value) expect(next[1].value).toBeGreaterThan(place.value);
      }
      const last = rows.findIndex(([{ value }]) => value === null);
      if (last >= 0) expect(rows.slice(last).every(([{ value }]) => value === null)).toBe(true);
    }),
  );
});

test('clicks on a head sort ascending, descending, then not at all', () => {
  const up = nextOrder(undefined, 2);
  const down = nextOrder(up, 2);
  expect([up?.direction, down?.direction, nextOrder(down, 2)]).toEqual(['ascending', 'descending', undefined]);
  expect(nextOrder(down, 1)).toEqual({ column: 1, direction: 'ascending' });
});
