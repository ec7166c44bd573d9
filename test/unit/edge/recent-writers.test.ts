import type { Viewer } from '../../../src/domain/viewer.ts';
import { RecentWriters } from '../../../src/edge/kept-answers.ts';

test('a writer is known for as long as anything is kept, and nobody else is', () => {
  let now = 1_000;
  const writers = new RecentWriters(5_000, () => now);
  const [one, other]: Viewer[] = ['a', 'b'].map((person) => ({ kind: 'admin', person }) as const);
  writers.add(one!);
  writers.add({ kind: 'anonymous' });
  now = 5_999;
  expect([one!, other!, { kind: 'anonymous' } as const].map((viewer) => writers.has(viewer))).toEqual([
    true,
    false,
    false,
  ]);
  now = 6_001;
  expect(writers.has(one!)).toBe(false);
});
