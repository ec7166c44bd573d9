import type { DocumentNode } from 'graphql';

/**
 * What is made ready of clients' documents is kept by the length of their texts, not by their number: what is made of one
 * takes some hundred times its text, and anybody may send as many as they like, each as long as the limits allow. With the
 * demo's own documents it is some five hundred.
 */
export const KEPT_CHARACTERS = 400_000;

/** Of a document that isn't known by its text. */
const UNKNOWN = 1_000;

export function charactersOf({ loc }: DocumentNode): number {
  return loc?.source.body.length ?? UNKNOWN;
}
