/** Search of enterprises by the beginning of their names, in each of the three languages by itself. */
import { inLocale, LOCALES, type Locale, type Localized } from '../locale.ts';
import { hasEnded, type Relative } from '../register/succession.ts';

/** Characters of a name that a search gives at least. The list of names is split by them. */
export const MIN_CHARACTERS = 2;
/** Characters of a name that can be searched: with four bytes each they fit into a sort key of 1,024 bytes. */
const MAX_CHARACTERS = 200;

/** A name as it is compared: without differences of case, width (Unicode NFKC) and white space. */
export interface SearchedName {
  readonly locale: Locale;
  readonly text: string;
}

/** Returns a text as it is compared with names. */
export function foldedName(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trimStart();
  return [...folded].slice(0, MAX_CHARACTERS).join('');
}

/** Returns the part of a compared name that the list of names is split by; null where the name is shorter. */
export function firstCharacters(text: string): string | null {
  const characters = [...text];
  return characters.length < MIN_CHARACTERS ? null : characters.slice(0, MIN_CHARACTERS).join('');
}

/** Returns the names by which an enterprise is found; none once it has ended by a succession. */
export function searchedNames(of: {
  readonly name: Localized;
  readonly successors?: readonly Relative[];
}): readonly SearchedName[] {
  if (hasEnded(of)) return [];
  return LOCALES.map((locale) => ({ locale, text: foldedName(inLocale(of.name, locale)) })).filter(
    ({ text }) => firstCharacters(text) !== null,
  );
}

/** Returns the language whose names a text is compared with: that of its script, else the caller's. */
export function searchedLocale(text: string, locale: Locale): Locale {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'JA';
  if (!/\p{Script=Han}/u.test(text)) return 'EN';
  return locale === 'EN' ? 'ZH' : locale;
}
