import { LeastRecentlyUsed } from '../src/lru.ts';

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

test('where entries have a weight, it is their weight that is bounded', () => {
  const kept = new LeastRecentlyUsed<string, string>(10, (value) => value.length);
  kept.set('a', 'xxxx');
  kept.set('b', 'xxxx');
  kept.set('a', 'xx');
  kept.set('c', 'xxxx');
  expect(kept.size).toBe(3);
  kept.set('d', 'xxxxxxx');
  expect([kept.get('b'), kept.get('a'), kept.get('c'), kept.get('d')]).toEqual([
    undefined,
    undefined,
    undefined,
    'xxxxxxx',
  ]);
  kept.set('e', 'x'.repeat(11));
  expect([kept.get('e'), kept.get('d')]).toEqual([undefined, 'xxxxxxx']);
});
