import type { Locale } from './generated/case-screen.ts';

/** The languages of the page, each under its own name and its BCP 47 tag. */
export const LANGUAGES = {
  ZH: { tag: 'zh-CN', name: '中文' },
  JA: { tag: 'ja', name: '日本語' },
  EN: { tag: 'en-GB', name: 'English' },
} as const satisfies Record<Locale, { readonly tag: string; readonly name: string }>;

export const LOCALES = Object.keys(LANGUAGES) as readonly Locale[];

/** Where the choice of a language is kept; nothing else of the page's is. */
const KEPT_AS = 'bridgehead.language';

/** The one that was chosen here before, else the first of the browser's that we have, else Chinese. */
export function firstLocale(kept: string | null, browsers: readonly string[]): Locale {
  const wanted = [kept ?? '', ...browsers].map((tag) => tag.slice(0, 2).toUpperCase());
  return wanted.flatMap((tag) => LOCALES.filter((locale) => locale === tag))[0] ?? 'ZH';
}

export function readLocale(): Locale {
  return firstLocale(
    withoutStorage(() => localStorage.getItem(KEPT_AS)),
    navigator.languages,
  );
}

export function keepLocale(locale: Locale): void {
  withoutStorage(() => localStorage.setItem(KEPT_AS, locale));
}

/** A browser may forbid storage: then the choice lasts as long as the page. */
function withoutStorage<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
