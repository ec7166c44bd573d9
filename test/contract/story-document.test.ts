import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';

/** The tables of the story name operations and types that there are. */

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
const operations = new Set(
  [schema.getMutationType(), schema.getQueryType()].flatMap((type) => Object.keys(type?.getFields() ?? {})),
);

/** Returns the cells of a document's tables, row by row. */
function rowsOf(file: string): string[][] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => /^\| (?!-)/.test(line)).map((line) => line.split('|').map((cell) => cell.trim()));
}
const named = (cell = '') => Array.from(cell.matchAll(/`(\w+)`/g), ([, name = '']) => name);

test.each([
  ['docs/story.md', 2],
  ['examples/binhai-zhongguancun/README.md', 3],
])('every operation in the tables of %s exists', (file, column) => {
  const found = rowsOf(file).flatMap((cells) => named(cells[column]));
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter((name) => !operations.has(name))).toEqual([]);
});

test('every type that the story names has a write', () => {
  const types = rowsOf('docs/story.md').filter(([, first = '']) => isObjectType(schema.getType(named(first)[0] ?? '')));
  expect(types).toHaveLength(19);
  const withoutWrite = types.filter(([, , operation]) => named(operation).length === 0);
  expect(withoutWrite.flatMap(([, type]) => named(type))).toEqual([]);
});

test('the example sends every operation of the story, or says why not', () => {
  const example = rowsOf('examples/binhai-zhongguancun/README.md');
  const said = new Set(example.flatMap((cells) => (cells.length > 4 ? named(cells[3]) : named(cells[1]))));
  const inStory = rowsOf('docs/story.md').flatMap(([, , operation]) => named(operation));
  expect(inStory.filter((name) => !said.has(name))).toEqual([]);
});
