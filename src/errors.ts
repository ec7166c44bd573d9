/** Every stable code that a client may switch on, and what it means to a client. */
export const ERROR_MEANINGS = {
  BAD_REQUEST:
    'The request is not a GraphQL-over-HTTP request: its body, parameters or headers are not what they must be.',
  METHOD_NOT_ALLOWED: 'Only POST, and GET for queries, are answered. The header `allow` names what is.',
  NOT_ACCEPTABLE: 'The client accepts neither `application/graphql-response+json` nor `application/json`.',
  UNSUPPORTED_MEDIA_TYPE:
    'The body is not plain `application/json` in UTF-8: another type, another charset, or compressed.',
  BAD_USER_INPUT: 'A variable or an argument has a value that is not accepted.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document is not valid against the schema. Who may not introspect is not told where.',
  OPERATION_RESOLUTION_FAILURE: 'The document has several operations and none, or none of that name, is chosen.',
  PERSISTED_QUERY_NOT_FOUND: 'No trusted document has the id that is given. Nothing is ever registered by a request.',
  TRUSTED_DOCUMENTS_ONLY: 'This caller may ask only what the apps ask: by the id of a trusted document.',
  OPERATION_TOO_COMPLEX: 'The operation passes a limit: `limit` names it, with what is `allowed` and what was `found`.',
  UNAUTHENTICATED: 'The credential is not accepted, or one is needed and none was given.',
  IDENTITY_UNAVAILABLE: "Who asks can't be established now. It may be asked again.",
  FORBIDDEN: 'The caller may not do this.',
  PURPOSE_NOT_GRANTED:
    "No agreement of the partner's zone that is in force grants these data for the purpose that the header `bridgehead-purpose` declares, or none is declared. The field is null.",
  UNAUTHORIZED_FIELD_OR_TYPE:
    'A field is not for this caller, or what it leads to is not. It is null, and `path` says where, without list indices.',
  OPERATION_NOT_PLANNABLE:
    'The operation is valid, and the gateway finds no way to ask the parts of the graph for it. The same document never succeeds; divided into several, it may.',
  PLAN_TOO_COMPLEX:
    'The operation is valid, and planning it takes more steps, or gives a larger plan, than the gateway allows. The same document never succeeds; divided into several, it may.',
  INVALID_CURSOR: "A page's cursor is not one that this query and caller were given.",
  DEADLINE_EXCEEDED: 'The time for one request was over before it was answered. A query may be asked again.',
  OUTCOME_UNKNOWN: 'A change may or may not have been made. The same idempotency key tells, and does it once.',
  STORE_UNAVAILABLE:
    'The store does not answer now. `mayHaveBeenWritten` says whether anything of a change may have been made; `retryable` is true. Send the request again after `retryAfterSeconds`, a change with the same idempotency key.',
  CONFLICT: 'Someone else changed the same thing at the same time. It may be tried again.',
  THROTTLED:
    'Too much in too short a time. The header `retry-after` says in how many seconds to come again; where a budget is used up, `resetsAt` says when, with what was `requested`, its `limit`, and what is `remaining`.',
  OVERLOADED:
    'Too many requests are being answered. Nothing was done; `retry-after` says in how many seconds to come again.',
  ACCESS_NOT_RECORDED:
    "The answer shows another person's data, and the access could not be recorded: nothing is shown. A change that was asked for may have been made; the same idempotency key tells.",
  PERSONAL_DATA_UNAVAILABLE: "A person's full value can't be read now. What the record is masked as stays readable.",
  PAYLOAD_TOO_LARGE: 'The request, or the answer that it asks for, is too large.',
  SUBGRAPH_UNAVAILABLE: 'A part of the graph did not answer: `subgraph` names it, and its fields are null.',
  SUBGRAPH_ERROR:
    'A part of the graph reported an error, in its own words: `subgraph` names it, `reportedCode` is its own code. Only a gateway that is configured so tells it.',
  SUBGRAPH_INVALID_RESPONSE: 'A part of the graph answered what its schema does not allow.',
  CONFIGURATION: 'Never sent: it reaches clients as INTERNAL_SERVER_ERROR.',
  INTERNAL_SERVER_ERROR: 'A fault of ours. `requestId` is what to name when asking about it.',
} as const;

export type ErrorCode = keyof typeof ERROR_MEANINGS;

/**
 * The stable codes a client may switch on. An expected refusal of a mutation is not here: it is data in `userErrors`.
 * `log` may say more; the client sees only what `packages/federation/src/request/error-mask.ts` lets through.
 */
export const ERROR_CODES = Object.keys(ERROR_MEANINGS) as readonly ErrorCode[];

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
