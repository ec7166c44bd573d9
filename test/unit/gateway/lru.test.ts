import { LeastRecentlyUsed } from '../../../src/gateway/lru.ts';

test('what was used longest ago is forgotten', () => {
  const kept = new LeastRecentlyUsed<string, number>(2);
  kept.set('a', 1);
  kept.set('b', 2);
  expect(kept.get('a')).toBe(1);
  kept.set('c', 3);
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual([1, undefined, 3]);
});

test('a key that is set again is new, and one that is deleted leaves room', () => {
  const kept = new LeastRecentlyUsed<string, number>(2);
  kept.set('a', 1);
  kept.set('b', 2);
  kept.set('a', 3);
  kept.set('c', 4);
  expect([kept.get('a'), kept.get('b'), kept.size]).toEqual([3, undefined, 2]);
  kept.delete('a');
  kept.set('d', 5);
  expect([kept.get('c'), kept.get('d'), kept.size]).toEqual([4, 5, 2]);
});
