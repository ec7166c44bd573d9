/** The languages of names and labels. */
export const LOCALES = ['ZH', 'JA', 'EN'] as const;
export type Locale = (typeof LOCALES)[number];

/** A name in all three languages. */
export interface Localized {
  readonly zh: string;
  readonly ja: string;
  readonly en: string;
}

/** Returns the text in the requested language. */
export function inLocale(text: Localized, locale: Locale): string {
  switch (locale) {
    case 'ZH':
      return text.zh;
    case 'JA':
      return text.ja;
    case 'EN':
      return text.en;
  }
}

/**
 * Returns the first supported language of an `Accept-Language` header (RFC 9110 §12.5.4); Chinese where there is none.
 */
export function localeFromHeader(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { locale: tag.slice(0, 2).toUpperCase(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter((part) => part.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { locale } of wanted) {
    const known = LOCALES.find((l) => l === locale);
    if (known) return known;
  }
  return 'ZH';
}
