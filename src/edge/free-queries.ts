import { ASKS_FREELY } from '../domain/free-queries.ts';
import { CodedError } from '../errors.ts';
import type { Asking } from './budget/client.ts';

/** Throws TRUSTED_DOCUMENTS_ONLY for a question of one's own, of those who may ask only what we ship. */
export function refuseFreeQueries({ viewer, isShipped }: Asking): void {
  if (isShipped || ASKS_FREELY[viewer.kind]) return;
  throw new CodedError('TRUSTED_DOCUMENTS_ONLY', 'Here only the documents of our apps are answered.');
}
