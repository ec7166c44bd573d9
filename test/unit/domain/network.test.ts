import { networkOf } from '../../../src/domain/budget.ts';

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:ab01::1', '2001:db8:1:ab'],
  ['2001:0DB8:0001:abff:1:2:3:4', '2001:db8:1:ab'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['', ''],
])('%s is counted with %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
