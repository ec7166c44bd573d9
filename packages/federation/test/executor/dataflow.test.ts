import { setImmediate as turn } from 'node:timers/promises';
import type { FetchNode, PathSegment, PlanNode } from '@bridgehead/federation';
import { type OperationDefinitionNode, parse } from 'graphql';
import { call } from '../../../../test/fixtures/synthetic/federation.ts';
import { fieldsRead, fieldsWritten } from '../../src/executor/dataflow.ts';
import { compilePlan, executePlan } from '../../src/executor/execute.ts';
import { compilePlace } from '../../src/executor/record.ts';
import { compileSelection } from '../../src/executor/selection.ts';
import { readConditions, typeConditions } from '../../src/executor/type-conditions.ts';
import type { Subgraph, SubgraphResult } from '../../src/subgraph.ts';

const types = typeConditions(
  readConditions(
    parse('interface Media { id: ID } type Photo implements Media { id: ID } type Film implements Media { id: ID }'),
  ),
);

const times: AbortController[] = [];
afterEach(() => {
  for (const time of times.splice(0)) time.abort();
});

/** Runs a plan of which every fetch asks a subgraph of its own, and each answers when it is let. */
function start(node: PlanNode, variables: Record<string, unknown> = {}) {
  const time = new AbortController();
  times.push(time);
  const asked: string[] = [];
  const open = new Map<string, PromiseWithResolvers<SubgraphResult>>();
  const subgraphs = new Proxy<Record<string, Subgraph>>(
    {},
    {
      get: (_, name) => () => {
        asked.push(String(name));
        const answer = Promise.withResolvers<SubgraphResult>();
        open.set(String(name), answer);
        return answer.promise;
      },
    },
  );
  const plan = compilePlan({ kind: 'QueryPlan', node }, { subgraphs, types, keys: new Map() });
  const done = executePlan(plan, call({ signal: time.signal }), variables);
  const since = async (from: number) => {
    await turn();
    return asked.slice(from);
  };
  return {
    done,
    first: since(0),
    /** Which subgraphs are asked after one has answered with data. */
    async answer(name: string, data: Record<string, unknown>): Promise<string[]> {
      const from = asked.length;
      open.get(name)?.resolve({ data });
      return since(from);
    },
    /** Nobody waits any more. */
    end: () => time.abort(),
    /** Which are asked after one has failed. */
    async fail(name: string): Promise<string[]> {
      const from = asked.length;
      open.get(name)?.reject(new Error('gone'));
      return since(from);
    },
  };
}

const inSequence = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Sequence', nodes });
const inParallel = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Parallel', nodes });
const root = (serviceName: string, operation: string): FetchNode => ({ kind: 'Fetch', serviceName, operation });

/** A fetch of entities at a path such as `parks.@.zone`, `<T>` for a type condition. */
function entities(serviceName: string, path: string, requires: string, selection: string): PlanNode {
  const segments = path.split('.').map((key): PathSegment => {
    if (key === '@') return key;
    return key.startsWith('<') ? { TypeCondition: [key.slice(1, -1)] } : { Field: key };
  });
  const fields = requires.split(' ').map((name) => ({ kind: 'Field', name }) as const);
  return {
    kind: 'Flatten',
    path: segments,
    node: {
      kind: 'Fetch',
      serviceName,
      operation: `query($representations:[_Any!]!){_entities(representations:$representations){${selection}}}`,
      requires: [{ kind: 'Field', name: '__typename' }, ...fields],
    },
  };
}

const PARK = { __typename: 'Park', id: '1' };

