import { type PostRecord, shiftsAt } from '../../../../src/domain/places/posts.ts';

const name = { zh: '岗', ja: '岗', en: 'Post' };
const post = (from: string, to: string): PostRecord => ({
  id: 'gate',
  name,
  shifts: [{ days: ['MON'], from, to, roster: [] }],
});
// 2 March 2026 is a Monday in Shanghai, eight hours ahead of UTC.
const isManned = (of: PostRecord, day: number, time: string) =>
  shiftsAt(of, new Date(`2026-03-0${day}T${time}:00+08:00`)).length === 1;

test.each<[string, string, readonly (readonly [number, string, boolean])[]]>([
  [
    '08:00',
    '18:00',
    [
      [2, '07:59', false],
      [2, '08:00', true],
      [2, '17:59', true],
      [2, '18:00', false],
      [3, '08:00', false],
    ],
  ],
  [
    '22:00',
    '06:00',
    [
      [2, '05:59', false],
      [2, '21:59', false],
      [2, '22:00', true],
      [3, '05:59', true],
      [3, '06:00', false],
      [3, '22:00', false],
    ],
  ],
  [
    '08:00',
    '08:00',
    [
      [2, '07:59', false],
      [2, '08:00', true],
      [3, '07:59', true],
      [3, '08:00', false],
    ],
  ],
])('a shift from %s to %s on Mondays begins with its first minute and ends before its last', (from, to, expected) => {
  expect(expected.map(([day, time]) => [day, time, isManned(post(from, to), day, time)])).toEqual(expected);
});
