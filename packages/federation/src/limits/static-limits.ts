import { createHash } from 'node:crypto';
import { type DocumentNode, parse } from 'graphql';
import { LeastRecentlyUsed } from '../lru.ts';
import { lexed } from './lexed.ts';
import type { Limit } from './limit.ts';
import { enforceLimits } from './limits.ts';
import { tokens } from './tokens.ts';

/** Texts are known by their hash: an entry is small whatever the text. */
const MOST_KNOWN = 2_000;

/**
 * Holds the limits that need no more than a document's text: before validation, which compares fields with one another.
 * A text that has passed is remembered. Throws as `enforceLimits` does. A text that can't be parsed passes: the server says so.
 */
export function staticLimits(limits: readonly Limit[]): (text: string) => void {
  const passed = new LeastRecentlyUsed<string, true>(MOST_KNOWN);
  return (text) => {
    const hash = createHash('sha256').update(text).digest('base64');
    if (passed.get(hash)) return;
    enforceLimits('text', lexed(text, tokens.allowed), limits);
    const document = parsed(text);
    if (document) enforceLimits('document', document, limits);
    passed.set(hash, true);
  };
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return undefined;
  }
}
