import { nextAskAt } from '../../../../src/pages/case/polling.ts';

const NOW = Date.parse('2026-11-24T02:00:00.000Z');
const MINUTE = 60_000;

test.each([
  [0, 1],
  [1, 2],
  [3, 8],
  [4, 15],
  [40, 15],
])('after %i answers without news it waits %i minutes', (quiet, minutes) => {
  expect(nextAskAt('2026-11-24T00:30:00.000Z', quiet, NOW)).toBe(NOW + minutes * MINUTE);
});

test("never asks before the case's instant, nor after its end", () => {
  expect(nextAskAt('2026-11-25T00:30:00.000Z', 0, NOW)).toBe(Date.parse('2026-11-25T00:30:00.000Z'));
  expect(nextAskAt(null, 0, NOW)).toBeNull();
});
