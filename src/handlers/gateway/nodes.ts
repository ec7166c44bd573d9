import { parse } from 'graphql';
import { ID_PREFIXES, prefixOfId } from '../../domain/ids.ts';
import type { NodeLoader } from '../../edge/node-subgraph.ts';
import type { Partner } from '../../edge/partners.ts';
import { CodedError, ERROR_KINDS, type ErrorCode } from '../../errors.ts';
import { createLoader } from '../../storage/dynamodb/loader.ts';
import type { Call, Subgraph, SubgraphRequest, SubgraphResult } from '../../subgraph/request.ts';

/** The type of an id's prefix, and the subgraph that knows which objects of the type exist. */
interface NodeOwner {
  readonly type: string;
  readonly subgraph: string;
}

type Found = NonNullable<Awaited<ReturnType<NodeLoader['load']>>>;

/** The form of partners' ids behind their prefix. */
const PARTNER_SUFFIX = /^[\w-]{1,64}$/;

type Operation = Pick<SubgraphRequest, 'document' | 'query'>;

/** The operations that ask for entities, by their types: a few per subgraph. */
const operations = new Map<string, Operation>();

/**
 * Returns the owner of an id by its prefix: one of our subgraphs or a partner's; null if it is no id.
 * @param types the types that are nodes
 */
export function nodeOwners(types: readonly string[], partners: readonly Partner[]): (id: string) => NodeOwner | null {
  const ofPartners = new Map(
    partners.flatMap(({ subgraph, registration }) =>
      Object.entries(registration.idPrefixes).map(([prefix, type]) => [prefix, { type, subgraph }] as const),
    ),
  );
  const ownerOf = (id: string): NodeOwner | undefined => {
    const prefix = prefixOfId(id);
    if (prefix !== null) return ID_PREFIXES[prefix];
    const cut = id.indexOf('_');
    return PARTNER_SUFFIX.test(id.slice(cut + 1)) ? ofPartners.get(id.slice(0, Math.max(cut, 0))) : undefined;
  };
  return (id) => {
    const owner = ownerOf(id);
    return owner && types.includes(owner.type) ? owner : null;
  };
}

/**
 * Opens the nodes of one request. Other subgraphs answer a reference to any id, so only the owner knows which objects
 * exist for the caller. All ids of the request cost one call per subgraph.
 */
export function openNodes(
  ownerOf: (id: string) => NodeOwner | null,
  subgraphs: Readonly<Record<string, Subgraph>>,
  call: Call,
): NodeLoader {
  const loader = createLoader<string, Found | Error | null>(async (ids) => {
    const found = new Map<string, Found | Error | null>();
    const bySubgraph = Map.groupBy(ids, (id) => ownerOf(id)?.subgraph ?? null);
    await Promise.all(
      Array.from(bySubgraph, async ([name, owned]) => {
        const subgraph = name === null ? undefined : subgraphs[name];
        if (name === null || !subgraph) return;
        const representations = owned.map((id) => ({ __typename: ownerOf(id)?.type ?? '', id }));
        for (const [i, one] of (await askOwner(name, subgraph, representations, call)).entries()) {
          found.set(owned[i] ?? '', one);
        }
      }),
    );
    return ids.map((id) => found.get(id) ?? null);
  });
  return {
    async load(id) {
      const found = await loader.load(id);
      if (found instanceof Error) throw found;
      return found;
    },
  };
}

/** Asks an owner which of its entities exist. An error stands for each entity without an answer. */
async function askOwner(
  name: string,
  subgraph: Subgraph,
  representations: readonly Found[],
  call: Call,
): Promise<readonly (Found | Error | null)[]> {
  let result: SubgraphResult;
  try {
    result = await subgraph({ ...operationFor(representations), variables: { representations }, call });
  } catch (cause) {
    const error = faultOf(name, cause instanceof CodedError ? cause.code : undefined, cause);
    return representations.map(() => error);
  }
  const entities = result.data?._entities;
  return representations.map((one, i) => {
    if (Array.isArray(entities) && entities[i]) return one;
    const error = result.errors?.find(({ path }) => path === undefined || path.length < 2 || path[1] === i);
    if (error) return faultOf(name, error.extensions?.code, error);
    return Array.isArray(entities) ? null : faultOf(name, undefined, undefined);
  });
}

/** Returns the operation for representations, with one type condition per type, as planners write it. */
function operationFor(representations: readonly Found[]): Operation {
  const types = [...new Set(representations.map(({ __typename }) => __typename))].sort();
  const fragments = types.map((type) => `... on ${type} { __typename }`).join(' ');
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${fragments} } }`;
  const operation = operations.get(query) ?? { query, document: parse(query, { noLocation: true }) };
  operations.set(query, operation);
  return operation;
}

/** Makes the error of a node whose owner couldn't tell whether it exists. */
function faultOf(subgraph: string, code: unknown, cause: unknown): CodedError {
  const known = typeof code === 'string' && Object.hasOwn(ERROR_KINDS, code) ? (code as ErrorCode) : undefined;
  return new CodedError(
    known ?? 'SUBGRAPH_UNAVAILABLE',
    `The subgraph "${subgraph}" can't tell whether the node exists.`,
    {
      cause,
    },
  );
}
