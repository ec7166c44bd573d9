import type { Page } from '../storage/dynamodb/page.ts';

/** One node of a page, with the cursor behind it made only where it is asked for. */
export interface Edge<Node> {
  readonly node: Node;
  readonly page: Page<Node>;
  readonly place: number;
}

/** The resolvers of a connection whose parent is a page of the store; `nodes` is the page's own. */
export const connectionResolvers = {
  edges: <Node>(page: Page<Node>): Edge<Node>[] => page.nodes.map((node, place) => ({ node, page, place })),
  pageInfo: ({ nodes, hasNextPage, cursorAt }: Page<unknown>) => ({
    hasNextPage,
    endCursor: nodes.length === 0 ? null : cursorAt(nodes.length - 1),
  }),
};

/** The resolvers of its edges; `node` is the edge's own. */
export const edgeResolvers = {
  cursor: ({ page, place }: Edge<unknown>): string => page.cursorAt(place),
};
