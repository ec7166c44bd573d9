import { mutantsOf, withMarks, withMutant } from '../mutants/mutate.ts';

const changed = (source: string) => mutantsOf('a.ts', source).map((mutant) => withMutant(source, mutant));

test.each([
  ['const a = b <= c;', ['const a = b < c;']],
  ['const a = (b: number) => b ?? 1;', ['const a = (b: number) => b;']],
  ['const a = !b && c;', ['const a = !b || c;', 'const a = b && c;']],
  ['if (a) b();', ['if (false) b();', 'if (a) ;']],
  ["const a = 'b' + c;", []],
  ['type A = true;', []],
  ['const a = b ? 1 : 2;', ['const a = true ? 1 : 2;', 'const a = false ? 1 : 2;']],
])('changes %j', (source, mutants) => {
  expect(changed(source)).toEqual(mutants);
});

test('marks tell which functions ran, and change nothing else', () => {
  const source = 'const a = (b) => ({ b }); function c(d) { return a(d); } const e = () => 1;';
  const entered = new Set<string>();
  const run = new Function('globalThis', `${withMarks('a.ts', source)} return c(2);`);
  expect(run({ __entered: entered })).toEqual({ b: 2 });
  expect([...entered]).toEqual(['a.ts:-1', `a.ts:${source.indexOf('function')}`, `a.ts:${source.indexOf('(b)')}`]);
});
