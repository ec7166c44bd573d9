import type { QueryPlan } from '@bridgehead/federation';
import { parse } from 'graphql';
import { call, compose } from '../../../test/fixtures/synthetic/federation.ts';
import { type Script, scripted, underKeys } from '../../../test/fixtures/synthetic/scripted.ts';
import { CodedError } from '../src/errors.ts';
import { createGateway, planKey } from '../src/gateway.ts';
import type { SubgraphRequest, SubgraphResult } from '../src/subgraph.ts';

const SCHEMAS = {
  parks: `
    enum Kind { A SECRET @inaccessible }
    interface Site { id: ID! }
    type Park implements Site @key(fields: "id") { id: ID! name(short: Boolean): String kind: Kind size: Int twin: Park }
    type Vault implements Site @inaccessible { id: ID! }
    type Query { park: Park parks: [Park] sites: [Site] must: Park! echo(number: Int!, list: [Int!]): Int }
    type Mutation { open: Int close: Int }
  `,
  firms: `
    type Park @key(fields: "id") { id: ID! name(short: Boolean): String @external rate: Int best: Firm! firms: [Firm]
      label: String @requires(fields: "name") twin: Park @external pair: String @requires(fields: "twin { name }") }
    type Firm { name: String! staff: Int! }
    type Query { firm: Firm }
  `,
};

const park = (id: string, more: object = {}) => ({ __typename: 'Park', id, ...more });
const PARKS = { data: { parks: [park('1'), park('2'), park('1'), null] } };

function over(parks: Script, firms: Script = () => ({ data: {} })) {
  return scripted(SCHEMAS, { parks, firms });
}

/** Answers `_entities` with one object for each representation. */
function entities(answer: (representation: Record<string, unknown>) => unknown): Script {
  return ({ variables }) => ({
    data: { _entities: (variables.representations as Record<string, unknown>[]).map(answer) },
  });
}

describe('asking for entities', () => {
  test('equal representations are sent once, and each entity gets its answer', async () => {
    const gateway = over(
      () => PARKS,
      entities(({ id }) => ({ rate: Number(id) })),
    );
    expect(await gateway.run('{ parks { rate } }')).toEqual({
      data: { parks: [{ rate: 1 }, { rate: 2 }, { rate: 1 }, null] },
    });
    expect(gateway.asked.map((line) => line.slice(line.indexOf(' {"') + 1))).toEqual([
      expect.anything(),
      '{"representations":[{"__typename":"Park","id":"1"},{"__typename":"Park","id":"2"}]}',
    ]);
  });

  test('an empty call is not made', async () => {
    const gateway = over(() => ({ data: { parks: [null] } }));
    expect(await gateway.run('{ parks { rate } }')).toEqual({ data: { parks: [null] } });
    expect(gateway.asked).toHaveLength(1);
  });

  test('what lacks a required field is not sent; null is a value', async () => {
    const sent: unknown[] = [];
    const gateway = over(
      () => ({ data: { parks: [park('1'), park('2', { name: null }), park('3', { name: 'C' })] } }),
      ({ variables }) => {
        sent.push(variables.representations);
        return { data: { _entities: [{ label: 'none' }, { label: 'C!' }] } };
      },
    );
    expect(await gateway.run('{ parks { label } }')).toEqual({
      data: { parks: [{ label: null }, { label: 'none' }, { label: 'C!' }] },
    });
    expect(sent).toEqual([[park('2', { name: null }), park('3', { name: 'C' })]]);
  });

  test('what lacks a field below a required object is not sent', async () => {
    const sent: unknown[] = [];
    const gateway = over(
      () => ({ data: { parks: [park('1', { twin: { __typename: 'Park' } }), park('2', { twin: { name: 'B' } })] } }),
      ({ variables }) => {
        sent.push(variables.representations);
        return { data: { _entities: [{ pair: 'B!' }] } };
      },
    );
    expect(await gateway.run('{ parks { pair } }')).toEqual({ data: { parks: [{ pair: null }, { pair: 'B!' }] } });
    expect(sent).toEqual([[park('2', { twin: { name: 'B' } })]]);
  });

  test.each([
    ['too few', [{ rate: 1 }]],
    ['too many', [{ rate: 1 }, { rate: 2 }, { rate: 3 }]],
    ['no list', { rate: 1 }],
    ['nothing', undefined],
  ])('%s of them is an error of that fetch only', async (_, _entities) => {
    const gateway = over(
      () => PARKS,
      () => ({ data: { _entities } }),
    );
    const { data, errors } = await gateway.run('{ parks { id rate } }');
    expect(data).toEqual({ parks: [{ id: '1', rate: null }, { id: '2', rate: null }, { id: '1', rate: null }, null] });
    expect(errors).toMatchObject([
      {
        path: ['parks'],
        extensions: { code: 'SUBGRAPH_INVALID_RESPONSE', subgraph: 'firms', paths: ['parks.@.rate'] },
      },
    ]);
  });

  test('something that is no entity leaves the others', async () => {
    const gateway = over(
      () => PARKS,
      () => ({ data: { _entities: [7, { rate: 2 }] } }),
    );
    const { data, errors } = await gateway.run('{ parks { rate } }');
    expect(data).toEqual({ parks: [{ rate: null }, { rate: 2 }, { rate: null }, null] });
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_INVALID_RESPONSE', subgraph: 'firms' } }]);
  });
});

