import fc from 'fast-check';
import { hashInput, secretInputKeys } from '../../../src/storage/dynamodb/idempotency.ts';

/** The same value with the fields of every object in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, field]) => [name, reordered(field)]),
  );
}

const key = (owner: string, secret = 'a secret of this test') =>
  secretInputKeys(() => ({ current: secret, accepted: [secret], root: secret }), owner).current(undefined);
const inputKey = await key('somebody');
const hashOf = (input: unknown) => hashInput(inputKey, input).hash;

const json = fc.jsonValue({ maxDepth: 4 });

test('hashes an input the same, whatever the order of its fields', () => {
  fc.assert(fc.property(json, (value) => hashOf(reordered(value)) === hashOf(value)));
});

test('hashes an input differently for another caller or deployment', async () => {
  const keys = [inputKey, await key('somebody else'), await key('somebody', 'another secret')];
  expect(new Set(keys.map((one) => hashInput(one, { a: 1 }).hash)).size).toBe(3);
  const rotated = { current: 'a newer secret', accepted: ['a newer secret', 'a secret of this test'], root: 'r' };
  const again = secretInputKeys(() => rotated, 'somebody');
  expect(await again.named(keys[0]!.name)).toEqual(inputKey);
  expect(await again.named(keys[2]!.name)).toBeNull();
});

test('hashes different inputs differently', () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      expect(hashOf(a) === hashOf(b)).toBe(same);
    }),
    {
      examples: [
        [{ a: [1, 2] }, { a: [12] }],
        [{ a: '1' }, { a: 1 }],
        [{ a: null }, {}],
        [[[]], [[], []]],
      ],
    },
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return fields
    .map(([name, field]) => ({ [`field ${name}`]: sorted(field) }))
    .concat({ isObject: true } as object as never);
}