test('a fetch waits for what writes the fields that it requires, not for the rest of the wave before', async () => {
  const run = start(
    inSequence(
      root('parks', '{park{__typename id}}'),
      inParallel(entities('slow', 'park', 'id', 'mayor'), entities('zones', 'park', 'id', 'code')),
      inParallel(entities('firms', 'park', 'code', 'firms'), entities('people', 'park', 'mayor', 'age')),
    ),
  );
  expect(await run.first).toEqual(['parks']);
  expect(await run.answer('parks', { park: PARK })).toEqual(['slow', 'zones']);
  expect(await run.answer('zones', { _entities: [{ code: 'Z' }] })).toEqual(['firms']);
  expect(await run.answer('firms', { _entities: [{ firms: 9 }] })).toEqual([]);
  expect(await run.answer('slow', { _entities: [{ mayor: 'm' }] })).toEqual(['people']);
  expect(await run.answer('people', { _entities: [{ age: 50 }] })).toEqual([]);
  const { data, errors } = await run.done;
  expect({ ...(data.park as object) }).toEqual({ ...PARK, mayor: 'm', code: 'Z', firms: 9, age: 50 });
  expect(errors).toEqual([]);
});

test('a fetch waits for all that it reads, in whatever order they come', async () => {
  for (const order of [
    ['names', 'sizes'],
    ['sizes', 'names'],
  ]) {
    const run = start(
      inSequence(
        root('parks', '{park{__typename id}}'),
        inParallel(entities('names', 'park', 'id', 'name'), entities('sizes', 'park', 'id', 'size')),
        entities('labels', 'park', 'name size', 'label'),
      ),
    );
    await run.first;
    await run.answer('parks', { park: PARK });
    expect(await run.answer(order[0]!, { _entities: [{ name: 'n', size: 1 }] })).toEqual([]);
    expect(await run.answer(order[1]!, { _entities: [{ name: 'n', size: 1 }] })).toEqual(['labels']);
  }
});

test('an entity within another is asked for when it is there, though others still complete what leads to it', async () => {
  const run = start(
    inSequence(
      root('parks', '{parks{__typename id}}'),
      inParallel(entities('slow', 'parks.@', 'id', 'size'), entities('zones', 'parks.@', 'id', 'zone{__typename id}')),
      entities('titles', 'parks.@.zone', 'id', 'title'),
    ),
  );
  await run.first;
  expect(await run.answer('parks', { parks: [PARK] })).toEqual(['slow', 'zones']);
  expect(await run.answer('zones', { _entities: [{ zone: { __typename: 'Zone', id: 'z' } }] })).toEqual(['titles']);
});

test('a fetch waits for what tells the types that decide on its way', async () => {
  const run = start(
    inSequence(
      root('likes', '{media{__typename id}}'),
      inParallel(entities('kinds', 'media', 'id', '__typename'), entities('slow', 'media', 'id', 'size')),
      entities('films', 'media.<Film>', 'id', 'length'),
    ),
  );
  await run.first;
  expect(await run.answer('likes', { media: { __typename: 'Media', id: '1' } })).toEqual(['kinds', 'slow']);
  expect(await run.answer('kinds', { _entities: [{ __typename: 'Film' }] })).toEqual(['films']);
});

test('members of a Parallel never wait for each other, though one writes what another reads', async () => {
  const run = start(
    inSequence(
      root('parks', '{park{__typename id name}}'),
      inParallel(entities('one', 'park', 'id', 'name'), entities('two', 'park', 'name', 'label')),
    ),
  );
  await run.first;
  expect(await run.answer('parks', { park: { ...PARK, name: 'n' } })).toEqual(['one', 'two']);
});

test.each([
  [true, ['yes', 'after']],
  [false, ['no', 'after']],
])('a Condition that is %p guards its fetches and holds up nothing after it', async (on, expected) => {
  const run = start(
    inSequence(
      root('parks', '{park{__typename id}}'),
      {
        kind: 'Condition',
        condition: 'on',
        ifClause: entities('yes', 'park', 'id', 'name'),
        elseClause: entities('no', 'park', 'id', 'size'),
      },
      entities('after', 'park', 'id', 'code'),
    ),
    { on },
  );
  await run.first;
  expect(await run.answer('parks', { park: PARK })).toEqual(expected);
});

