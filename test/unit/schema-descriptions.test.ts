import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ASTNode, Kind, parse, type StringValueNode, visit } from 'graphql';
import { SUBGRAPHS } from '../../src/config.ts';

const SCHEMA = join(import.meta.dirname, '../../schema');

/** The files of our subgraphs, below the folder of the schema. */
const FILES = ['scalars.graphql', ...SUBGRAPHS.flatMap((name) => globSync(`${name}/*.graphql`, { cwd: SCHEMA }))];

const ROOTS = ['Query', 'Mutation'];

type Described = ASTNode & { readonly name: { readonly value: string }; readonly description?: StringValueNode };

/** The coordinates of the types, fields, arguments, input fields and enum values of an SDL that have no description. */
function undescribed(sdl: string): string[] {
  const missing: string[] = [];
  const owners: string[] = [];
  const enter = (node: Described) => {
    owners.push(node.name.value);
    if (!node.description && !(owners.length === 1 && ROOTS.includes(node.name.value))) missing.push(owners.join('.'));
  };
  const leave = () => void owners.pop();
  const described = { enter, leave };
  visit(parse(sdl), {
    [Kind.OBJECT_TYPE_DEFINITION]: described,
    [Kind.INTERFACE_TYPE_DEFINITION]: described,
    [Kind.UNION_TYPE_DEFINITION]: described,
    [Kind.INPUT_OBJECT_TYPE_DEFINITION]: described,
    [Kind.ENUM_TYPE_DEFINITION]: described,
    [Kind.SCALAR_TYPE_DEFINITION]: described,
    [Kind.FIELD_DEFINITION]: described,
    [Kind.INPUT_VALUE_DEFINITION]: described,
    [Kind.ENUM_VALUE_DEFINITION]: described,
  });
  return missing;
}

test.each(FILES)('every definition in schema/%s has a description', (file) => {
  expect(undescribed(readFileSync(join(SCHEMA, file), 'utf8'))).toEqual([]);
});

test('a definition without a description is named by its coordinate', () => {
  const sdl = 'type Query { "A" a(b: Int): E } "E" enum E { "F" F G } "I" input I { j: Int }';
  expect(undescribed(sdl)).toEqual(['Query.a.b', 'E.G', 'I.j']);
});
