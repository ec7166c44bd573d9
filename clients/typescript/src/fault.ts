/** The way on after a fault. */
export type Retry =
  /** The same request never succeeds. */
  | 'NEVER'
  /** Send the same again after `retryAfterMs`; a mutation with the same idempotency key. */
  | 'SAME'
  /** Get a new token first. */
  | 'SIGN_IN';

/** A request without an answer of its own. Expected refusals of mutations are data: `userErrors`. */
export interface Fault {
  /** A code of docs/errors.md; `OFFLINE` without an answer, `UNREADABLE` for one that isn't the gateway's. */
  readonly code: string;
  readonly message: string;
  readonly retry: Retry;
  /** Milliseconds to wait before the next try. */
  readonly retryAfterMs: number;
  /** Helps the operator to find the request in the log; null where the gateway named none. */
  readonly requestId: string | null;
}

export interface GatewayError {
  readonly message: string;
  /** The part of the answer that is missing. */
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly requestId?: string;
    readonly retryable?: boolean;
    readonly retryAfterSeconds?: number;
  };
}

/** Codes after which the same request may succeed. */
const SAME: readonly string[] = [
  'OUTCOME_UNKNOWN',
  'CONFLICT',
  'DEADLINE_EXCEEDED',
  'SUBGRAPH_UNAVAILABLE',
  'STORE_UNAVAILABLE',
  'THROTTLED',
  'OVERLOADED',
  'ACCESS_NOT_RECORDED',
];

export function offline(): Fault {
  return { code: 'OFFLINE', message: 'There was no answer.', retry: 'SAME', retryAfterMs: 0, requestId: null };
}

export function unreadable(status: number): Fault {
  const retry = status >= 500 ? 'SAME' : 'NEVER';
  return { code: 'UNREADABLE', message: `HTTP status ${status}`, retry, retryAfterMs: 0, requestId: null };
}

/** @param retryAfter the header of that name, in seconds */
export function faultOf({ message, extensions = {} }: GatewayError, retryAfter: string | null): Fault {
  const code = extensions.code ?? 'UNKNOWN';
  const seconds = extensions.retryAfterSeconds ?? Number(retryAfter ?? 0);
  return {
    code,
    message,
    retry: retryOf(code, extensions.retryable),
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : 0,
    requestId: extensions.requestId ?? null,
  };
}

function retryOf(code: string, retryable: boolean | undefined): Retry {
  if (code === 'UNAUTHENTICATED') return 'SIGN_IN';
  return retryable || SAME.includes(code) ? 'SAME' : 'NEVER';
}
