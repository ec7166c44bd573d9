import { charactersOf, MAX_CACHED_CHARACTERS } from '@bridgehead/federation';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Longest text that is cached. A longer one is parsed and validated each time, at its sender's cost. */
const MAX_CHARACTERS = 5_000;

/** Apollo Server's store of parsed and valid documents, by their hash. */
export interface KnownDocuments {
  get(hash: string): Promise<DocumentNode | undefined>;
  set(hash: string, document: DocumentNode): Promise<void>;
  delete(hash: string): Promise<boolean>;
}

/**
 * Makes a store that weighs documents by their text. Apollo Server's own weighs their JSON, in which a comment weighs nothing.
 */
export function knownDocuments(): KnownDocuments {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: MAX_CACHED_CHARACTERS,
    sizeCalculation: charactersOf,
  });
  return {
    get: async (hash) => documents.get(hash),
    async set(hash, document) {
      if (charactersOf(document) <= MAX_CHARACTERS) documents.set(hash, document);
    },
    async delete(hash) {
      documents.delete(hash);
      return true;
    },
  };
}