describe('errors', () => {
  test('an error of an entity stands at every place of it, in the client’s keys', async () => {
    const gateway = over(
      (request) => ({ data: underKeys(request, PARKS.data) }),
      (request) => ({
        data: underKeys(request, { _entities: [{ rate: null }, { rate: 2 }] }),
        errors: [
          {
            message: 'no rate',
            path: ['_entities', 0, /(\w+): ?rate/.exec(request.query)?.[1] ?? 'rate'],
            extensions: { code: 'CONFLICT', hint: 1 },
          },
        ],
      }),
    );
    const extensions = { code: 'CONFLICT', hint: 1, subgraph: 'firms' };
    expect(await gateway.run('{ all: parks { id: rate } }')).toEqual({
      data: { all: [{ id: null }, { id: 2 }, { id: null }, null] },
      errors: [
        { message: 'no rate', path: ['all', 0, 'id'], extensions },
        { message: 'no rate', path: ['all', 2, 'id'], extensions },
      ],
    });
  });

  test('one subgraph that fails leaves the rest, and says what it leaves empty', async () => {
    const gateway = over(
      () => ({ data: { park: park('1', { size: 5 }) } }),
      () => {
        throw new Error('connect ECONNREFUSED 10.0.0.1');
      },
    );
    const { data, errors } = await gateway.run('{ park { size r: rate firms { name } } }');
    expect(data).toEqual({ park: { size: 5, r: null, firms: null } });
    expect(errors).toEqual([
      {
        message: 'The subgraph "firms" did not answer.',
        path: ['park', 'r'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'firms', paths: ['park.r', 'park.firms'] },
      },
    ]);
  });

  test('a fetch that others need says what they leave empty', async () => {
    const gateway = scripted(
      {
        firms: 'type Park @key(fields: "id") { id: ID! } type Firm { park: Park } type Query { firm: Firm }',
        parks: 'type Park @key(fields: "id") { id: ID! name: String } type Query { park: Park }',
        labels:
          'type Park @key(fields: "id") { id: ID! name: String @external label: String @requires(fields: "name") }',
      },
      {
        firms: () => ({ data: { firm: { park: park('1') } } }),
        parks: () => Promise.reject(new Error('gone')),
        labels: () => ({ data: { _entities: [] } }),
      },
    );
    const { data, errors } = await gateway.run('{ firm { park { label } } }');
    expect(data).toEqual({ firm: { park: { label: null } } });
    expect(gateway.asked.map((line) => line.slice(0, line.indexOf(':')))).toEqual(['firms', 'parks']);
    expect(errors).toMatchObject([
      { path: ['firm', 'park', 'label'], extensions: { subgraph: 'parks', paths: ['firm.park.label'] } },
    ]);
  });

  test('a coded failure keeps its code', async () => {
    const gateway = over(() => {
      throw new CodedError('PAYLOAD_TOO_LARGE', 'The answer is too large.', { details: { limit: 6 } });
    });
    const { errors } = await gateway.run('{ park { id } }');
    expect(errors).toMatchObject([
      { message: 'The answer is too large.', extensions: { code: 'PAYLOAD_TOO_LARGE', limit: 6, subgraph: 'parks' } },
    ]);
  });

  test.each([
    ['no object', 7],
    ['null', null],
    ['neither data nor errors', {}],
    ['data that is a list', { data: [] }],
  ])('an answer that is %s is an error with a code', async (_, answer) => {
    const gateway = over(() => answer as SubgraphResult);
    const { data, errors } = await gateway.run('{ park { id } }');
    expect(data).toEqual({ park: null });
    expect(errors).toMatchObject([
      { path: ['park'], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE', subgraph: 'parks' } },
    ]);
  });

  test('errors without data or path are passed on', async () => {
    const gateway = over(() => ({ errors: [{ message: 'not now' }] }));
    const { data, errors } = await gateway.run('{ park { id } }');
    expect(data).toEqual({ park: null });
    expect(errors).toEqual([{ message: 'not now', extensions: { code: 'INTERNAL_SERVER_ERROR', subgraph: 'parks' } }]);
  });
});

describe('null propagation', () => {
  const missing = (path: (string | number)[], coordinate: string) => ({
    message: `Cannot return null for non-nullable field ${coordinate}.`,
    path,
    extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' },
  });

  test('a null that no error explains gets one, where it climbs from', async () => {
    const gateway = over(
      (request) => ({ data: underKeys(request, PARKS.data) }),
      (request) => ({
        data: underKeys(request, {
          _entities: [{ best: { name: 'A', staff: null } }, { best: { name: 'B', staff: 2 } }],
        }),
      }),
    );
    expect(await gateway.run('{ p: parks { best { name s: staff } } }')).toEqual({
      data: { p: [null, { best: { name: 'B', s: 2 } }, null, null] },
      errors: [missing(['p', 0, 'best', 's'], 'Firm.staff'), missing(['p', 2, 'best', 's'], 'Firm.staff')],
    });
  });

  test('an entity that is not there is one error for each of its places, not one for each field', async () => {
    const gateway = over(
      () => ({ data: { park: park('1') } }),
      entities(() => null),
    );
    expect(await gateway.run('{ park { best { name staff } id } }')).toEqual({
      data: { park: null },
      errors: [missing(['park', 'best'], 'Park.best')],
    });
  });

  test('an error that nulls a whole entity explains all of its fields', async () => {
    const gateway = over(
      () => ({ data: { parks: [park('1')] } }),
      () => ({ data: { _entities: [null] }, errors: [{ message: 'failed', path: ['_entities', 0, 'rate'] }] }),
    );
    const { data, errors } = await gateway.run('{ parks { best { name } rate } }');
    expect(data).toEqual({ parks: [null] });
    expect(errors).toMatchObject([{ message: 'failed', path: ['parks', 0, 'rate'] }]);
  });

  test('a fetch that fails explains what it leaves missing', async () => {
    const gateway = over(
      () => PARKS,
      () => Promise.reject(new Error('gone')),
    );
    const { data, errors } = await gateway.run('{ parks { best { name } } }');
    expect(data).toEqual({ parks: [null, null, null, null] });
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', paths: ['parks.@.best'] } }]);
  });

  test.each([
    ['no data', null],
    ['no entities', { _entities: null }],
  ])('an error without a path explains what an answer with %s leaves missing', async (_, data) => {
    const gateway = over(
      () => ({ data: { parks: [park('1')] } }),
      () => ({ data, errors: [{ message: 'failed' }] }),
    );
    const answer = await gateway.run('{ parks { best { name } } }');
    expect(answer.data).toEqual({ parks: [null] });
    expect(answer.errors?.map(({ message }) => message)).toEqual(['failed']);
  });

  test('a null climbs to the root', async () => {
    const gateway = over(() => ({ data: { must: null } }));
    expect(await gateway.run('{ must { id } }')).toEqual({ data: null, errors: [missing(['must'], 'Query.must')] });
  });
});

describe('an entity that another subgraph only refers to', () => {
  const NODES = {
    nodes: `interface Node { id: ID! } type Query { node(id: ID!): Node nodes: [Node!] must: Node! }
      type Zone implements Node @key(fields: "id", resolvable: false) { id: ID! }`,
    zones: 'type Zone @key(fields: "id") { id: ID! code: String! title: String } type Query { zone: Zone }',
    parks: 'type Zone @key(fields: "id") { id: ID! parks: [String] } type Query { x: Int }',
  };
  const zone = (id: string) => ({ __typename: 'Zone', id });
  const nodes: Script = (request) => ({
    data: underKeys(request, { node: zone('9'), nodes: [zone('1'), zone('9')], must: zone('9') }),
  });
  const owner = entities(({ id }) => (id === '9' ? null : { code: 'c', title: 't' }));
  const over9 = (parks: Script) => scripted(NODES, { nodes, zones: owner, parks });
  const nobody = over9(entities(() => null));
  const anybody = over9(entities(() => ({ parks: [] })));

  test.each([
    ['a field that may be null', '{ node(id: "9") { ... on Zone { title } } }', { node: null }],
    ['one that may not', '{ node(id: "9") { ... on Zone { code } } }', { node: null }],
    ['fields of two subgraphs', '{ node(id: "9") { ... on Zone { title parks } } }', { node: null }],
  ])('is null without an error where its owner knows none: %s', async (_, query, data) => {
    expect(await nobody.run(query)).toEqual({ data });
  });

  test('is null, too, where somebody else answers for any key', async () => {
    expect(await anybody.run('{ node(id: "9") { ... on Zone { code parks } } }')).toEqual({ data: { node: null } });
    const { data, errors } = await anybody.run('{ node(id: "9") { ... on Zone { title parks } } }');
    expect({ data, errors }).toEqual({ data: { node: { title: null, parks: [] } } });
  });

  test.each([
    ['{ must { ... on Zone { title } } }', null, ['must'], 'Query.must'],
    ['{ nodes { ... on Zone { title } } }', { nodes: null }, ['nodes', 1], 'Query.nodes'],
  ])('is an error where null may not be: %s', async (query, data, path, coordinate) => {
    expect(await nobody.run(query)).toEqual({
      data,
      errors: [
        {
          message: `Cannot return null for non-nullable field ${coordinate}.`,
          path,
          extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' },
        },
      ],
    });
  });

  test('is not taken for absent where its owner reports an error', async () => {
    const failing = scripted(NODES, {
      nodes,
      parks: () => ({ data: {} }),
      zones: () => ({ data: { _entities: [null] }, errors: [{ message: 'no', path: ['_entities', 0, 'title'] }] }),
    });
    const { data, errors } = await failing.run('{ node(id: "9") { ... on Zone { title } } }');
    expect(data).toEqual({ node: { title: null } });
    expect(errors).toMatchObject([{ message: 'no', path: ['node', 'title'] }]);
  });

  test('has the errors that its owner reports', async () => {
    const failing = scripted(NODES, {
      nodes,
      parks: () => ({ data: {} }),
      zones: () => ({ data: { _entities: [null] }, errors: [{ message: 'no', path: ['_entities', 0, 'code'] }] }),
    });
    const { data, errors } = await failing.run('{ node(id: "9") { ... on Zone { code } } }');
    expect(data).toEqual({ node: null });
    expect(errors).toMatchObject([{ message: 'no', path: ['node', 'code'] }]);
  });
});

describe('only what the API knows and the client asked for comes out', () => {
  test.each([
    ['a text for a number', { size: '5' }, { size: null }],
    ['a number beyond Int', { size: 2 ** 31 }, { size: null }],
    ['a list for an object', { twin: [] }, { twin: null }],
    ['an enum value that is hidden', { kind: 'SECRET' }, { kind: null }],
  ])('%s is an error and null', async (_, more, expected) => {
    const gateway = over(() => ({ data: { park: park('1', more) } }));
    const [field] = Object.keys(more);
    const { data, errors } = await gateway.run(`{ park { ${field === 'twin' ? 'twin { id }' : field} } }`);
    expect(data).toEqual({ park: expected });
    expect(errors).toMatchObject([{ path: ['park', field], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } }]);
    expect(JSON.stringify(errors)).not.toContain('SECRET');
  });

  test('numbers that are ids become texts', async () => {
    const gateway = over(() => ({ data: { park: { __typename: 'Park', id: 7 } } }));
    expect(await gateway.run('{ park { id } }')).toEqual({ data: { park: { id: '7' } } });
  });

  test.each(['Vault', 'Nothing', '__proto__', undefined])(
    'an object of type %p is an error and null',
    async (__typename) => {
      const gateway = over(() => ({ data: { sites: [{ __typename, id: '1' }, park('2')] } }));
      const { data, errors } = await gateway.run('{ sites { id t: __typename } }');
      expect(data).toEqual({ sites: [null, { id: '2', t: 'Park' }] });
      expect(errors).toMatchObject([{ path: ['sites', 0] }]);
      expect(JSON.stringify(errors)).not.toContain('Vault');
    },
  );

  test('what a subgraph sends unasked overwrites nothing and is not passed on', async () => {
    const hostile = JSON.parse('{ "rate": 1, "size": 666, "id": "9", "secret": 1, "__proto__": { "polluted": true } }');
    const gateway = over(
      () => ({ data: { park: park('1', { size: 5, extra: 1 }) } }),
      entities(() => hostile),
    );
    expect(await gateway.run('{ park { id size rate } }')).toEqual({ data: { park: { id: '1', size: 5, rate: 1 } } });
    expect('polluted' in {}).toBe(false);
  });

  test('what a subgraph hands over is not changed', async () => {
    const shared = Object.freeze(park('1'));
    const data = Object.freeze({ parks: Object.freeze([shared, shared]) });
    const gateway = over(
      () => ({ data }),
      entities(() => Object.freeze({ rate: 3, firms: Object.freeze([]) })),
    );
    expect(await gateway.run('{ parks { rate firms { name } } }')).toEqual({
      data: { parks: Array(2).fill({ rate: 3, firms: [] }) },
    });
  });
});

