import { isIP } from 'node:net';
import { CodedError } from '../errors.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/**
 * Which addresses may be called that others have named: those of the public internet; also this machine, for development and
 * tests; or any, also without TLS, for what is the operator's own. For a partner nothing allows a private network's.
 */
export type Reach = 'public' | 'public-or-loopback' | 'anywhere';

export function isReachable(address: string, reach: Reach): boolean {
  if (reach === 'anywhere') return true;
  return isPublicAddress(address) || (reach === 'public-or-loopback' && isLoopbackAddress(address));
}

/**
 * A registered address. Throws CONFIGURATION where it isn't one that may be called: HTTPS, or HTTP as far as `reach` says so;
 * no user in it; no address of a private network.
 * @param whose e.g. `the subgraph "bonded"`
 */
export function readEndpoint(whose: string, text: string, reach: Reach): URL {
  const refuse = (why: string) => new CodedError('CONFIGURATION', `The address of ${whose} can't be used: ${why}.`);
  const url = URL.parse(text);
  if (!url) throw refuse('it is no URL');
  if (url.username || url.password) throw refuse('it holds a user or a password');
  if (url.hash) throw refuse('it holds a fragment');

  const host = hostOf(url);
  const isHere = host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host);
  if (isHere && reach === 'public') throw refuse('it is this machine itself');
  if (isIP(host) && !isReachable(host, reach)) throw refuse('it is not an address of the public internet');
  const mayBePlain = isHere || reach === 'anywhere';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBePlain)) throw refuse('it must be https');
  return url;
}

/** The host as names are resolved: an IPv6 address without its brackets, a name without the root's dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}
