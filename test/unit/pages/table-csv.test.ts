import fc from 'fast-check';
import Papa from 'papaparse';
import type { Cell } from '../../../src/views/answer-tables.ts';
import { csvFileName, tableToCsv } from '../../../src/views/answer-tables.ts';

test('writes a byte order mark, a head, CRLF and RFC 4180 quotes', () => {
  const rows = [
    ['滨海, "科技园"', 1],
    ['two\nlines', null],
  ];
  expect(tableToCsv(['zone.name', 'count'], rows)).toBe(
    '\uFEFFzone.name,count\r\n"滨海, ""科技园""",1\r\n"two\nlines",',
  );
});

test.each([
  '=1+1',
  '+86 10',
  '-1-cmd',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM',
  '  =1',
  '\u3000＝1',
  '\n=1',
  '\tplain',
  '\uFEFF=1',
])('escapes a formula: %j', (formula) => {
  const [, body = ''] = tableToCsv(['x'], [[formula]]).split('x\r\n');
  expect(body.startsWith(`"'`)).toBe(true);
});

test.each(['-3.5', '-12', 'a=b', '滨海-中关村', '2020-03-16', ' plain'])('%j is no formula', (text) => {
  expect(Papa.parse(tableToCsv(['x'], [[text]]).slice(1)).data).toEqual([['x'], [text]]);
});

test('reads back the same cells', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', '＝', ' ', '\t', '华') }),
  );
  const cell: fc.Arbitrary<Cell> = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const csv = tableToCsv(['a', 'b'], rows);
      expect(csv.startsWith('\uFEFF')).toBe(true);
      const read = Papa.parse<string[]>(csv.slice(1), { newline: '\r\n', delimiter: ',' }).data.slice(1);
      const unguarded = read.map((row) =>
        row.map((field) => field.replace(/^'(?=[\s\uFEFF]*[-=+@＝＋－＠\t\r\n])/, '')),
      );
      const expected = rows.map((row) =>
        row.map((value) => String(value ?? '').replace(/^'(?=[\s\uFEFF]*[-=+@＝＋－＠\t\r\n])/, '')),
      );
      expect(unguarded).toEqual(expected);
      for (const field of read.flat()) {
        if (!/^-\d+(\.\d+)?$/.test(field)) expect(field).not.toMatch(/^([\s\uFEFF]*[=+\-@＝＋－＠]|[\t\r\n])/);
      }
    }),
  );
});

test('a file is named after the operation and the list', () => {
  expect(csvFileName('Headline', 'park.observations')).toBe('Headline-park.observations.csv');
  expect(csvFileName(null, 'a/b')).toBe('a_b.csv');
});
