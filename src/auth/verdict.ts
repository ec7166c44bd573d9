import type { Viewer } from '../domain/viewer.ts';
import { CodedError } from '../errors.ts';

/**
 * The result of verifying a credential. `until` is when the credential expires, in epoch milliseconds. `refused` is a
 * code for the log, which the caller never sees.
 */
export type Verdict = { readonly viewer: Viewer; readonly until?: number } | { readonly refused: string };

/** The instant and deadline of the request that verifies a credential. */
export interface Moment {
  readonly requestId: string;
  readonly now: Date;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** Makes the one error for every invalid credential. More detail would help an attacker. */
export function unauthenticated(): CodedError {
  return new CodedError('UNAUTHENTICATED', "The caller's identity could not be verified.");
}

/** Makes the error for a verification whose dependency doesn't answer. The credential may be valid. */
export function unverifiable(cause: unknown): CodedError {
  return new CodedError('IDENTITY_UNAVAILABLE', "The caller's identity can't be verified now. Try again in a moment.", {
    cause,
  });
}
