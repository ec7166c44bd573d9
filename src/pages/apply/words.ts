/** The words of applications. Names of case types, zones, facts and terms come with the answers. */
import { wordsByLanguage } from '../case/words.ts';
import type { ApplyWords } from './words/zh.ts';

export type { ApplyWords };

export const applyWords = wordsByLanguage<ApplyWords>({
  ZH: () => import('./words/zh.ts').then(({ ZH: words }) => words),
  JA: () => import('./words/ja.ts').then(({ JA: words }) => words),
  EN: () => import('./words/en.ts').then(({ EN: words }) => words),
});

/** Returns the word for a value of a fact: a code, yes or no; other values as they are. */
export const codeText = (value: string, words: ApplyWords) => words.codes[value] ?? value;
