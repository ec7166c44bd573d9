import { newUlid } from '../../../../src/storage/dynamodb/new-id.ts';

const NOW = new Date('2026-11-29T15:00:00Z');

test('ids of one millisecond are in the order in which they are made, and differ', () => {
  const made = Array.from({ length: 1_000 }, () => newUlid(NOW));
  expect(made).toEqual([...new Set(made)].sort());
});

test('a later millisecond begins anew', () => {
  const later = new Date(NOW.getTime() + 1);
  expect(newUlid(later) > newUlid(NOW)).toBe(true);
});
