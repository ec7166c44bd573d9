/** Refusals of mutations in the person's language. The gateway's messages are English, for developers. */
import type { Locale } from '../../domain/locale.ts';
import { type Refusal, wordsForRefusal } from '../gateway/refusal-text.ts';
import { pageWords } from './words.ts';

/** Returns a refusal in words. English readers get the gateway's message, which says the most. */
export function refusalText(refusal: Refusal, locale: Locale): string {
  const words = pageWords.of(locale).refusals;
  return wordsForRefusal(refusal, words) ?? words.NOT_ALLOWED ?? refusal.message;
}
