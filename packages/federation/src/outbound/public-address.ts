import { BlockList, isIP } from 'node:net';

/**
 * Addresses that are not to be reached from the network that this runs in, though a name may resolve to them.
 * From IANA's special-purpose registries (RFC 6890 and its updates) and multicast; 100.64.0.0/10 and 169.254.0.0/16 hold
 * the metadata services of cloud providers.
 */
const SPECIAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Within 2000::/3, the only space of global unicast: protocol assignments (Teredo among them), documentation, 6to4. */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const special = new BlockList();
for (const range of SPECIAL_V4) special.addSubnet(...subnet(range), 'ipv4');
for (const range of SPECIAL_V6) special.addSubnet(...subnet(range), 'ipv6');

const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function subnet(range: string): [network: string, prefix: number] {
  const [network = '', prefix] = range.split('/');
  return [network, Number(prefix)];
}

/** Returns whether a text is an IP address of the public internet. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      return globalV6.check(address, 'ipv6') && !special.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Returns whether an IP address is this machine itself. IPv4-mapped forms are not accepted. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !/^::ffff:/i.test(address) && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