describe('variables', () => {
  test('are coerced once, defaults included, and only those used are sent', async () => {
    const variables: unknown[] = [];
    const gateway = over((request) => {
      variables.push(request.variables);
      return { data: { echo: 1 } };
    });
    await gateway.run(
      'query($n: Int = 4, $l: [Int!], $on: Boolean!) { echo(number: $n, list: $l) @include(if: $on) }',
      {
        variables: { l: 5, on: true },
      },
    );
    expect(variables).toEqual([{ _v_n: 4, _v_l: [5] }]);
  });

  test('that are wrong are BAD_USER_INPUT, and nothing is asked', async () => {
    const gateway = over(() => ({ data: { echo: 1 } }));
    const result = await gateway.run('query($n: Int!) { echo(number: $n) }', { variables: { n: 'x' } });
    expect(result).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(result).not.toHaveProperty('data');
    expect(gateway.asked).toEqual([]);
  });
});

describe('time', () => {
  const never = () => new Promise<SubgraphResult>(() => {});

  /** A subgraph that never answers, and a signal that aborts once it is asked. */
  function stalling() {
    const controller = new AbortController();
    const script: Script = () => {
      setImmediate(() => controller.abort());
      return never();
    };
    return { script, options: { call: { signal: controller.signal } } };
  }

  test('at the end the rest is answered, and what is pending is named', async () => {
    const { script, options } = stalling();
    const gateway = over(() => ({ data: { park: park('1', { size: 5 }) } }), script);
    const { data, errors } = await gateway.run('{ park { size rate firms { name } } }', options);
    expect(data).toEqual({ park: { size: 5, rate: null, firms: null } });
    expect(errors).toMatchObject([
      { extensions: { code: 'DEADLINE_EXCEEDED', subgraph: 'firms', paths: ['park.rate', 'park.firms'] } },
    ]);
  });

  test('what was not begun is named as well', async () => {
    const { script, options } = stalling();
    const gateway = over(script);
    const { data, errors } = await gateway.run('{ park { rate } }', options);
    expect(data).toEqual({ park: null });
    expect(errors?.map(({ extensions }) => extensions?.subgraph)).toEqual(['parks', 'firms']);
    expect(gateway.asked).toHaveLength(1);
  });

  test('the deadline needs no signal', async () => {
    const gateway = over(never);
    const { errors } = await gateway.run('{ park { id } }', { call: { deadline: Date.now() + 100 } });
    expect(errors).toMatchObject([{ extensions: { code: 'DEADLINE_EXCEEDED' } }]);
  });

  test('after the deadline nothing is asked', async () => {
    const gateway = over(never);
    const { errors } = await gateway.run('{ park { id } }', { call: { deadline: Date.now() - 1 } });
    expect(errors).toMatchObject([{ extensions: { code: 'DEADLINE_EXCEEDED' } }]);
    expect(gateway.asked).toEqual([]);
  });

  test('of a mutation under way the outcome is unknown; one that was not begun exceeds the deadline', async () => {
    const { script, options } = stalling();
    const gateway = scripted(
      { ...SCHEMAS, firms: `${SCHEMAS.firms} type Mutation { hire: Int }` },
      { parks: script, firms: never },
    );
    const { data, errors } = await gateway.run('mutation { open hire }', options);
    expect(data).toEqual({ open: null, hire: null });
    expect(errors).toMatchObject([
      { path: ['open'], extensions: { code: 'OUTCOME_UNKNOWN', subgraph: 'parks' } },
      { path: ['hire'], extensions: { code: 'DEADLINE_EXCEEDED', subgraph: 'firms' } },
    ]);
  });

  test.each([
    ['a fault without a code', new Error('reset'), 'OUTCOME_UNKNOWN'],
    ['a deadline of its own', new CodedError('DEADLINE_EXCEEDED', 'Too late.'), 'OUTCOME_UNKNOWN'],
    [
      'a code that says it was not carried out',
      new CodedError('SUBGRAPH_UNAVAILABLE', 'Not sent.'),
      'SUBGRAPH_UNAVAILABLE',
    ],
  ])('a mutation that fails by %s', async (_, cause, code) => {
    const gateway = over(() => Promise.reject(cause));
    expect((await gateway.run('mutation { open }')).errors).toMatchObject([{ extensions: { code } }]);
  });

  test('what arrives late is dropped', async () => {
    let release: (result: SubgraphResult) => void = () => {};
    const controller = new AbortController();
    const gateway = over(
      () => ({ data: { park: park('1') } }),
      () => {
        setImmediate(() => controller.abort());
        return new Promise((resolve) => {
          release = resolve;
        });
      },
    );
    const result = await gateway.run('{ park { rate } }', { call: { signal: controller.signal } });
    release({ data: { _entities: [{ rate: 1 }] }, errors: [{ message: 'late' }] });
    await new Promise(setImmediate);
    expect(result.data).toEqual({ park: { rate: null } });
    expect(result.errors).toHaveLength(1);
  });
});

