import { localeFromHeader } from '../../../src/domain/locale.ts';

test.each([
  ['ja', 'JA'],
  ['fr;q=0.9, en-GB;q=0.8, zh;q=0.7', 'EN'],
  ['en;q=0, ja;q=0.1', 'JA'],
  ['', 'ZH'],
  [undefined, 'ZH'],
])('Accept-Language %p is answered in %p', (header, locale) => {
  expect(localeFromHeader(header)).toBe(locale);
});
