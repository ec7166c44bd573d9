import { charactersOf, LeastRecentlyUsed, MAX_CACHED_CHARACTERS } from '@bridgehead/federation';
import type { DocumentNode } from 'graphql';

/** A longer text is parsed and validated each time: whoever sends it pays for it, not the memory of all. */
const LONGEST = 5_000;

/** What Apollo Server asks for documents that it has parsed and validated, by their hash. */
export interface KnownDocuments {
  get(hash: string): Promise<DocumentNode | undefined>;
  set(hash: string, document: DocumentNode): Promise<void>;
  delete(hash: string): Promise<boolean>;
}

/** Its own store weighs documents by their JSON, in which neither their text nor their tokens are: a comment weighs nothing. */
export function knownDocuments(): KnownDocuments {
  const documents = new LeastRecentlyUsed<string, DocumentNode>(MAX_CACHED_CHARACTERS, charactersOf);
  return {
    get: async (hash) => documents.get(hash),
    async set(hash, document) {
      if (charactersOf(document) <= LONGEST) documents.set(hash, document);
    },
    async delete(hash) {
      documents.delete(hash);
      return true;
    },
  };
}