test('what waits for a fetch under a condition that does not hold is asked at once', async () => {
  const run = start(
    inSequence(
      root('parks', '{park{__typename id name}}'),
      { kind: 'Condition', condition: 'on', ifClause: entities('yes', 'park', 'id', 'name') },
      entities('labels', 'park', 'name', 'label'),
    ),
    { on: false },
  );
  await run.first;
  expect(await run.answer('parks', { park: { ...PARK, name: 'n' } })).toEqual(['labels']);
});

test('mutations stay in series, each after the reads of the one before', async () => {
  const run = start(
    inSequence(
      root('first', 'mutation{open{__typename id}}'),
      entities('reads', 'open', 'id', 'name'),
      root('second', 'mutation{close}'),
    ),
  );
  expect(await run.first).toEqual(['first']);
  expect(await run.answer('first', { open: PARK })).toEqual(['reads']);
  expect(await run.answer('reads', { _entities: [{ name: 'n' }] })).toEqual(['second']);
});

test('a fetch that fails costs what needs it and nothing else', async () => {
  const run = start(
    inSequence(
      root('parks', '{park{__typename id}}'),
      inParallel(entities('zones', 'park', 'id', 'code'), entities('names', 'park', 'id', 'name')),
      inParallel(entities('firms', 'park', 'code', 'firms'), entities('labels', 'park', 'name', 'label')),
    ),
  );
  await run.first;
  await run.answer('parks', { park: PARK });
  expect(await run.fail('zones')).toEqual([]);
  expect(await run.answer('names', { _entities: [{ name: 'n' }] })).toEqual(['labels']);
  await run.answer('labels', { _entities: [{ label: 'l' }] });
  const { data, errors } = await run.done;
  expect({ ...(data.park as object) }).toEqual({ ...PARK, name: 'n', label: 'l' });
  expect(errors.map(({ extensions }) => [extensions.code, extensions.subgraph])).toEqual([
    ['SUBGRAPH_UNAVAILABLE', 'zones'],
  ]);
});

test('at the end of its time every fetch that is not done is told of, begun or not, and nothing more is asked', async () => {
  const run = start(
    inSequence(
      root('parks', '{park{__typename id}}'),
      inParallel(entities('slow', 'park', 'id', 'code'), entities('names', 'park', 'id', 'name')),
      entities('firms', 'park', 'code', 'firms'),
    ),
  );
  await run.first;
  await run.answer('parks', { park: PARK });
  await run.answer('names', { _entities: [{ name: 'n' }] });
  run.end();
  const { data, errors } = await run.done;
  expect(errors.map(({ extensions }) => [extensions.code, extensions.subgraph])).toEqual([
    ['DEADLINE_EXCEEDED', 'slow'],
    ['DEADLINE_EXCEEDED', 'firms'],
  ]);
  expect(await run.answer('slow', { _entities: [{ code: 'late' }] })).toEqual([]);
  expect({ ...(data.park as object) }).toEqual({ ...PARK, name: 'n' });
});

test.each([
  [['park'], ['park']],
  [['parks', '@', 'twin'], ['parks.twin']],
  [[], []],
])('a fetch at %j that requires nothing reads its place', (pattern, read) => {
  expect([...fieldsRead({ ...compilePlace([], types), pattern }, [])]).toEqual(read);
});

test.each([
  [
    ['x', '@'],
    ['x.a', 'x.a.b'],
  ],
  [[], ['a', 'a.b']],
])('a fetch at %j writes every field below its place', (pattern, written) => {
  const { selectionSet } = parse('{ a { b } }').definitions[0] as OperationDefinitionNode;
  expect([...fieldsWritten({ ...compilePlace([], types), pattern }, compileSelection(selectionSet))]).toEqual(written);
});

test.each([
  [true, ['a', 'b']],
  [false, ['a']],
])('at the end a fetch under a Condition that is %p is named as pending: %j', async (on, pending) => {
  const plan = inParallel(root('a', '{ a }'), { kind: 'Condition', condition: 'on', ifClause: root('b', '{ b }') });
  const { done, end } = start(plan, { on });
  end();
  const { errors } = await done;
  expect(errors.map(({ extensions }) => extensions.subgraph)).toEqual(pending);
});
