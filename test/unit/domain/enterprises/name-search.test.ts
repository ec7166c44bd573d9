import fc from 'fast-check';
import {
  firstCharacters,
  foldedName,
  searchedLocale,
  searchedNames,
} from '../../../../src/domain/enterprises/name-search.ts';
import { enterpriseNameItems } from '../../../../src/storage/enterprises/make-items.ts';

const name = { zh: '晨帆', ja: '晨帆', en: 'Chenfan' };

test('an enterprise that has ended by a succession is found no more, one that was split is', () => {
  const relative = (kind: 'MERGER' | 'SPLIT_OFF') => ({ kind, on: '2026-05-01', enterpriseIds: ['ent_b'] });
  expect(searchedNames({ name }).map(({ locale }) => locale)).toEqual(['ZH', 'JA', 'EN']);
  expect(searchedNames({ name, successors: [relative('MERGER') as never] })).toEqual([]);
  expect(searchedNames({ name, successors: [relative('SPLIT_OFF') as never] })).toHaveLength(3);
});

test('a name of one character is in no list', () => {
  expect(searchedNames({ name: { ...name, zh: '晨' } }).map(({ locale }) => locale)).toEqual(['JA', 'EN']);
});

test('a text is compared with names of its script, else of the language of the request', () => {
  expect(['Chen', '12', 'しん', 'シン社', '晨帆'].map((text) => searchedLocale(text, 'ZH'))).toEqual([
    'EN',
    'EN',
    'JA',
    'JA',
    'ZH',
  ]);
  expect((['ZH', 'JA', 'EN'] as const).map((locale) => searchedLocale('晨帆', locale))).toEqual(['ZH', 'JA', 'ZH']);
});

test('the beginning of a name is found in the list of its first characters, and every key fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), fc.nat(300), (text, length) => {
      const [item] = enterpriseNameItems({ id: `ent_${'0'.repeat(26)}`, name: { ...name, zh: text } }).filter(
        ({ pk }) => pk.startsWith('NAMES#ZH#'),
      );
      const folded = foldedName(text);
      expect(foldedName(folded)).toBe(folded);
      expect(item === undefined).toBe(firstCharacters(folded) === null);
      if (!item) return;
      expect(Buffer.byteLength(item.sk)).toBeLessThanOrEqual(1_024);
      const beginning = [...folded].slice(0, Math.max(2, length)).join('');
      expect(item.pk).toBe(`NAMES#ZH#${firstCharacters(beginning)}`);
      expect(item.sk.startsWith(beginning)).toBe(true);
    }),
  );
});
