import fc from 'fast-check';
import { type CursorBinding, createCursors, type Position } from '../../../src/storage/dynamodb/cursor.ts';

const cursors = createCursors('a secret that is for tests only, and long');
const BINDING: CursorBinding = {
  field: 'Park.enterprises',
  arguments: { parkId: 'park_a', sector: null },
  owner: 'me',
};
const POSITION: Position = { pk: 'PARK#park_a', sk: 'RESIDENT#ent_01E3CX0000000000000000000X' };

const refused = expect.objectContaining({ code: 'INVALID_CURSOR' });

test('reads a written cursor with the same binding', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })), (position) => {
      expect(cursors.read(BINDING, cursors.write(BINDING, position))).toEqual({ ...position });
    }),
  );
});

test('gives one position one cursor, and treats null arguments as absent', () => {
  const { sector: _, ...given } = BINDING.arguments;
  const cursor = cursors.write(BINDING, POSITION);
  expect(cursors.write({ ...BINDING, arguments: given }, POSITION)).toBe(cursor);
});

test('hides the key of an item', () => {
  const bytes = Buffer.from(cursors.write(BINDING, POSITION), 'base64url').toString('latin1');
  for (const part of ['PARK', 'park_a', 'RESIDENT', 'ent_', '01E3CX']) expect(bytes).not.toContain(part);
});

test.each([
  ['another field', { ...BINDING, field: 'Query.enterprises' }],
  ['another argument', { ...BINDING, arguments: { parkId: 'park_b' } }],
  ['one argument more', { ...BINDING, arguments: { parkId: 'park_a', sector: 'OTHER' } }],
  ['another caller', { ...BINDING, owner: 'you' }],
])('is refused for %s', (_, binding) => {
  expect(() => cursors.read(binding, cursors.write(BINDING, POSITION))).toThrow(refused);
});

test('is refused with any bit of it changed, with any part of it missing, and under another secret', () => {
  const bytes = Buffer.from(cursors.write(BINDING, POSITION), 'base64url');
  fc.assert(
    fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => cursors.read(BINDING, changed.toString('base64url'))).toThrow(refused);
      expect(() => cursors.read(BINDING, bytes.subarray(0, bit >> 3).toString('base64url'))).toThrow(refused);
    }),
  );
  const other = createCursors('another secret that is for tests, and long');
  expect(() => other.read(BINDING, bytes.toString('base64url'))).toThrow(refused);
});

test('is refused when it is anything else', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => cursors.read(BINDING, text)).toThrow(refused);
    }),
  );
});
