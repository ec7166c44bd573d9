import { createHmac } from 'node:crypto';
import { ALLOWANCES, type Allowance } from '../domain/budget.ts';
import { networkOf } from '../domain/network.ts';
import { type Viewer, viewerKey } from '../domain/viewer.ts';

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
