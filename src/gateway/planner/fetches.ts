import type { BatchFetchNode, FetchNode, PathSegment, PlanNode } from './plan.ts';

/** A plan's node with each of its fetches changed; `path` is where the entities of a fetch are, from the answer's root. */
export function mapFetches(
  node: PlanNode,
  change: (fetch: FetchNode | BatchFetchNode, path: readonly PathSegment[]) => PlanNode,
  path: readonly PathSegment[] = [],
): PlanNode {
  const within = (inner: PlanNode) => mapFetches(inner, change, path);
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map(within) };
    case 'Condition': {
      const { ifClause, elseClause } = node;
      return {
        ...node,
        ...(ifClause ? { ifClause: within(ifClause) } : {}),
        ...(elseClause ? { elseClause: within(elseClause) } : {}),
      };
    }
    case 'Flatten':
      return { ...node, node: mapFetches(node.node, change, [...path, ...node.path]) };
    case 'Fetch':
    case 'BatchFetch':
      return change(node, path);
  }
}

/** All fetches of a plan's node. */
export function fetchesOf(node: PlanNode): (FetchNode | BatchFetchNode)[] {
  const fetches: (FetchNode | BatchFetchNode)[] = [];
  mapFetches(node, (fetch) => {
    fetches.push(fetch);
    return fetch;
  });
  return fetches;
}
