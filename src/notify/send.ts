import { createPost, type Reach, type Resolve, readEndpoint } from '@bridgehead/federation';
import { signatures } from './signature.ts';

/** Time limit of one attempt, from name resolution to the head of the answer. */
export const CALL_MS = 10_000;

export interface Webhook {
  readonly url: string;
  /** The same at every attempt. */
  readonly id: string;
  readonly body: string;
  readonly secrets: readonly Uint8Array[];
}

export interface Sending {
  readonly reach: Reach;
  readonly resolve?: Resolve | undefined;
  readonly now: Date;
}

/** The recorded part of an answer. Its body is never read. */
export interface Answer {
  /** HTTP status; null if no answer came. */
  readonly status: number | null;
  /** Milliseconds that the receiver asks to wait; null if it doesn't say. */
  readonly retryAfter: number | null;
  /** Reason for a missing answer, e.g. `ECONNREFUSED`. */
  readonly fault?: string;
}

/** Calls an endpoint once. Faults are returned as an answer and never thrown. */
export async function sendWebhook(
  { url, id, body, secrets }: Webhook,
  { reach, resolve, now }: Sending,
): Promise<Answer> {
  const timestamp = Math.floor(now.getTime() / 1_000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'bridgehead-webhooks',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures(secrets, { id, timestamp, body }),
  };
  try {
    const post = createPost({ url: readEndpoint('the endpoint', url, reach), reach, resolve });
    const answer = await post({ body, headers, isFresh: true, signal: AbortSignal.timeout(CALL_MS) });
    const retryAfter = millisecondsOf(answer.headers['retry-after'], now);
    answer.destroy();
    return { status: answer.statusCode ?? null, retryAfter };
  } catch (error) {
    return { status: null, retryAfter: null, fault: faultOf(error) };
  }
}

/** Parses `retry-after`: seconds or a date (RFC 9110, section 10.2.3). */
function millisecondsOf(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now.getTime();
  return Number.isNaN(wait) ? null : Math.max(wait, 0);
}

function faultOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error ? String(error.name) : 'UNKNOWN';
}
