/** The stable codes of the engine's errors, the meaning of each to a client, and how an answer is sent with it. */

/** A code's meaning, its HTTP status, and how error masking and `Retry-After` treat it. */
export interface ErrorKind {
  /** The meaning to a client, in one to three sentences. */
  readonly meaning: string;
  /** The HTTP status of an answer without data. */
  readonly status: number;
  /**
   * GraphQL itself refuses the request, which HTTP carried well. With `application/json` its status is 200, because an
   * intermediary could have answered 400 in that type too (GraphQL over HTTP, "application/json").
   */
  readonly isOfGraphql?: boolean;
  /** The fault is the server's own: clients read neither its message nor its details. */
  readonly isInternal?: boolean;
  /** The fault passes by itself: an answer without data says in `Retry-After` when to send the request again. */
  readonly passes?: boolean;
}

/** Error codes by name. An application adds its own to `ERROR_KINDS`. */
export type ErrorKinds = Readonly<Record<string, ErrorKind>>;

export const ERROR_KINDS = {
  BAD_REQUEST: {
    status: 400,
    meaning:
      'The request is not a GraphQL-over-HTTP request: its body, parameters or headers are not what they must be.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    meaning: 'Only POST, and GET for queries, are answered. The header `allow` names what is.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    meaning: 'The client accepts neither `application/graphql-response+json` nor `application/json`.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    meaning: 'The body is not plain `application/json` in UTF-8: another type, another charset, or compressed.',
  },
  BAD_USER_INPUT: {
    status: 400,
    isOfGraphql: true,
    meaning: 'A variable or an argument has a value that is not accepted.',
  },
  GRAPHQL_PARSE_FAILED: { status: 400, isOfGraphql: true, meaning: 'The document is not GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    isOfGraphql: true,
    meaning: 'The document is not valid against the schema. A caller who may not introspect is not told where.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    isOfGraphql: true,
    meaning: 'The document has several operations and none, or none of that name, is chosen.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 400,
    meaning: 'No trusted document has the id that is given. Nothing is ever registered by a request.',
  },
  OPERATION_TOO_COMPLEX: {
    status: 400,
    isOfGraphql: true,
    meaning: 'The operation passes a limit: `limit` names it, with what is `allowed` and what was `found`.',
  },
  UNAUTHENTICATED: { status: 401, meaning: 'The credential is not accepted, or one is needed and none was given.' },
  IDENTITY_UNAVAILABLE: {
    status: 503,
    meaning: "The caller's identity can't be established now. The request may be sent again.",
  },
  FORBIDDEN: { status: 403, meaning: 'The caller may not do this.' },
  UNAUTHORIZED_FIELD_OR_TYPE: {
    status: 400,
    meaning:
      'A field is not for this caller, or what it leads to is not: an anonymous caller may have to sign in, and other scopes or roles may cover it. It is null, and `path` says where, without list indices.',
  },
  OPERATION_NOT_PLANNABLE: {
    status: 500,
    meaning:
      'The operation is valid, and the gateway finds no way to ask the parts of the graph for it. The same document never succeeds; divided into several, it may.',
  },
  PLAN_TOO_COMPLEX: {
    status: 400,
    isOfGraphql: true,
    meaning:
      'The operation is valid, and planning it takes more steps, or gives a larger plan, than the gateway allows. The same document never succeeds; divided into several, it may.',
  },
  DEADLINE_EXCEEDED: {
    status: 503,
    meaning: 'The time for one request was over before it was answered. A query may be asked again.',
  },
  OUTCOME_UNKNOWN: {
    status: 503,
    meaning: 'A change may or may not have been made. The same idempotency key tells, and does it once.',
  },
  CONFLICT: {
    status: 409,
    meaning: 'Another request changed the same thing at the same time. It may be tried again.',
  },
  THROTTLED: {
    status: 429,
    passes: true,
    meaning:
      'Too much in too short a time. The header `retry-after` says in how many seconds to come again; where a budget is used up, `resetsAt` says when, with what was `requested`, its `limit`, and what is `remaining`.',
  },
  OVERLOADED: {
    status: 503,
    passes: true,
    meaning:
      'Too many requests are being answered. Nothing was done; `retry-after` says in how many seconds to come again.',
  },
  PAYLOAD_TOO_LARGE: { status: 413, meaning: 'The request, or the answer that it asks for, is too large.' },
  SUBGRAPH_UNAVAILABLE: {
    status: 503,
    meaning: 'A part of the graph did not answer: `subgraph` names it, and its fields are null.',
  },
  SUBGRAPH_ERROR: {
    status: 502,
    meaning:
      'A part of the graph reported an error, in its own words: `subgraph` names it, `reportedCode` is its own code. Only a gateway that is configured so tells it.',
  },
  SUBGRAPH_INVALID_RESPONSE: {
    status: 502,
    meaning: 'A part of the graph answered what its schema does not allow.',
  },
  CONFIGURATION: {
    status: 500,
    isInternal: true,
    meaning: 'Never sent: it reaches clients as INTERNAL_SERVER_ERROR.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    isInternal: true,
    meaning: 'A fault of the server. `requestId` is what to name when asking about it.',
  },
} as const satisfies ErrorKinds;

export type ErrorCode = keyof typeof ERROR_KINDS;

/** A fault with a stable code. Its message is written for the person who reads it and never holds personal data. */
export class CodedError<Code extends string = ErrorCode> extends Error {
  readonly code: Code;
  /** Details that a client may see too, e.g. `{ argument: 'first' }`: never personal data. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: Code,
    message: string,
    options: { cause?: unknown; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CodedError';
    this.code = code;
    this.details = options.details ?? {};
  }
}
