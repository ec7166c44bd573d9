import { createHmac } from 'node:crypto';
import { type Viewer, type ViewerKind, viewerKey } from './viewer.ts';

/**
 * Query budgets of clients: a token bucket that refills at a constant rate. One token pays for one object of a response
 * (`docs/operating.md`, "Budgets").
 *
 * A bucket is one number, the instant at which it is full again. It needs no clock of its own, and a full bucket needs
 * no record. Concurrent writers compare the number to detect a change.
 */

export interface Allowance {
  /** Tokens that a client may spend at once, after a rest. */
  readonly capacity: number;
  readonly perSecond: number;
}

/**
 * The instant at which a bucket is full again, in epoch milliseconds. A past instant, such as `FULL`, is a full bucket.
 */
export type FullAt = number;
export const FULL: FullAt = 0;

/**
 * The allowance of each kind of viewer; a partner's is shared by its zone. Anonymous clients have two: one for our
 * shipped documents, and a small one for their own queries. So a stranger's loop doesn't block anonymous users of our
 * pages.
 */
export const ALLOWANCES = {
  anonymous: { capacity: 5_000, perSecond: 25 },
  anonymousDocuments: { capacity: 10_000, perSecond: 200 },
  applicant: { capacity: 5_000, perSecond: 25 },
  caseHolder: { capacity: 5_000, perSecond: 25 },
  clerk: { capacity: 10_000, perSecond: 50 },
  officer: { capacity: 20_000, perSecond: 200 },
  analyst: { capacity: 50_000, perSecond: 500 },
  admin: { capacity: 50_000, perSecond: 500 },
  partner: { capacity: 100_000, perSecond: 1_000 },
} as const satisfies Record<ViewerKind | 'anonymousDocuments', Allowance>;

/** Returns the whole tokens in a bucket. */
export function tokensIn(fullAt: FullAt, { capacity, perSecond }: Allowance, now: number): number {
  const missing = (Math.max(0, fullAt - now) * perSecond) / 1_000;
  return Math.max(0, Math.floor(capacity - missing));
}

/** Returns the bucket after a number of tokens is taken out of it, even where it has fewer. */
export function taken(fullAt: FullAt, { perSecond }: Allowance, tokens: number, now: number): FullAt {
  return Math.max(fullAt, now) + Math.ceil((tokens * 1_000) / perSecond);
}

/** Returns the bucket after a number of tokens is refunded. Tokens above its capacity are lost. */
export function putBack(fullAt: FullAt, { perSecond }: Allowance, tokens: number): FullAt {
  return fullAt - Math.floor((tokens * 1_000) / perSecond);
}

/**
 * Returns the first instant at which a bucket has a number of tokens, at most its capacity, if no other request takes
 * any.
 */
export function enoughAt(fullAt: FullAt, { capacity, perSecond }: Allowance, tokens: number, now: number): number {
  return Math.max(now, fullAt - Math.floor((Math.max(0, capacity - tokens) * 1_000) / perSecond));
}

/** Returns a fraction or a multiple of an allowance. */
export function scaled({ capacity, perSecond }: Allowance, factor: number): Allowance {
  return { capacity: capacity * factor, perSecond: perSecond * factor };
}

/** A client with a budget. */
export interface Client {
  /** The bucket's name, which doesn't reveal the client. */
  readonly name: string;
  readonly allowance: Allowance;
}

/** Buckets that anonymous clients share. */
const SHARES = 64;

/** The caller of a request, as far as budgets depend on it. */
export interface Asking {
  readonly viewer: Viewer;
  /** Where the request came from, as the HTTP API saw it. */
  readonly address: string;
  /** True where the document is one of the application's trusted documents. */
  readonly isShipped: boolean;
}

/**
 * Returns the client of a request. A known viewer has a bucket, a zone's systems one together. Anonymous callers share 64 by
 * their address, so that no address is stored and a flood costs few others their budget.
 * @param secret without it no name can be made of an address or a viewer
 */
export function clientOf({ viewer, address, isShipped }: Asking, secret: string): Client {
  const keyed = (text: string) => createHmac('sha256', secret).update(`budget ${text}`).digest();
  if (viewer.kind !== 'anonymous') {
    return { name: keyed(viewerKey(viewer)).toString('base64url').slice(0, 22), allowance: ALLOWANCES[viewer.kind] };
  }
  const share = keyed(networkOf(address)).readUInt32BE(0) % SHARES;
  return isShipped
    ? { name: `documents#${share}`, allowance: ALLOWANCES.anonymousDocuments }
    : { name: `anonymous#${share}`, allowance: ALLOWANCES.anonymous };
}

/**
 * Returns the network that an address is counted by: an IPv4 address, or the /56 that an IPv6 provider gives one customer.
 * @param address as the HTTP API reports it; a text of another form stands for itself
 */
export function networkOf(address: string): string {
  const text = address.toLowerCase().replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  if (!text.includes(':') || text.includes('.')) return text;
  const [head = '', tail] = text.split('::');
  const groups = head === '' ? [] : head.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const filled = [...groups, ...Array<string>(Math.max(0, zeros)).fill('0')];
  const [first = 0, second = 0, third = 0, fourth = 0] = filled.map((group) => Number.parseInt(group, 16));
  return [first, second, third, fourth >> 8].map((group) => group.toString(16)).join(':');
}
