import type { DocumentNode } from 'graphql';

/**
 * The characters of clients' documents for which prepared work is cached. The work for one takes some hundred times its text,
 * and clients may send as many as they like, each as long as the limits allow. It is some five hundred common documents.
 */
export const MAX_CACHED_CHARACTERS = 400_000;

/** The assumed length of a document without its text. */
const UNKNOWN = 1_000;

/** Returns the weight of a document in a cache. */
export function charactersOf({ loc }: DocumentNode): number {
  return loc?.source.body.length ?? UNKNOWN;
}
