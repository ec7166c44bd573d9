import type { Context } from 'aws-lambda';
import type { Scope } from '../storage/dynamodb/table.ts';

/** Part of an invocation's time that is reserved for its log lines and its answer. */
const RESERVE_MS = 2_000;
/** Time of an invocation outside Lambda, which has no context. */
const DEFAULT_MS = 50_000;

/** Returns the scope of a stream or schedule invocation: its deadline is the invocation's, less a reserve. */
export function invocationScope(context?: Pick<Context, 'getRemainingTimeInMillis'>): Scope {
  const remaining = (context?.getRemainingTimeInMillis() ?? DEFAULT_MS + RESERVE_MS) - RESERVE_MS;
  return { deadline: Date.now() + remaining, signal: AbortSignal.timeout(Math.max(remaining, 1)), owner: 'stream' };
}
