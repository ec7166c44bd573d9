import { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isReachable, type Reach } from './endpoint.ts';

/** All addresses of a name, IPv4 and IPv6. Rejects where there are none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** A name has an address that is not to be reached. */
export class ForbiddenAddressError extends Error {
  readonly code = 'FORBIDDEN_ADDRESS';
}

/**
 * The lookup that a connection is made with, so that what was checked is what is connected to, whatever the name
 * resolves to a moment later. One forbidden address among several refuses them all.
 */
export function checkedLookup(reach: Reach, resolve: Resolve = resolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const addresses = found
          .map((address) => ({ address, family: isIP(address) }))
          .filter(({ family }) => !options.family || `${options.family}`.endsWith(`${family}`));
        const [first] = addresses;
        const forbidden = found.find((address) => !isReachable(address, reach));
        if (forbidden !== undefined) callback(new ForbiddenAddressError(`${hostname} resolves to ${forbidden}`), '');
        else if (!first) callback(new Error(`${hostname} has no address`), '');
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, ''),
    );
  };
}

const FIRST_TRY_MS = 1_000;

/**
 * Asks the name servers directly: `dns.lookup` holds one of the process's four worker threads for as long as a partner's
 * name server pleases.
 */
async function resolveName(hostname: string): Promise<readonly string[]> {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return ['127.0.0.1', '::1'];
  const resolver = new Resolver({ timeout: FIRST_TRY_MS, tries: 2 });
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (found.length === 0) throw (answers[0] as PromiseRejectedResult).reason;
  return found;
}
