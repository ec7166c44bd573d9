import type { GraphQLFormattedError } from 'graphql';
import { ERROR_MEANINGS, type ErrorCode } from '../../../../src/errors.ts';
import { GRAPHQL_RESPONSE, type MediaType } from './media-type.ts';

/** Faults of ours: what they say is for the log. */
const OURS: readonly ErrorCode[] = ['INTERNAL_SERVER_ERROR', 'CONFIGURATION'];

/** What an answer with errors and without data is sent with; 400, the caller's fault, where nothing is said. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  PURPOSE_NOT_GRANTED: 403,
  TRUSTED_DOCUMENTS_ONLY: 403,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  THROTTLED: 429,
  INTERNAL_SERVER_ERROR: 500,
  OPERATION_NOT_PLANNABLE: 500,
  CONFIGURATION: 500,
  SUBGRAPH_ERROR: 502,
  SUBGRAPH_INVALID_RESPONSE: 502,
  SUBGRAPH_UNAVAILABLE: 503,
  IDENTITY_UNAVAILABLE: 503,
  OVERLOADED: 503,
  STORE_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 503,
  OUTCOME_UNKNOWN: 503,
  ACCESS_NOT_RECORDED: 503,
  PERSONAL_DATA_UNAVAILABLE: 503,
};

/**
 * What GraphQL itself says of a request that HTTP carried well: with `application/json` that is 200, because an
 * intermediary could have answered 400 in that type too (GraphQL over HTTP, "application/json").
 */
const OF_GRAPHQL: readonly ErrorCode[] = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'OPERATION_TOO_COMPLEX',
  'PLAN_TOO_COMPLEX',
  'BAD_USER_INPUT',
  'INVALID_CURSOR',
];

/**
 * An error as a client sees it: a stable code, its own message where the code says whose fault it is, its place. All else
 * is INTERNAL_SERVER_ERROR with nothing but the request's id, by which the log tells more.
 */
export function maskError(error: GraphQLFormattedError, requestId?: string): GraphQLFormattedError {
  const { code: given, stacktrace: _, http: __, ...details } = error.extensions ?? {};
  const code = isKnown(given) ? given : 'INTERNAL_SERVER_ERROR';
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

/** The HTTP status of an answer in this media type that has errors and no data. */
export function statusOf(errors: readonly GraphQLFormattedError[], type: MediaType = GRAPHQL_RESPONSE): number {
  return Math.max(
    ...errors.map(({ extensions }) => {
      const code = extensions?.code as ErrorCode;
      return type !== GRAPHQL_RESPONSE && OF_GRAPHQL.includes(code) ? 200 : statusOfCode(code);
    }),
  );
}

/** The HTTP status that goes with a code where the answer has no data. */
export function statusOfCode(code: ErrorCode): number {
  return STATUS[code] ?? 400;
}

function isKnown(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_MEANINGS, code);
}
