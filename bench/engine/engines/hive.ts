import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { buildSchema, type DocumentNode, parse, print } from 'graphql';
import type { Subgraph } from '../../../src/subgraph/request.ts';
import { openCall } from '../call.ts';
import type { StartEngine } from '../engine.ts';
import { type Name, SUBGRAPHS, shopSubgraph } from '../subgraphs.ts';
import { subgraphUrls } from '../urls.ts';

type Handler = Parameters<typeof unifiedGraphHandler>[0];
type Ask = Handler['onSubgraphExecute'];

/** Hive's engine for Node, with the planner that ours has too, and over HTTP the executor that its gateway uses. */
export const start: StartEngine = async ({ supergraphSdl, reach, onFetch }) => {
  const ask = reach === 'in process' ? askInProcess() : askOverHttp(supergraphSdl);
  const { executor } = await unifiedGraphHandler({
    unifiedGraph: buildSchema(supergraphSdl, { assumeValid: true, assumeValidSDL: true }),
    getUnifiedGraphSDL: () => supergraphSdl,
    onSubgraphExecute: (name, request) => {
      onFetch();
      return ask(name, request);
    },
  });
  if (!executor) throw new Error('Hive has made no executor.');
  const ready = new Map<string, DocumentNode>();
  return {
    async execute({ query, variables }) {
      let document = ready.get(query);
      if (!document) {
        document = parse(query);
        ready.set(query, document);
      }
      return executor({ document, variables, context: {} }) as Promise<object>;
    },
  };
};

function askInProcess(): Ask {
  const subgraphs = new Map<string, Subgraph>(SUBGRAPHS.map((name) => [name, shopSubgraph(name)]));
  const texts = new WeakMap<DocumentNode, string>();
  return (async (name, { document, variables = {} }) => {
    let query = texts.get(document);
    if (query === undefined) {
      query = print(document);
      texts.set(document, query);
    }
    const { call, end } = openCall();
    const result = await subgraphs.get(name)?.({ document, query, variables, call });
    end();
    return result;
  }) as Ask;
}

/** Calls that are under way at once are equal here as they aren't in life: shared fetches would not be measured. */
function askOverHttp(supergraphSdl: string): Ask {
  const urls = subgraphUrls(supergraphSdl);
  const executors = new Map<string, ReturnType<typeof buildHTTPExecutor>>(
    SUBGRAPHS.map((name: Name) => [
      name,
      buildHTTPExecutor({ endpoint: urls[name], deduplicateInflightRequests: false }),
    ]),
  );
  return ((name, request) => executors.get(name)?.(request)) as Ask;
}
