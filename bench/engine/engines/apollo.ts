import { createHash } from 'node:crypto';
import { ApolloGateway, type GraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { parseOnce } from '../../servers/parse-once.ts';
import { openCall } from '../call.ts';
import type { EngineSetting, StartEngine } from '../engine.ts';
import { type Name, shopSubgraph } from '../subgraphs.ts';

type Executor = Awaited<ReturnType<ApolloGateway['load']>>['executor'];
type ExecutorInput = Parameters<Executor>[0];
type Process = GraphQLDataSource['process'];

/** `@apollo/gateway`, its executor called as Apollo Server calls it. */
export const start: StartEngine = async (setting) => {
  const { executor } = await apolloGateway(setting).load();
  const ready = new Map<string, { document: DocumentNode; operation: OperationDefinitionNode; queryHash: string }>();
  return {
    async execute({ query, variables }) {
      let prepared = ready.get(query);
      if (!prepared) {
        const document = parse(query);
        const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
        if (!operation) throw new Error('The document holds no operation.');
        prepared = { document, operation, queryHash: createHash('sha256').update(query).digest('hex') };
        ready.set(query, prepared);
      }
      return executor({
        ...prepared,
        source: query,
        operationName: null,
        request: { query, variables },
        context: {},
        metrics: {},
        logger: console,
      } as unknown as ExecutorInput);
    },
  };
};

export function apolloGateway({ supergraphSdl, reach, onFetch }: EngineSetting): ApolloGateway {
  return new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) => {
      const source = reach === 'in process' ? inProcess(name as Name) : new RemoteGraphQLDataSource({ url: url ?? '' });
      return {
        process(options) {
          onFetch();
          return source.process(options);
        },
      };
    },
  });
}

function inProcess(name: Name): GraphQLDataSource {
  const subgraph = shopSubgraph(name);
  const process: Process = async ({ request: { query = '', variables = {} } }) => {
    const { call, end } = openCall();
    const result = await subgraph({ document: parseOnce(query), query, variables, call });
    end();
    return result as Awaited<ReturnType<Process>>;
  };
  return { process };
}
