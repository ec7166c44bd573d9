import { type DocumentNode, parse } from '../../node_modules/graphql/index.js';

const documents = new Map<string, DocumentNode>();

/** The same document for the same text, by the graphql of the subgraphs: Apollo Gateway hands over a text. */
export function parseOnce(query: string): DocumentNode {
  let document = documents.get(query);
  if (!document) {
    document = parse(query, { noLocation: true });
    documents.set(query, document);
  }
  return document;
}
