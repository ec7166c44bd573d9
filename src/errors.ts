/**
 * The stable codes a client may switch on. An expected refusal of a mutation is not here: it is data in `userErrors`.
 * `log` may say more; the client sees only what `src/gateway/error-mask.ts` lets through.
 */
export const ERROR_CODES = [
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'OPERATION_TOO_COMPLEX',
  'UNAUTHENTICATED',
  'IDENTITY_UNAVAILABLE',
  'FORBIDDEN',
  'INVALID_CURSOR',
  'DEADLINE_EXCEEDED',
  'OUTCOME_UNKNOWN',
  'CONFLICT',
  'THROTTLED',
  'PAYLOAD_TOO_LARGE',
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_INVALID_RESPONSE',
  'CONFIGURATION',
  'INTERNAL_SERVER_ERROR',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A fault with a stable code. `message` is written for the person who reads it; it never holds personal data. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  /** What the client may also see, e.g. `{ argument: 'first' }`: never personal data. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CodedError';
    this.code = code;
    this.details = options.details ?? {};
  }
}
