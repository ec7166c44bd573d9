import { LANGUAGES } from '../../views/language.ts';
import type { Locale } from './generated/case-screen.ts';

export const LOCALES = Object.keys(LANGUAGES) as readonly Locale[];

/** The storage key of the chosen language; the page stores nothing else. */
const STORAGE_KEY = 'bridgehead.language';

/** Returns the language chosen before, else the first supported one of the browser, else Chinese. */
export function firstLocale(stored: string | null, browsers: readonly string[]): Locale {
  const wanted = [stored ?? '', ...browsers].map((tag) => tag.slice(0, 2).toUpperCase());
  return wanted.flatMap((tag) => LOCALES.filter((locale) => locale === tag))[0] ?? 'ZH';
}

export function readLocale(): Locale {
  return firstLocale(
    withoutStorage(() => localStorage.getItem(STORAGE_KEY)),
    navigator.languages,
  );
}

export function storeLocale(locale: Locale): void {
  withoutStorage(() => localStorage.setItem(STORAGE_KEY, locale));
}

/** Uses the browser's storage, which may be forbidden: then the choice lasts as long as the page. */
function withoutStorage<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
