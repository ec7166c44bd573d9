import type { Locale } from '../domain/locale.ts';

/** The languages of the pages, each with its own name and its BCP 47 tag. */
export const LANGUAGES = {
  ZH: { tag: 'zh-CN', name: '中文' },
  JA: { tag: 'ja', name: '日本語' },
  EN: { tag: 'en-GB', name: 'English' },
} as const satisfies Record<Locale, { readonly tag: string; readonly name: string }>;

/** A language's value in an address: `?lang=zh`. */
export const languageCode = (locale: Locale) => locale.toLowerCase();
