import { CodedError, type ErrorCode } from '../errors.ts';

/** The gateway's handling of a fault, beside the error for the client. */
export interface Handling {
  /** True where the same read may succeed at once: neither question nor content was wrong. */
  readonly isTransient?: boolean;
  /** It says something about the subgraph's health; false where the client or this gateway was the reason. */
  readonly isItsOwn?: boolean;
  /** For the log only: never shown. */
  readonly reason: string;
  readonly cause?: unknown;
}

/** A whole call of a remote subgraph has failed. The message is ours: nothing that the subgraph wrote is in it. */
export class RemoteFault extends CodedError {
  readonly isTransient: boolean;
  readonly isItsOwn: boolean;
  readonly reason: string;

  constructor(code: ErrorCode, subgraph: string, message: string, handling: Handling) {
    super(code, message, { details: { subgraph }, cause: handling.cause });
    this.name = 'RemoteFault';
    this.isTransient = handling.isTransient ?? false;
    this.isItsOwn = handling.isItsOwn ?? true;
    this.reason = handling.reason;
  }
}

/** Refused, reset, unknown name, an answer of 5xx. */
export function unavailable(subgraph: string, handling: Handling): RemoteFault {
  return new RemoteFault('SUBGRAPH_UNAVAILABLE', subgraph, `The subgraph "${subgraph}" is not available.`, handling);
}

/** It answered, but not with an answer to what was asked. */
export function invalidResponse(subgraph: string, reason: string, cause?: unknown): RemoteFault {
  const message = `The subgraph "${subgraph}" gave an answer that can't be used.`;
  return new RemoteFault('SUBGRAPH_INVALID_RESPONSE', subgraph, message, { reason, cause });
}

export function tooLarge(subgraph: string, reason: string): RemoteFault {
  const message = `The answer of the subgraph "${subgraph}" is too large.`;
  return new RemoteFault('PAYLOAD_TOO_LARGE', subgraph, message, { reason });
}

export function tooLate(subgraph: string, handling: Handling): RemoteFault {
  return new RemoteFault('DEADLINE_EXCEEDED', subgraph, `The subgraph "${subgraph}" did not answer in time.`, handling);
}

/** A mutation's question has left, and no usable answer came: it may have been carried out. */
export function outcomeUnknown(subgraph: string, fault: RemoteFault): RemoteFault {
  const message = `Whether the subgraph "${subgraph}" carried out the change is not known.`;
  return new RemoteFault('OUTCOME_UNKNOWN', subgraph, message, {
    reason: fault.reason,
    isItsOwn: fault.isItsOwn,
    cause: fault,
  });
}
