import { createHmac } from 'node:crypto';
import { ALLOWANCES, type Allowance } from '../../domain/budget.ts';
import { networkOf } from '../../domain/network.ts';
import { type Viewer, viewerKey } from '../../domain/viewer.ts';

/** Whose budget it is. */
export interface Client {
  /** Names the bucket; of whom, nobody can read out of it. */
  readonly name: string;
  readonly allowance: Allowance;
}

/** Buckets that strangers share. */
const SHARES = 64;

export interface Asking {
  readonly viewer: Viewer;
  /** Where the request came from, as the HTTP API saw it. */
  readonly address: string;
  /** Whether it is one of the documents that we ship. */
  readonly isShipped: boolean;
}

/**
 * Whoever is known has a bucket of their own, a zone's systems one together. Strangers share some: the address decides on
 * one of 64, so that nobody's address is kept and one who floods costs few others theirs.
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
