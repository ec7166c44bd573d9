/** Codes of the faults that this package reports. */
export type FederationErrorCode =
  /** The supergraph can't be read, or uses what this package does not execute. */
  | 'INVALID_SUPERGRAPH'
  /** No combination of subgraphs answers the operation. A composer that checks satisfiability rules this out. */
  | 'NOT_PLANNABLE'
  /** Planning would take more steps, or give a larger plan, than `PlannerLimits` allows. */
  | 'PLAN_TOO_COMPLEX'
  /** The finished plan asks for an input that no earlier fetch provides: a fault of this package. */
  | 'INVALID_PLAN';

/** A fault with a code. The message names types, fields and subgraphs, never values of an operation. */
export class FederationError extends Error {
  readonly code: FederationErrorCode;

  constructor(code: FederationErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'FederationError';
    this.code = code;
  }
}
