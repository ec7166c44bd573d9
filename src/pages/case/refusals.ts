/** Refusals of mutations in the person's language. The gateway's messages are English, for developers. */
import type { Locale } from '../../domain/locale.ts';
import { pageWords } from './words.ts';

export interface Refusal {
  readonly code: string;
  readonly field: readonly string[] | null;
  readonly message: string;
}

/** Returns a refusal in words. English readers get the gateway's message, which says the most. */
export function refusalText({ code, field, message }: Refusal, locale: Locale): string {
  const words = pageWords.of(locale).refusals;
  const path = field?.join('.') ?? '';
  return words[`${code} ${path}`] ?? words[code] ?? words.NOT_ALLOWED ?? message;
}
