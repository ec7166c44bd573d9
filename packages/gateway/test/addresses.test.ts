import { addressesOf } from '../src/addresses.ts';

const SUBGRAPHS = [
  { name: 'a', url: 'http://a.example/' },
  { name: 'b', url: '' },
];

test('what is given goes before what the supergraph says', () => {
  expect(addressesOf(SUBGRAPHS, { b: 'http://b.example/' })).toEqual({
    a: 'http://a.example/',
    b: 'http://b.example/',
  });
  expect(addressesOf(SUBGRAPHS, { a: 'http://x/', b: 'http://y/' })).toEqual({ a: 'http://x/', b: 'http://y/' });
});

test.each([
  ['give --subgraph b=URL', {}],
  ['no subgraph c; it has a, b', { b: 'http://b.example/', c: 'http://c.example/' }],
])('refuses: %s', (why, given) => {
  expect(() => addressesOf(SUBGRAPHS, given)).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringContaining(why) }),
  );
});
