import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { buildSchema, type ExecutionResult, Kind, parse, print } from 'graphql';
import { parse as parseForSubgraph } from '../../node_modules/graphql/index.js';
import { comparable } from '../../test/fixtures/synthetic/compare.ts';
import { call, type Fixture } from '../../test/fixtures/synthetic/federation.ts';
import {
  type RandomOperation,
  randomNumbers,
  randomOperation,
} from '../../test/fixtures/synthetic/random-operation.ts';
import { randomSupergraph } from '../../test/fixtures/synthetic/random-supergraph.ts';
import { federationOf } from '../../test/fixtures/synthetic/supergraph-case.ts';

export interface Outcome {
  readonly query: string;
  readonly engines: Readonly<
    Record<string, { readonly verdict: 'right' | 'wrong' | 'refused'; readonly calls: number }>
  >;
}

type Execute = (operation: RandomOperation) => Promise<ExecutionResult>;

const START: Readonly<Record<string, (fixture: Fixture) => Promise<Execute>>> = {
  ours:
    async ({ gateway }) =>
    ({ query, variables }) =>
      gateway.execute({ document: parseForSubgraph(query), variables, call: call() }),
  apollo: startApollo,
  hive: startHive,
};

async function ask(fixture: Fixture, name: string, query: string, variables: Record<string, unknown>) {
  const subgraph = fixture.subgraphs[name];
  if (!subgraph) throw new Error(`There is no subgraph ${name}.`);
  return subgraph({ document: parseForSubgraph(query), query, variables, call: call() });
}

async function startApollo(fixture: Fixture): Promise<Execute> {
  const gateway = new ApolloGateway({
    supergraphSdl: fixture.supergraph.sdl,
    buildService: ({ name }) => ({
      process: (async ({ request: { query = '', variables = {} } }) =>
        ask(fixture, name, query, variables)) as GraphQLDataSource['process'],
    }),
  });
  const { executor } = await gateway.load();
  return async ({ query, variables }) => {
    const document = parse(query);
    const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const given = { document, operation, queryHash: query, source: query, operationName: null };
    return executor({
      ...given,
      request: { query, variables },
      context: {},
      metrics: {},
      logger: console,
      cache: undefined,
    } as unknown as Parameters<typeof executor>[0]) as Promise<ExecutionResult>;
  };
}

async function startHive(fixture: Fixture): Promise<Execute> {
  const { sdl } = fixture.supergraph;
  const { executor } = await unifiedGraphHandler({
    unifiedGraph: buildSchema(sdl, { assumeValid: true, assumeValidSDL: true }),
    getUnifiedGraphSDL: () => sdl,
    onSubgraphExecute: ((name: string, { document, variables = {} }: { document: object; variables?: object }) =>
      ask(
        fixture,
        name,
        print(document as Parameters<typeof print>[0]),
        variables as Record<string, unknown>,
      )) as unknown as Parameters<typeof unifiedGraphHandler>[0]['onSubgraphExecute'],
  });
  if (!executor) throw new Error('Hive has made no executor.');
  return ({ query, variables }) =>
    executor({ document: parse(query), variables, context: {} }) as Promise<ExecutionResult>;
}

const [seed = 0, operations = 0] = process.argv.slice(2, 4).map(Number);
const names = process.argv.slice(4);
const random = randomNumbers(seed * 7919);
const drawn = randomSupergraph(random);
const outcomes: Outcome[] = [];
const fixture = composed();
// Whom a label moves a field for is each gateway's own affair.
if (fixture && !JSON.stringify(drawn.subgraphs).includes('label:')) {
  const engines = await Promise.all(names.map(async (name) => [name, await START[name]!(fixture)] as const));
  for (let count = 0; count < operations; count++) {
    const operation = randomOperation(fixture.supergraph.apiSchema, random);
    const expected = comparable(await fixture.monolith(operation));
    if (expected.unplaced.length > 0) continue;
    const verdicts: Record<string, Outcome['engines'][string]> = {};
    for (const [name, execute] of engines)
      verdicts[name] = await judge(fixture, execute, operation, JSON.stringify(expected));
    outcomes.push({ query: operation.query, engines: verdicts });
  }
}
console.log(`OUTCOMES ${JSON.stringify(outcomes)}`);
process.exit(0);

function composed(): Fixture | undefined {
  try {
    return federationOf(drawn);
  } catch {
    return undefined;
  }
}

async function judge(
  { requests }: Fixture,
  execute: Execute,
  operation: RandomOperation,
  expected: string,
): Promise<Outcome['engines'][string]> {
  requests.length = 0;
  let verdict: 'right' | 'wrong' | 'refused' = 'refused';
  try {
    const answer = comparable(await execute(operation));
    const isRefused = answer.data === null && answer.unplaced.length > 0;
    verdict = JSON.stringify(answer) === expected ? 'right' : isRefused ? 'refused' : 'wrong';
  } catch {
    // Stays refused.
  } finally {
    // Hive's executor writes what an operation asks for as "__proto__" into the prototype of all objects.
    for (const key of Object.keys(Object.prototype)) Reflect.deleteProperty(Object.prototype, key);
  }
  return { verdict, calls: requests.length };
}
