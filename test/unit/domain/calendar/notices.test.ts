import { CALENDAR, isWeekend } from '../../../../src/domain/calendar/calendar.ts';
import { builtInNotice } from '../../../../src/domain/calendar/notices.ts';

const YEARS = Array.from({ length: 2099 - 2007 + 1 }, (_, i) => 2007 + i);

test('every built-in year from 2007 on has its notice, and no other year', () => {
  const arranged = YEARS.filter((year) => CALENDAR.statusOf(`${year}-01-01`) === 'PUBLISHED');
  // A newer chinese-days brings a year: its notice belongs into src/domain/calendar/notices.ts.
  expect(YEARS.filter((year) => builtInNotice(year) !== null)).toEqual(arranged);
  expect(builtInNotice(2006)).toBeNull();
});

test('a notice is published before its year, on a working day', () => {
  for (const year of YEARS) {
    const notice = builtInNotice(year);
    if (!notice || notice.title.zh.includes('；')) continue;
    expect(notice.title.zh).toBe(`国务院办公厅关于${year}年部分节假日安排的通知`);
    expect(notice.publishedOn.slice(0, 4)).toBe(`${year - 1}`);
    expect([year, isWeekend(notice.publishedOn)]).toEqual([year, false]);
  }
});

test('a year that was changed names both notices and the later day', () => {
  // 国办发明电〔2020〕1号: the holiday was extended to 2 February, a Sunday.
  expect(builtInNotice(2020)).toMatchObject({
    title: { zh: '国务院办公厅关于2020年部分节假日安排的通知；国务院办公厅关于延长2020年春节假期的通知' },
    publishedOn: '2020-01-27',
  });
  expect(CALENDAR.isWorkingDay('2020-01-31')).toBe(false);
});
