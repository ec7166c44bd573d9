import type { Context } from 'aws-lambda';
import type { Scope } from '../storage/table.ts';

/** What is left of an invocation for its last words. */
const RESERVE_MS = 2_000;
/** For who calls a consumer outside of Lambda and gives no context. */
const DEFAULT_MS = 50_000;

/** The scope of a stream's batch: as long as its invocation. */
export function streamScope(context?: Pick<Context, 'getRemainingTimeInMillis'>): Scope {
  const remaining = (context?.getRemainingTimeInMillis() ?? DEFAULT_MS + RESERVE_MS) - RESERVE_MS;
  return { deadline: Date.now() + remaining, signal: AbortSignal.timeout(Math.max(remaining, 1)), owner: 'stream' };
}
