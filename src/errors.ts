import {
  ERROR_KINDS as ENGINE_ERROR_KINDS,
  type ErrorKinds,
  CodedError as FederationCodedError,
} from '@bridgehead/federation';

/**
 * The stable error codes: the engine's and the application's own. An expected refusal of a mutation has no code here: it
 * is data in `userErrors`. `log` may hold more than a client sees.
 */
export const ERROR_KINDS = {
  ...ENGINE_ERROR_KINDS,
  TRUSTED_DOCUMENTS_ONLY: {
    status: 403,
    meaning: 'This caller may ask only what the apps ask: by the id of a trusted document.',
  },
  PURPOSE_NOT_GRANTED: {
    status: 403,
    meaning:
      "No agreement of the partner's zone that is in force grants these data for the purpose in the header `bridgehead-purpose`, or the header is missing. The message says which, and names the purposes that may open the field, which is null.",
  },
  INVALID_CURSOR: {
    status: 400,
    isOfGraphql: true,
    meaning: "A page's cursor is not one that this query and caller were given.",
  },
  STORE_UNAVAILABLE: {
    status: 503,
    passes: true,
    meaning:
      'The store does not answer now. `mayHaveBeenWritten` says whether anything of a change may have been made; `retryable` is true. Send the request again after `retryAfterSeconds`, a change with the same idempotency key.',
  },
  ACCESS_NOT_RECORDED: {
    status: 503,
    meaning:
      "The answer shows another person's data, and the access could not be recorded: nothing is shown. A change that was asked for may have been made; the same idempotency key tells.",
  },
  PERSONAL_DATA_UNAVAILABLE: {
    status: 503,
    meaning: "A person's full value can't be read now. What the record is masked as stays readable.",
  },
} as const satisfies ErrorKinds;

export type ErrorCode = keyof typeof ERROR_KINDS;

export const ERROR_CODES = Object.keys(ERROR_KINDS) as readonly ErrorCode[];

/** The engine's CodedError, with the codes of both. */
export const CodedError: new (
  ...given: ConstructorParameters<typeof FederationCodedError<ErrorCode>>
) => FederationCodedError<ErrorCode> = FederationCodedError;
export type CodedError = FederationCodedError<ErrorCode>;
