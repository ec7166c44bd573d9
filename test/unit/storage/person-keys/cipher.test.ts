import fc from 'fast-check';
import { type Place, seal, unseal } from '../../../../src/storage/person-keys/cipher.ts';
import { newPersonKey } from '../../../../src/storage/person-keys/person-key.ts';

const PLACE: Place = { table: 'talent', pk: 'PERSON#p-1', sk: 'PERSON', field: 'name' };
const key = newPersonKey(1);

test('opens a sealed text in its place, and seals differently each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const [once, again] = [seal(key, PLACE, text), seal(key, PLACE, text)];
      expect(unseal(key, PLACE, once).toString('utf8')).toBe(text);
      expect(once.text).not.toBe(again.text);
    }),
    { numRuns: 50 },
  );
});

const sealed = seal(key, PLACE, '张某');

test.each<[string, Place]>([
  ['another table', { ...PLACE, table: 'personKeys' }],
  ['another item', { ...PLACE, pk: 'PERSON#p-2' }],
  ['another item of the partition', { ...PLACE, sk: 'CHILD#1' }],
  ['another field', { ...PLACE, field: 'phone' }],
])('it opens not as %s', (_, place) => {
  expect(() => unseal(key, place, sealed)).toThrow(expect.objectContaining({ code: 'PERSONAL_DATA_UNAVAILABLE' }));
});

test.each([
  ['as of another version', key, { ...sealed, key: 2 }],
  ['by another key', newPersonKey(1), sealed],
  ['changed', key, { ...sealed, text: `${sealed.text[0] === 'A' ? 'B' : 'A'}${sealed.text.slice(1)}` }],
  ['cut', key, { ...sealed, text: sealed.text.slice(0, 20) }],
  ['empty', key, { ...sealed, text: '' }],
])('it opens not %s, and the error says nothing of it', (_, by, text) => {
  let thrown: unknown;
  try {
    unseal(by, PLACE, text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: 'PERSONAL_DATA_UNAVAILABLE', details: {} });
  expect(thrown).not.toHaveProperty('cause');
  expect(String(thrown)).not.toMatch(/张|p-1/);
});
