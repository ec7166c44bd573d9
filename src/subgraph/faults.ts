import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { CodedError, type ErrorCode } from '../errors.ts';
import type { Log } from '../log.ts';

/** Faults that nobody would learn of but by the log. */
const LOGGED: readonly ErrorCode[] = ['CONFIGURATION', 'INTERNAL_SERVER_ERROR', 'STORE_UNAVAILABLE'];

/**
 * An error as it leaves a subgraph: always with `extensions.code`. A coded one keeps its message and details; input that
 * can't be coerced is BAD_USER_INPUT; everything else is our fault: logged here, and told as no more than that.
 */
export function formatFault(error: GraphQLError, requestId: string, log: Log): GraphQLFormattedError {
  // Not its locations: they are of a document that the client never saw.
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

/** graphql-js points at the value or the variable for what it can't coerce, and at the field for what a resolver did. */
function isInputError(error: GraphQLError, cause: unknown): boolean {
  if (error.extensions?.code === 'BAD_USER_INPUT') return true;
  const blamed = cause instanceof GraphQLError ? cause.nodes?.[0]?.kind : undefined;
  return blamed !== undefined && blamed !== Kind.FIELD && blamed !== Kind.OPERATION_DEFINITION;
}
