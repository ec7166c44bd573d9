import fc from 'fast-check';
import { answerTables, type Cell, nextOrder, orderedRows } from '../../../src/views/answer-tables.ts';

const tableOf = (cells: readonly Cell[]) => answerTables({ list: cells.map((value, place) => ({ value, place })) })[0]!;
const valuesOf = (cells: readonly Cell[], direction: 'ascending' | 'descending') =>
  orderedRows(tableOf(cells), { column: 0, direction }).map(([value]) => value);

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
      const table = tableOf(cells);
      const rows = orderedRows(table, { column: 0, direction });
      expect(rows.toSorted((a, b) => Number(a[1]) - Number(b[1]))).toEqual(table.rows);
      const again = orderedRows({ ...table, rows }, { column: 0, direction });
      expect(again).toEqual(rows);
      for (const [index, row] of rows.entries()) {
        const next = rows[index + 1];
        if (next && next[0] === row[0]) expect(Number(next[1])).toBeGreaterThan(Number(row[1]));
      }
      const last = rows.findIndex(([value]) => value === null);
      if (last >= 0) expect(rows.slice(last).every(([value]) => value === null)).toBe(true);
    }),
  );
});

test('clicks on a head sort ascending, descending, then not at all', () => {
  const up = nextOrder(undefined, 2);
  const down = nextOrder(up, 2);
  expect([up?.direction, down?.direction, nextOrder(down, 2)]).toEqual(['ascending', 'descending', undefined]);
  expect(nextOrder(down, 1)).toEqual({ column: 1, direction: 'ascending' });
});