describe('plans', () => {
  const supergraph = compose(SCHEMAS);
  const requests: SubgraphRequest[] = [];
  const subgraphs = {
    parks: async (request: SubgraphRequest) => {
      requests.push(request);
      return { data: { park: park('1') } };
    },
    firms: async () => ({ data: {} }),
  };
  const plan: QueryPlan = {
    kind: 'QueryPlan',
    node: { kind: 'Fetch', serviceName: 'parks', operationKind: 'query', operation: '{park{id}}' },
  };

  test('a shipped plan is used, and the planner is not asked', async () => {
    const gateway = createGateway({
      supergraph,
      subgraphs,
      planner: {
        plan: () => {
          throw new Error('asked');
        },
      },
      shippedPlans: new Map([[planKey('{\n  park {\n    id\n  }\n}'), plan]]),
    });
    expect(await gateway.execute({ document: parse('query Named { park { id } }'), call: call() })).toMatchObject({
      data: { park: { id: '1' } },
    });
  });

  test('an operation is planned once, and its sub-documents are parsed once', async () => {
    let planned = 0;
    const gateway = createGateway({
      supergraph,
      subgraphs,
      planner: {
        plan: () => {
          planned += 1;
          return plan;
        },
      },
    });
    requests.length = 0;
    for (const documentHash of ['h', 'h', undefined]) {
      await gateway.execute({ document: parse('{ park { id } }'), documentHash, call: call() });
    }
    expect(planned).toBe(1);
    expect(new Set(requests.map(({ document }) => document)).size).toBe(1);
  });

  test('what the planner refuses is an error with its code, and is remembered', async () => {
    let asked = 0;
    const gateway = createGateway({
      supergraph,
      subgraphs,
      planner: {
        plan: () => {
          asked += 1;
          throw new CodedError('PLAN_TOO_COMPLEX', 'Too much.');
        },
      },
    });
    for (let i = 0; i < 2; i++) {
      const result = await gateway.execute({ document: parse('{ park { id } }'), call: call() });
      expect(result).toMatchObject({ errors: [{ extensions: { code: 'PLAN_TOO_COMPLEX' } }] });
    }
    expect(asked).toBe(1);
  });
});

test('introspection, __typename and data are answered together', async () => {
  const gateway = over(() => ({ data: { park: park('1') } }));
  expect(
    await gateway.run(
      'query($on: Boolean!) { t: __typename a: __type(name: "Firm") @include(if: $on) { name } park { id } }',
      {
        variables: { on: true },
      },
    ),
  ).toEqual({ data: { t: 'Query', a: { name: 'Firm' }, park: { id: '1' } } });
});
