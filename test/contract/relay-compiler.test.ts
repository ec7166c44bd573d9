/** Relay's own compiler over a component for every connection and every node of the public schema. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  buildSchema,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

const require = createRequire(import.meta.url);

/** The path of the compiler's binary for this machine; null where the package has none. */
const compiler: string | null = require('relay-compiler');

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
const node = schema.getType('Node');
const nodes = isInterfaceType(node) ? schema.getPossibleTypes(node) : [];

/** A connection of the schema, with the required arguments of its own. */
interface Connection {
  readonly on: string;
  readonly field: string;
  readonly given: readonly string[];
}

const connections: readonly Connection[] = objects.flatMap((type) =>
  Object.values(type.getFields())
    .filter((field) => /Connection!?$/.test(String(field.type)))
    .map(({ name, args }) => ({
      on: type.name,
      field: name,
      given: args.filter(isRequiredArgument).map((argument) => `${argument.name}: ${literal(argument.type)}`),
    })),
);

function literal(of: GraphQLInputType): string {
  const type = getNullableType(of);
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) throw new Error(`a connection with an argument of the input type ${type.name}`);
  return '"x"';
}

const DIRECTIONS = {
  Forwards: { size: 'first', cursor: 'after' },
  Backwards: { size: 'last', cursor: 'before' },
} as const;

/** Relay names what is in a module after the module, and refetches by `Node` or from the root. */
function pageFragment({ on, field, given }: Connection, direction: keyof typeof DIRECTIONS): [string, string] {
  const { size, cursor } = DIRECTIONS[direction];
  const module = `${on}${field[0]!.toUpperCase()}${field.slice(1)}${direction}`;
  const isRefetchable = on === 'Query' || nodes.some(({ name }) => name === on);
  const refetchable = isRefetchable ? `@refetchable(queryName: "${module}PaginationQuery")` : '';
  return [
    module,
    `fragment ${module}_list on ${on} ${refetchable}
     @argumentDefinitions(size: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
       ${field}(${[...given, `${size}: $size`, `${cursor}: $cursor`].join(', ')}) @connection(key: "${module}_${field}") {
         edges { node { __typename } }
       }
     }`,
  ];
}

const components = new Map([
  ...connections.flatMap((one) => [pageFragment(one, 'Forwards'), pageFragment(one, 'Backwards')]),
  ...nodes.map(({ name }): [string, string] => [
    `${name}Node`,
    `fragment ${name}Node_one on ${name} @refetchable(queryName: "${name}NodeRefetchQuery") { id }`,
  ]),
]);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-relay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('relay-compiler compiles a component of every connection, in both directions, and of every node', async () => {
  if (compiler === null) throw new Error('relay-compiler has no binary for this machine');
  mkdirSync(join(folder, 'src'));
  copyFileSync('schema/api.graphql', join(folder, 'schema.graphql'));
  const config = { src: './src', schema: './schema.graphql', language: 'typescript' };
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
  for (const [module, fragment] of components) {
    const text = `import { graphql } from 'relay-runtime';\nexport const component = graphql\`${fragment}\`;\n`;
    writeFileSync(join(folder, 'src', `${module}.ts`), text);
  }
  await promisify(execFile)(compiler, ['relay.config.json'], { cwd: folder, timeout: 30_000 });

  const made = readdirSync(join(folder, 'src', '__generated__')).map((name) => name.replace('.graphql.ts', ''));
  const fragments = [...components.values()].flatMap((text) => [
    /fragment (\w+)/.exec(text)![1],
    ...[...text.matchAll(/queryName: "(\w+)"/g)].map(([, name]) => name),
  ]);
  expect(made.toSorted()).toEqual(fragments.toSorted());
  expect(connections.length).toBeGreaterThan(20);
  expect(nodes.length).toBeGreaterThan(12);
});
