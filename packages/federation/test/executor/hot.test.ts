import fc from 'fast-check';
import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { newPosition, write } from '../../src/executor/layout.ts';
import { compileMerge } from '../../src/executor/merge.ts';
import { CALLS_BEFORE_WRITING, Rec, writtenWhenHot } from '../../src/executor/record.ts';
import type { Selection } from '../../src/executor/selection.ts';
import { readConditions, typeConditions } from '../../src/executor/type-conditions.ts';
import { compileProjection } from '../../src/projection/compile.ts';
import { Projection } from '../../src/projection/projection.ts';

/** Names that mean something to JavaScript, and one that ends a string. */
const KEYS = ['id', '__typename', '__proto__', 'constructor', 'a"];throw 1;//'] as const;

const leaf = fc.constantFrom<unknown>(undefined, null, 1, 'x', 'Y', true);
const object = (inner: fc.Arbitrary<unknown>) =>
  fc.array(fc.tuple(fc.constantFrom(...KEYS, 'below', 'list'), inner), { maxLength: 6 }).map((entries) => {
    const made = new Rec();
    for (const [key, value] of entries) made[key] = value;
    return made;
  });
const types = typeConditions(readConditions(parse('interface x { id: ID } type Y implements x { id: ID }')));
const value = fc.oneof(leaf, object(leaf), fc.array(fc.oneof(leaf, object(leaf)), { maxLength: 3 }));
const record = object(value);

test('what is merged by written code is what is merged without', () => {
  const fields = (inner?: Selection): Selection =>
    new Map(
      [...KEYS, ...(inner ? (['below', 'list'] as const) : [])].map((key) => [
        key,
        { from: key, to: key, below: key === 'below' || key === 'list' ? inner : undefined },
      ]),
    );
  const selection = fields(fields());
  const compile = () => {
    const position = newPosition();
    write(position, selection, 'one');
    write(position, selection, 'another');
    return compileMerge(position, selection, types);
  };
  const hot = compile();
  const one = { id: '1' };
  for (let call = 0; call < CALLS_BEFORE_WRITING; call++) hot(new Rec(), { below: one, list: [one] });
  fc.assert(
    fc.property(record, record, (first, second) => {
      const merged = [hot, compile()].map((merge) => {
        const target = new Rec();
        merge(target, first);
        merge(target, second);
        return target;
      });
      expect(merged[0]).toStrictEqual(merged[1]);
    }),
  );
});

test('what is projected by written code is what is projected without', () => {
  const schema = buildSchema('type Query { id: ID! constructor: Int below: Query list: [Query!] }');
  const { definitions } = parse(
    '{ id __proto__: constructor constructor below { __typename id: constructor } list { id } }',
  );
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
  const compile = () =>
    compileProjection(
      {
        schema,
        costs: { weights: new Map(), lists: new Map(), weighsInput: false },
        keyOf: (_, { alias, name }) => alias?.value ?? name.value,
        fragments: new Map(),
        conditions: {},
        denied: new Set(),
        interfaceObjects: new Map(),
      },
      schema.getQueryType()!,
      operation.selectionSet,
    );
  const hot = compile();
  const one = { id: '1' };
  for (let call = 0; call < CALLS_BEFORE_WRITING; call++) hot({ ...one, below: one, list: [one] }, new Projection());
  fc.assert(
    fc.property(record, (source) => {
      const [written, general] = [hot, compile()].map((project) => {
        const projection = new Projection();
        const data = project(source, projection);
        return { data, errors: projection.errors.map(String), missing: projection.missing };
      });
      expect(written).toStrictEqual(general);
    }),
  );
});

test('code is written for what is called often, and not for what has very many fields', () => {
  const written = (fields: number) => {
    const call = writtenWhenHot(
      new Array(fields).fill('x'),
      () => 'general',
      () => 'return word;',
      { word: 'written' },
    );
    return Array.from({ length: CALLS_BEFORE_WRITING + 1 }, () => call(1, 2));
  };
  expect(new Set(written(3).slice(0, CALLS_BEFORE_WRITING - 1))).toEqual(new Set(['general']));
  expect(written(3).at(-1)).toBe('written');
  expect(written(1_000).at(-1)).toBe('general');
});
