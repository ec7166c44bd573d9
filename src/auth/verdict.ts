import type { Viewer } from '../domain/viewer.ts';
import { CodedError } from '../errors.ts';

/**
 * What came of looking at a credential. `until` is the instant, in epoch milliseconds, at which a credential that ends by
 * itself does. `refused` is a code for the log: the caller is told nothing of it.
 */
export type Verdict = { readonly viewer: Viewer; readonly until?: number } | { readonly refused: string };

/** When, and until when, a credential is looked at: a request's. */
export interface Moment {
  readonly requestId: string;
  readonly now: Date;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** The one answer to whatever was wrong with what a caller came with: to say more would help who tries. */
export function unauthenticated(): CodedError {
  return new CodedError('UNAUTHENTICATED', 'It could not be verified who is asking.');
}

/** What a verification depends on doesn't answer now, which says nothing of the credential. */
export function unverifiable(cause: unknown): CodedError {
  return new CodedError('IDENTITY_UNAVAILABLE', 'It can not be verified now who is asking. Try again in a moment.', {
    cause,
  });
}
