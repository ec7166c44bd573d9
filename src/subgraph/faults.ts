import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { CodedError, type ErrorCode } from '../errors.ts';
import type { Log } from '../log.ts';

/** Faults that only the log shows to operators. */
const LOGGED: readonly ErrorCode[] = ['CONFIGURATION', 'INTERNAL_SERVER_ERROR', 'STORE_UNAVAILABLE'];

/**
 * Formats an error as it leaves a subgraph: always with `extensions.code`. A coded error keeps its message and details.
 * Input that can't be coerced is BAD_USER_INPUT. Any other error is logged here and masked.
 */
export function formatFault(error: GraphQLError, requestId: string, log: Log): GraphQLFormattedError {
  // Locations are left out: they refer to a document that the client never saw.
  const where = error.path ? { path: error.path } : {};
  const cause = rootOf(error);
  if (cause instanceof CodedError) {
    // The gateway masks it.
    if (LOGGED.includes(cause.code)) log.error('a resolver failed', { requestId, path: error.path?.join('.') }, cause);
    return { message: cause.message, ...where, extensions: { ...cause.details, code: cause.code } };
  }
  if (isInputError(error, cause)) {
    return { message: error.message, ...where, extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode } };
  }
  log.error('a resolver failed', { requestId, path: error.path?.join('.') }, cause);
  return {
    message: 'Internal server error',
    ...where,
    extensions: { code: 'INTERNAL_SERVER_ERROR' satisfies ErrorCode },
  };
}

function rootOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? rootOf(error.originalError) : error;
}

/** Tells whether graphql-js couldn't coerce an input: it then points at the value or variable, else at the field. */
function isInputError(error: GraphQLError, cause: unknown): boolean {
  if (error.extensions?.code === 'BAD_USER_INPUT') return true;
  const blamed = cause instanceof GraphQLError ? cause.nodes?.[0]?.kind : undefined;
  return blamed !== undefined && blamed !== Kind.FIELD && blamed !== Kind.OPERATION_DEFINITION;
}
