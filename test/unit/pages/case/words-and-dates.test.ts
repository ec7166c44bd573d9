import { EN as APPLY_EN } from '../../../../src/pages/apply/words/en.ts';
import { JA as APPLY_JA } from '../../../../src/pages/apply/words/ja.ts';
import { ZH as APPLY_ZH } from '../../../../src/pages/apply/words/zh.ts';
import {
  daysUntil,
  dayText,
  distanceText,
  instantText,
  moneyText,
  timeText,
} from '../../../../src/pages/case/dates.ts';
import { firstLocale } from '../../../../src/pages/case/language.ts';
import { EN } from '../../../../src/pages/case/words/en.ts';
import { JA } from '../../../../src/pages/case/words/ja.ts';
import { ZH } from '../../../../src/pages/case/words/zh.ts';
import { fill, untilLoaded, wordsByLanguage } from '../../../../src/pages/case/words.ts';

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

/** Returns all sentences of a file of words, by their paths. */
function sentencesOf(words: object | string, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}.${key}`, value] as const] : sentencesOf(value, `${path}.${key}`),
  );
}

test.each([
  ['cases', ZH, JA, EN],
  ['applications', APPLY_ZH, APPLY_JA, APPLY_EN],
])('each sentence about %s has the same places in every language', (_, zh, ...others) => {
  const placesOf = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).toSorted();
  for (const other of others) {
    const said = new Map(sentencesOf(other));
    for (const [path, sentence] of sentencesOf(zh)) {
      // Refusals in English are the gateway's own messages.
      if (path.startsWith('.refusals.') && other === EN) continue;
      expect([path, placesOf(said.get(path) ?? '')]).toEqual([path, placesOf(sentence)]);
      expect(said.get(path)).not.toBe('');
    }
  }
  expect(fill('Step {at} of {all}', { at: 2, all: 5 })).toBe('Step 2 of 5');
});

test('words are loaded once, and again after a broken network', async () => {
  let loads = 0;
  const load = async () => {
    loads += 1;
    if (loads === 1) throw new TypeError('Failed to fetch dynamically imported module');
    return 'words';
  };
  const words = wordsByLanguage({ ZH: load, JA: load, EN: load });
  expect(await words.load('JA')).toBe(false);
  expect(() => words.of('JA')).toThrow('not loaded');
  await untilLoaded(() => words.load('JA'));
  expect([words.of('JA'), await words.load('JA'), loads]).toEqual(['words', true, 2]);
});
