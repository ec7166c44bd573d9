import fc from 'fast-check';
import { hashOf } from '../../../src/storage/idempotency.ts';

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

const json = fc.jsonValue({ maxDepth: 4 });

test('an input has one hash, whatever the order of its fields', () => {
  fc.assert(fc.property(json, (value) => hashOf(reordered(value)) === hashOf(value)));
});

test('different inputs have different hashes', () => {
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
