import { missingErrors, Projection } from '../../src/projection/projection.ts';

function unexplained(path: (string | number)[], ...explained: (string | number)[][]): number {
  const projection = new Projection(undefined);
  projection.missing.push({ path, coordinate: 'Park.name' });
  return missingErrors(projection, explained).length;
}

test.each([
  ['the place itself', [['a', 0, 'b']]],
  ['a place above it', [['a']]],
  ['a place below it', [['a', 0, 'b', 'c', 1]]],
  ['any item of the list', [['a', '@', 'b']]],
  ['a pattern that goes on below it', [['a', '@', 'b', '@', 'c']]],
])('an error of %s explains it', (_, explained) => {
  expect(unexplained(['a', 0, 'b'], ...explained)).toBe(0);
});

test.each([
  ['a place beside it', [['a', 0, 'c']]],
  ['another item', [['a', 1, 'b']]],
  ['nothing', []],
])('an error of %s does not', (_, explained) => {
  expect(unexplained(['a', 0, 'b'], ...explained)).toBe(1);
});

test('one "@" stands for a list of lists', () => {
  expect(unexplained(['a', 0, 2, 'b'], ['a', '@', 'b'])).toBe(0);
  expect(unexplained(['a', 0, 2, 'b'], ['a', '@', 'c'])).toBe(1);
});
