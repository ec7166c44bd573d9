/** Words of the pages, one file a language. A page loads those of the reader's language only. */
import type { Locale } from '../../domain/locale.ts';
import type { PageWords } from './words/zh.ts';

export type Words = PageWords['page'];

/** Words that are loaded by language. */
export interface WordsByLanguage<Words> {
  /** Loads the words of a language, once. Returns false if the network is broken. */
  load(locale: Locale): Promise<boolean>;
  /** Returns the words of a loaded language. */
  of(locale: Locale): Words;
}

/** @param files loads a language's file */
export function wordsByLanguage<Words>(files: Readonly<Record<Locale, () => Promise<Words>>>): WordsByLanguage<Words> {
  const loaded: Partial<Record<Locale, Words>> = {};
  return {
    async load(locale) {
      try {
        loaded[locale] ??= await files[locale]();
        return true;
      } catch {
        return false;
      }
    },
    of(locale) {
      const words = loaded[locale];
      if (!words) throw new Error(`the words of ${locale} are not loaded`);
      return words;
    },
  };
}

const RETRY_MS = 3_000;

/** Repeats a load after a pause until it succeeds. */
export async function untilLoaded(load: () => Promise<boolean>): Promise<void> {
  while (!(await load())) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

export const pageWords = wordsByLanguage<PageWords>({
  ZH: () => import('./words/zh.ts').then(({ ZH: words }) => words),
  JA: () => import('./words/ja.ts').then(({ JA: words }) => words),
  EN: () => import('./words/en.ts').then(({ EN: words }) => words),
});

/** Fills the places of a sentence: `fill('Step {at}', { at: 2 })`. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
