import { readFileSync } from 'node:fs';
import { parseManifest } from '@bridgehead/federation';
import {
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  validateSchema,
} from 'graphql';
import { composeFolder } from '../../src/cli/schema/schema-folder.ts';

const { supergraph, committed, warnings } = composeFolder('schema');

test.each([...committed])('%s is what npm run compose writes: else run it', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('both composers agree, and neither has a remark', () => {
  expect(warnings).toEqual([]);
});

test('clients see a valid schema without a name of the machinery', () => {
  expect(validateSchema(supergraph.apiSchema)).toEqual([]);
  const names = Object.keys(supergraph.apiSchema.getTypeMap()).filter((name) => !name.startsWith('__'));
  expect(names.filter((name) => name.includes('__') || name.startsWith('_'))).toEqual([]);
  expect(
    supergraph.apiSchema
      .getDirectives()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['deprecated', 'include', 'oneOf', 'skip', 'specifiedBy']);
});

test('a root field is nullable: a subgraph that fails leaves the rest of the answer', () => {
  const query = supergraph.apiSchema.getQueryType()?.getFields() ?? {};
  const strict = Object.values(query).filter(({ name, type }) => name !== 'nodes' && isNonNullType(type));
  expect(Object.keys(query)).toContain('park');
  expect(strict.map(({ name }) => name)).toEqual([]);
});

test('every entity that has a prefix is a node', () => {
  const node = supergraph.apiSchema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('there is no Node');
  const types = supergraph.apiSchema.getPossibleTypes(node).map(({ name }) => name);
  expect(types.sort()).toEqual([
    'Agreement',
    'CaseType',
    'ControlUnit',
    'CooperationOffer',
    'Course',
    'Directive',
    'Enterprise',
    'Facility',
    'Indicator',
    'Inspection',
    'LinkageGroup',
    'Park',
    'Policy',
    'PolicyCoverage',
    'Project',
    'Recognition',
    'Relocation',
    'SupportRequest',
    'TalentCase',
    'Zone',
  ]);
});

test('every list of pages is a connection of Relay, forwards and backwards', () => {
  const { apiSchema } = supergraph;
  const objects = Object.values(apiSchema.getTypeMap()).filter(isObjectType);
  const typesOf = (type: GraphQLObjectType | undefined) =>
    Object.fromEntries(Object.values(type?.getFields() ?? {}).map((field) => [field.name, String(field.type)]));
  const object = (name: string) => objects.find((type) => type.name === name);

  for (const connection of objects.filter(({ name }) => name.endsWith('Connection'))) {
    const of = connection.name.slice(0, -'Connection'.length);
    const { nodes, ...fields } = typesOf(connection);
    expect(fields).toMatchObject({ edges: `[${of}Edge!]!`, pageInfo: 'PageInfo!' });
    expect(typesOf(object(`${of}Edge`))).toEqual({ cursor: 'String!', node: nodes?.replace(/^\[(.*)\]!$/, '$1') });
  }
  expect(typesOf(object('PageInfo'))).toEqual({
    hasNextPage: 'Boolean!',
    hasPreviousPage: 'Boolean!',
    startCursor: 'String',
    endCursor: 'String',
  });
  for (const field of objects.flatMap((type) => Object.values(type.getFields()))) {
    if (!getNamedType(field.type).name.endsWith('Connection')) continue;
    const given = Object.fromEntries(field.args.map(({ name, type }) => [name, String(type)]));
    expect(given).toMatchObject({ first: 'Int', after: 'String', last: 'Int', before: 'String' });
  }
});

test('every mutation is in a shipped document that returns its user errors', () => {
  const { operations } = parseManifest(readFileSync('schema/operations/manifest.json', 'utf8'));
  const selected = operations.flatMap(({ body }) =>
    parse(body).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION
        ? definition.selectionSet.selections
        : [],
    ),
  );
  const shipped = selected.flatMap((selection) => {
    if (selection.kind !== Kind.FIELD) return [];
    const fields = selection.selectionSet?.selections ?? [];
    return fields.some((field) => field.kind === Kind.FIELD && field.name.value === 'userErrors')
      ? [selection.name.value]
      : [];
  });
  const mutations = Object.keys(supergraph.apiSchema.getMutationType()?.getFields() ?? {});
  expect(mutations.filter((mutation) => !shipped.includes(mutation))).toEqual([]);
});
