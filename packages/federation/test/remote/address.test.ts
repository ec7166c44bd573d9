import type { LookupAddress } from 'node:dns';
import { CodedError } from '../../src/errors.ts';
import { checkedLookup } from '../../src/outbound/checked-lookup.ts';
import { type Reach, readEndpoint } from '../../src/outbound/endpoint.ts';
import { isLoopbackAddress, isPublicAddress } from '../../src/outbound/public-address.ts';
import { ask, newCall, subgraphAt } from './asking.ts';
import { json, startPartner } from './partner.ts';

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.0.1',
  '100.128.0.1',
  '223.5.5.5',
  '2606:4700::1111',
  '2400:3200::1',
])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '100.100.100.200',
  '169.254.169.254',
  '169.254.170.2',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:a00:1',
  '64:ff9b::a00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '100::1',
  '',
  'localhost',
  '8.8.8',
])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

test('this machine is told from its mapped forms', () => {
  expect(['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', 'localhost'].map(isLoopbackAddress)).toEqual(
    [true, true, true, false, false, false],
  );
});

test.each<[string, Reach]>([
  ['https://bonded.example/graphql', 'public'],
  ['https://bonded.example:8443/graphql?v=1', 'public'],
  ['https://8.8.8.8/graphql', 'public'],
  ['https://[2606:4700::1111]/', 'public'],
  ['http://localhost:4100/graphql', 'public-or-loopback'],
  ['http://127.0.0.1:4100', 'public-or-loopback'],
  ['http://[::1]:4100', 'public-or-loopback'],
  ['https://localhost:4100', 'public-or-loopback'],
  ['http://products.internal:4001/graphql', 'anywhere'],
  ['http://10.0.0.7:4001', 'anywhere'],
])('%s may be asked (%s)', (url, reach) => {
  expect(readEndpoint('the subgraph "bonded"', url, reach).href).toBe(new URL(url).href);
});

test.each<[string, Reach, RegExp]>([
  ['bonded.example', 'public', /no URL/],
  ['http://bonded.example/graphql', 'public', /https/],
  ['http://bonded.example/graphql', 'public-or-loopback', /https/],
  ['file:///etc/passwd', 'public-or-loopback', /https/],
  ['https://user:word@bonded.example/', 'public', /password/],
  ['https://bonded.example/#a', 'public', /fragment/],
  ['https://localhost/', 'public', /this machine/],
  ['https://LOCALHOST./', 'public', /this machine/],
  ['https://db.localhost/', 'public', /this machine/],
  ['https://127.0.0.1/', 'public', /this machine/],
  ['https://2130706433/', 'public', /this machine/],
  ['https://0x7f.1/', 'public', /this machine/],
  ['https://[::1]/', 'public', /this machine/],
  ['https://[::ffff:127.0.0.1]/', 'public', /public internet/],
  ['https://[::ffff:127.0.0.1]/', 'public-or-loopback', /public internet/],
  ['https://0.0.0.0/', 'public-or-loopback', /public internet/],
  ['https://169.254.169.254/latest', 'public', /public internet/],
  ['https://10.0.0.7/', 'public-or-loopback', /public internet/],
  ['file:///etc/passwd', 'anywhere', /https/],
])('%s may not be asked (%s)', (url, reach, why) => {
  const read = () => readEndpoint('the subgraph "bonded"', url, reach);
  expect(read).toThrow(CodedError);
  expect(read).toThrow(why);
});

const lookup = (reach: Reach, addresses: string[], options = {}) =>
  new Promise<{ error: string | undefined; found: unknown }>((resolve) => {
    checkedLookup(reach, async () => addresses)('bonded.example', options, (error, address, family) =>
      resolve({ error: error?.message, found: family === undefined ? address : [address, family] }),
    );
  });

test('a connection gets the addresses that were checked', async () => {
  const all: LookupAddress[] = [
    { address: '8.8.8.8', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ];
  const names = all.map(({ address }) => address);
  expect(await lookup('public', names, { all: true })).toEqual({ error: undefined, found: all });
  expect(await lookup('public', names)).toEqual({ error: undefined, found: ['8.8.8.8', 4] });
  expect(await lookup('public', names, { family: 6 })).toEqual({ error: undefined, found: ['2606:4700::1111', 6] });
});

test.each([[['8.8.8.8', '10.0.0.1']], [['169.254.169.254']], [['::1']], [['127.0.0.1']], [[]], [['not an address']]])(
  'a name with the addresses %j is not connected to',
  async (addresses) => {
    expect((await lookup('public', addresses, { all: true })).error).toMatch(/resolves to|has no address/);
  },
);

test('a registered name that comes to mean this machine is not connected to', async () => {
  await using partner = await startPartner(json({ data: { park: null } }));
  const { port } = new URL(partner.url);
  const { subgraph } = subgraphAt(`https://bonded.example:${port}/graphql`, {
    reach: 'public',
    resolve: async () => ['127.0.0.1'],
  });
  await expect(ask(subgraph, '{ park(id: "1") { name } }', {}, newCall(2_000))).rejects.toMatchObject({
    code: 'SUBGRAPH_UNAVAILABLE',
  });
  expect(partner.connections).toHaveLength(0);
});
