import type { GraphQLFormattedError } from 'graphql';
import type { ErrorKinds } from '../errors.ts';
import { GRAPHQL_RESPONSE, type MediaType } from './headers.ts';

/**
 * Returns an error as a client sees it: its code, its place, and its own message unless the fault is internal. An internal
 * fault, or a code that `kinds` doesn't have, becomes INTERNAL_SERVER_ERROR with the request's id, by which the log tells
 * more.
 */
export function maskError(error: GraphQLFormattedError, kinds: ErrorKinds, requestId?: string): GraphQLFormattedError {
  const { code: given, stacktrace: _, http: __, ...details } = error.extensions ?? {};
  const kind = typeof given === 'string' && Object.hasOwn(kinds, given) ? kinds[given] : undefined;
  const place = {
    ...(error.locations ? { locations: error.locations } : {}),
    ...(error.path ? { path: error.path } : {}),
  };
  if (kind && !kind.isInternal) return { message: error.message, ...place, extensions: { ...details, code: given } };
  const { subgraph, paths, requestId: masked = requestId } = details;
  return {
    message: 'Something went wrong here.',
    ...place,
    extensions: {
      code: 'INTERNAL_SERVER_ERROR',
      ...(subgraph === undefined ? {} : { subgraph }),
      ...(paths === undefined ? {} : { paths }),
      ...(masked === undefined ? {} : { requestId: masked }),
    },
  };
}

/** Returns the HTTP status of an answer in this media type that has errors and no data. */
export function statusOf(
  errors: readonly GraphQLFormattedError[],
  kinds: ErrorKinds,
  type: MediaType = GRAPHQL_RESPONSE,
): number {
  return Math.max(
    ...errors.map((error) => {
      const kind = kindOf(error, kinds);
      if (!kind) return 400;
      return type !== GRAPHQL_RESPONSE && kind.isOfGraphql ? 200 : kind.status;
    }),
  );
}

/**
 * Returns the header `retry-after` (RFC 9110 §10.2.3) of an answer with these errors: the longest wait that any of them
 * asks for, in whole seconds, at least one; no header where none of them passes by itself.
 */
export function retryAfter(
  errors: readonly GraphQLFormattedError[],
  kinds: ErrorKinds,
  now: Date,
): { readonly 'retry-after'?: string } {
  const passing = errors.filter((error) => kindOf(error, kinds)?.passes);
  if (passing.length === 0) return {};
  const waits = passing.map(({ extensions }) => {
    if (typeof extensions?.retryAfterSeconds === 'number') return extensions.retryAfterSeconds;
    if (typeof extensions?.resetsAt === 'string') return (Date.parse(extensions.resetsAt) - now.getTime()) / 1_000;
    return 1;
  });
  return { 'retry-after': String(Math.max(1, Math.ceil(Math.max(...waits)))) };
}

function kindOf({ extensions }: GraphQLFormattedError, kinds: ErrorKinds) {
  const code = extensions?.code;
  return typeof code === 'string' && Object.hasOwn(kinds, code) ? kinds[code] : undefined;
}
