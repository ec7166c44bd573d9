import type { GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, type ErrorCode } from '../errors.ts';

/** Faults of ours: what they say is for the log. */
const OURS: readonly ErrorCode[] = ['INTERNAL_SERVER_ERROR', 'CONFIGURATION'];

/** What an answer with errors and without data is sent with; 400, the caller's fault, where nothing is said. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  THROTTLED: 429,
  INTERNAL_SERVER_ERROR: 500,
  SUBGRAPH_INVALID_RESPONSE: 502,
  SUBGRAPH_UNAVAILABLE: 503,
  IDENTITY_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 503,
  OUTCOME_UNKNOWN: 503,
};

/**
 * An error as a client sees it: a stable code, its own message where the code says whose fault it is, its place. All else
 * is INTERNAL_SERVER_ERROR with nothing but the request's id, by which the log tells more.
 */
export function maskError(error: GraphQLFormattedError, requestId?: string): GraphQLFormattedError {
  const { code: given, stacktrace: _, http: __, ...details } = error.extensions ?? {};
  const code = ERROR_CODES.find((known) => known === given) ?? 'INTERNAL_SERVER_ERROR';
  const place = {
    ...(error.locations ? { locations: error.locations } : {}),
    ...(error.path ? { path: error.path } : {}),
  };
  if (!OURS.includes(code)) return { message: error.message, ...place, extensions: { ...details, code } };
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

/** The HTTP status of an answer that has errors and no data. */
export function statusOf(errors: readonly GraphQLFormattedError[]): number {
  return Math.max(...errors.map(({ extensions }) => STATUS[extensions?.code as ErrorCode] ?? 400));
}
