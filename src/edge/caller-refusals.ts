import type { Asking } from '../domain/budget.ts';
import { ASKS_FREELY } from '../domain/free-queries.ts';
import { CodedError } from '../errors.ts';

/** Throws TRUSTED_DOCUMENTS_ONLY for a document of the caller's own, where their kind may send trusted documents only. */
export function refuseFreeQueries({ viewer, isShipped }: Asking): void {
  if (isShipped || ASKS_FREELY[viewer.kind]) return;
  throw new CodedError('TRUSTED_DOCUMENTS_ONLY', 'Here only the documents of our apps are answered.');
}

/** Throws UNAUTHENTICATED for an anonymous caller: a dry run is charged to a budget of the caller's own. */
export function refuseDryRuns({ viewer }: Asking): void {
  if (viewer.kind === 'anonymous') throw new CodedError('UNAUTHENTICATED', 'A dry run is for who says who they are.');
}
