import type { Page } from '../storage/dynamodb/page.ts';

/** One node of a page. Its cursor is made only if a query asks for it. */
export interface Edge<Node> {
  readonly node: Node;
  readonly page: Page<Node>;
  readonly place: number;
}

/** A page of any list. */
export type AnyPage = Page<unknown>;

/** Resolvers of a connection whose parent is a page of the store. `nodes` is a property of the page. */
export const connectionResolvers = {
  edges: <Node>(page: Page<Node>): Edge<Node>[] => page.nodes.map((node, place) => ({ node, page, place })),
  pageInfo: (page: AnyPage): AnyPage => page,
};

/** Resolvers of a connection's edges. `node` is a property of the edge. */
export const edgeResolvers = {
  cursor: ({ page, place }: Edge<unknown>): string => page.cursorAt(place),
};

/** The resolvers of `PageInfo`: what takes a Query or a cipher is done only where it is asked for. */
export const pageInfoResolvers = {
  hasNextPage: (page: AnyPage) => page.hasNextPage(),
  hasPreviousPage: (page: AnyPage) => page.hasPreviousPage(),
  startCursor: ({ nodes, cursorAt }: AnyPage) => (nodes.length === 0 ? null : cursorAt(0)),
  endCursor: ({ nodes, cursorAt }: AnyPage) => (nodes.length === 0 ? null : cursorAt(nodes.length - 1)),
};
