import type { ControlUnitRecord } from '../../../../src/domain/places/control-units.ts';
import { decidePosts, type PostRecord, type ShiftRecord, shiftsAt } from '../../../../src/domain/places/posts.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { faultsOf, inEnglish, textOf } from '../../../fixtures/decision.ts';

const post = (from: string, to: string): PostRecord => ({
  id: 'gate',
  name: textOf('Post'),
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

const ADMIN: Viewer = { kind: 'admin', person: 'a' };
const UNIT = { code: 'unit', kind: 'GRID' } as unknown as ControlUnitRecord;
const GROUNDS = { unit: UNIT, zoneId: 'zone_teda', viewer: ADMIN };
const SHIFT: ShiftRecord = { days: ['MON'], from: '00:00', to: '23:59', roster: [{ duty: 'PATROL', staff: 1 }] };
const posts = (count: number, change: Partial<PostRecord> = {}) =>
  Array.from({ length: count }, (_, i) => ({ id: `p-${i}`, name: textOf('Post'), shifts: [SHIFT], ...change }));
const withShift = (change: Partial<ShiftRecord>) => posts(1, { shifts: [{ ...SHIFT, ...change }] });

test.each<[string, readonly PostRecord[], string[]]>([
  ['no post', [], []],
  ['the most posts', posts(20), []],
  ['too many posts', posts(21), ['INVALID_VALUE posts']],
  ['a code twice', posts(2, { id: 'p' }), ['INVALID_CODE posts.1.code']],
  ['a code of another form', posts(1, { id: 'P' }), ['INVALID_CODE posts.0.code']],
  ['a blank name', posts(1, { name: inEnglish(' ') }), ['INVALID_TEXT posts.0.name.en']],
  ['no shift', posts(1, { shifts: [] }), ['INVALID_VALUE posts.0.shifts']],
  ['the most shifts', posts(1, { shifts: Array(10).fill(SHIFT) }), []],
  ['too many shifts', posts(1, { shifts: Array(11).fill(SHIFT) }), ['INVALID_VALUE posts.0.shifts']],
  ['a shift on no day', withShift({ days: [] }), ['INVALID_VALUE posts.0.shifts.0.days']],
  ['a shift on a day twice', withShift({ days: ['MON', 'MON'] }), ['INVALID_VALUE posts.0.shifts.0.days']],
  [
    'times that no clock shows',
    withShift({ from: '24:00', to: '1:00' }),
    ['INVALID_VALUE posts.0.shifts.0.from', 'INVALID_VALUE posts.0.shifts.0.to'],
  ],
  ['no duty', withShift({ roster: [] }), ['INVALID_VALUE posts.0.shifts.0.roster']],
  ['a duty twice', withShift({ roster: Array(2).fill(SHIFT.roster[0]) }), ['INVALID_VALUE posts.0.shifts.0.roster']],
  ['the most staff', withShift({ roster: [{ duty: 'PATROL', staff: 100 }] }), []],
  [
    'no staff, and too many',
    withShift({
      roster: [
        { duty: 'PATROL', staff: 0 },
        { duty: 'DUTY_DESK', staff: 101 },
      ],
    }),
    ['INVALID_VALUE posts.0.shifts.0.roster.0.staff', 'INVALID_VALUE posts.0.shifts.0.roster.1.staff'],
  ],
])('a list with %s is refused with what is wrong', (_with, listed, expected) => {
  const stated = { parkId: 'park_1', unitCode: 'unit', posts: listed, seen: null };
  expect(faultsOf(decidePosts(stated, null, GROUNDS))).toEqual(expected);
});
