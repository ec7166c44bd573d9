import {
  daysUntil,
  dayText,
  distanceText,
  instantText,
  moneyText,
  timeText,
} from '../../../../src/pages/case/dates.ts';
import { firstLocale } from '../../../../src/pages/case/language.ts';
import { fill, WORDS } from '../../../../src/pages/case/words.ts';

test('days have their weekday, in each language', () => {
  expect(dayText('2026-11-25', 'ZH')).toBe('2026年11月25日周三');
  expect(dayText('2026-11-25', 'JA')).toBe('2026年11月25日(水)');
  expect(dayText('2026-11-25', 'EN')).toBe('Wed, 25 November 2026');
});

test('times and days are those of Shanghai', () => {
  const evening = new Date('2026-11-24T16:30:00.000Z');
  expect(instantText(evening, 'EN')).toMatch(/^Wed, 25 November 2026.*00:30$/);
  expect(timeText(evening, 'ZH')).toBe('00:30');
  expect([daysUntil('2026-11-25', evening), daysUntil('2026-11-24', evening)]).toEqual([0, -1]);
  expect(distanceText('2026-11-26', evening, 'EN')).toBe('tomorrow');
  expect(distanceText('2026-11-20', evening, 'JA')).toBe('5 日前');
});

test('money is in yuan', () => {
  expect(moneyText('150000', 'ZH')).toBe('¥1,500');
  expect(moneyText('150050', 'EN')).toBe('CN¥1,500.50');
});

test.each([
  ['JA', 'ja', ['en']],
  ['ZH', null, ['fr', 'zh-Hant-TW', 'en']],
  ['EN', 'xx', ['en-US']],
  ['ZH', null, ['fr']],
] as const)('chooses %s after %s was chosen before and the browser has %j', (expected, kept, browsers) => {
  expect(firstLocale(kept, browsers)).toBe(expected);
});

test('each sentence has the same places in every language', () => {
  const placesOf = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).toSorted();
  for (const [key, sentence] of Object.entries(WORDS.ZH)) {
    for (const words of [WORDS.JA, WORDS.EN]) {
      const other = words[key as keyof typeof words];
      expect([key, placesOf(other)]).toEqual([key, placesOf(sentence)]);
      expect(other).not.toBe('');
    }
  }
  expect(fill('Step {at} of {all}', { at: 2, all: 5 })).toBe('Step 2 of 5');
});
