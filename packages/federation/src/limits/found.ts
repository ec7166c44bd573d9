import { parse } from 'graphql';
import { selectOperation } from '../normalise/select-operation.ts';
import type { Variables } from '../projection/projection.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { jsonShape } from './json-shape.ts';
import { lexed } from './lexed.ts';
import type { Limit, Stages } from './limit.ts';
import { LIMITS } from './limits.ts';

export interface Found {
  readonly limit: Limit;
  readonly found: number;
}

/** What each limit finds in an operation that is sent by POST with its whole text. */
export function measureLimits(supergraph: Supergraph, query: string, variables: Variables): Found[] {
  const said = { query, variables };
  const document = parse(query);
  const stages: Stages = {
    bytes: Buffer.byteLength(JSON.stringify(said)),
    json: jsonShape(said),
    text: lexed(query, Number.MAX_SAFE_INTEGER),
    document,
    operation: {
      schema: supergraph.apiSchema,
      costs: supergraph.costs,
      variables,
      ...selectOperation(document, undefined),
    },
  };
  return LIMITS.map((limit) => ({ limit, found: limit.measure(stages[limit.stage]) }));
}
