import type { GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../../../../src/errors.ts';

/** The codes of errors that pass by themselves: the answer says when to send the request again. */
const RETRY_LATER: readonly ErrorCode[] = ['THROTTLED', 'OVERLOADED', 'STORE_UNAVAILABLE'];

/**
 * Returns the header `retry-after` (RFC 9110 §10.2.3) of an answer with these errors: the longest wait that any of them
 * asks for, in whole seconds, at least one; no header where none of them passes by itself.
 */
export function retryAfter(errors: readonly GraphQLFormattedError[], now: Date): { readonly 'retry-after'?: string } {
  const passing = errors.filter(({ extensions }) => RETRY_LATER.includes(extensions?.code as ErrorCode));
  if (passing.length === 0) return {};
  const waits = passing.map(({ extensions }) => {
    if (typeof extensions?.retryAfterSeconds === 'number') return extensions.retryAfterSeconds;
    if (typeof extensions?.resetsAt === 'string') return (Date.parse(extensions.resetsAt) - now.getTime()) / 1_000;
    return 1;
  });
  return { 'retry-after': String(Math.max(1, Math.ceil(Math.max(...waits)))) };
}
