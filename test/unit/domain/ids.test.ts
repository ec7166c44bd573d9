import fc from 'fast-check';
import {
  ID_PREFIXES,
  type IdPrefix,
  idInPark,
  isIdOf,
  makeId,
  placeOfId,
  prefixOfId,
  typeOfId,
  ulidOf,
  ulidOfName,
} from '../../../src/domain/ids.ts';

test.each([
  ['park_binhai-zhongguancun', 'Park'],
  ['zone_teda', 'Zone'],
  ['ent_01JAB3C4D5E6F7G8H9JKMNPQRS', 'Enterprise'],
  ['agr_2016-cooperation', 'Agreement'],
  ['agr_01JAB3C4D5E6F7G8H9JKMNPQRS', 'Agreement'],
  ['fac_binhai-zhongguancun--school', 'Facility'],
  ['unit_binhai-zhongguancun--park-office', 'ControlUnit'],
  ['fac_school', null],
  ['fac_a--b--c', null],
  ['fac_--b', null],
  ['ent_readable', null],
  ['park_01JAB3C4D5E6F7G8H9JKMNPQRS', null],
  ['park_', null],
  ['park_Binhai', null],
  ['park_a--b', null],
  ['park', null],
  ['_x', null],
  ['', null],
  ['child_x', null],
  ['constructor_x', null],
  ['__proto___x', null],
  [`park_${'a'.repeat(65)}`, null],
])('the type of %p is %p', (id, type) => {
  expect(typeOfId(id)).toBe(type);
});

test('every prefix names a type of its own', () => {
  const types = Object.values(ID_PREFIXES).map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
});

test('a made id has the prefix that it was made with', () => {
  const ulids = fc
    .tuple(fc.nat(2 ** 31 - 1), fc.bigInt(0n, (1n << 80n) - 1n))
    .map(([seconds, bits]) => ulidOf(seconds * 1000, bits));
  const slugs = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
  const prefixes = Object.keys(ID_PREFIXES) as IdPrefix[];
  fc.assert(
    fc.property(fc.constantFrom(...prefixes), ulids, slugs, (prefix, ulid, slug) => {
      const suffixes = { ULID: ulid, SLUG: slug, SLUG_OR_ULID: slug, SLUG_OF_PARK: `${slug}--${slug}` };
      const id = makeId(prefix, suffixes[ID_PREFIXES[prefix].suffix]);
      expect(prefixOfId(id)).toBe(prefix);
      expect(prefixes.filter((other) => isIdOf(other, id))).toEqual([prefix]);
    }),
  );
});

test('an id in a park leads back to the park and the code', () => {
  const slugs = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
  fc.assert(
    fc.property(slugs, slugs, (park, code) => {
      const id = idInPark('fac', `park_${park}`, code);
      expect(isIdOf('fac', id)).toBe(true);
      expect(placeOfId(id)).toEqual({ parkId: `park_${park}`, code });
    }),
  );
});

test('an id is not made of a suffix that its type does not take', () => {
  expect(() => makeId('ent', 'readable')).toThrow(RangeError);
  expect(() => makeId('park', 'Two Words')).toThrow(RangeError);
});

test('a ULID sorts by its time and starts with the digits that the specification gives', () => {
  expect(ulidOf(1469918176385, 0n)).toBe(`01ARYZ6S41${'0'.repeat(16)}`);
  expect(ulidOf(0, (1n << 80n) - 1n)).toBe(`${'0'.repeat(10)}${'Z'.repeat(16)}`);
  fc.assert(
    fc.property(fc.nat(2 ** 47), fc.nat(2 ** 47), (a, b) => {
      expect(Math.sign(a - b)).toBe(ulidOf(a, 0n).localeCompare(ulidOf(b, 0n), 'en'));
    }),
  );
});

test('names give the same ULID each time, and different ones for 20,000 names', () => {
  expect(ulidOfName('enterprise-1', 0)).toBe(ulidOfName('enterprise-1', 0));
  const seen = new Set(Array.from({ length: 20_000 }, (_, i) => ulidOfName(`enterprise-${i}`, 0)));
  expect(seen.size).toBe(20_000);
});
