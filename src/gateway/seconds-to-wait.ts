import type { GraphQLFormattedError } from 'graphql';

/** What `retry-after` says (RFC 9110 §10.2.3): the longest that any of the errors asks for; a second where none says. */
export function secondsToWait(errors: readonly GraphQLFormattedError[], now: Date): number {
  const waits = errors.flatMap(({ extensions }) =>
    typeof extensions?.resetsAt === 'string' ? [Date.parse(extensions.resetsAt) - now.getTime()] : [],
  );
  return Math.max(1, Math.ceil(Math.max(0, ...waits) / 1_000));
}
