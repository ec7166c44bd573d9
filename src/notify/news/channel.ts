import * as z from 'zod';
import type { Locale } from '../../domain/locale.ts';
import type { NewsWords } from '../../domain/news/message.ts';

/** A message to an applicant or an officer, without anything personal but the address. */
export interface NewsMessage {
  /** The same at every attempt. */
  readonly id: string;
  readonly address: string;
  /** The address in masked form, for records. */
  readonly maskedAddress: string;
  readonly words: NewsWords;
  readonly locale: Locale;
}

/** The registered template of each language. */
const templatesOfLanguages = z.strictObject({ ZH: z.string().min(1), JA: z.string().min(1), EN: z.string().min(1) });

/** A provider's templates of messages: that of news in a case, and that of an officer's digest. */
export const templateSettings = {
  /** Has the one field `number`. */
  templates: templatesOfLanguages,
  /** Has the fields `total`, `overdue` and `soon`. Without it, no digest is sent by this provider. */
  digestTemplates: templatesOfLanguages.optional(),
};

/** Returns the provider's template of a message; undefined where none is registered. */
export function templateOf(
  settings: z.infer<z.ZodObject<typeof templateSettings>>,
  { words, locale }: Pick<NewsMessage, 'words' | 'locale'>,
): string | undefined {
  return (words.of === 'DIGEST' ? settings.digestTemplates : settings.templates)?.[locale];
}

/** The result of an attempt. Faults are codes, and never contain an address. */
export type SendResult =
  | { readonly is: 'SENT' }
  /** `isFinal`: another attempt would fail too, e.g. because there is no such address. */
  | { readonly is: 'FAILED'; readonly fault: string; readonly isFinal: boolean };

/** Sends one message. Throws nothing. */
export type SendNews = (message: NewsMessage, now: Date) => Promise<SendResult>;

export const SENT: SendResult = { is: 'SENT' };
export const failed = (fault: string, isFinal = false) =>
  ({ is: 'FAILED', fault, isFinal }) as const satisfies SendResult;

/** The result where the address has ended for good, so that it is deleted. */
export const GONE = failed('GONE', true);

/** The result where a provider has no template for the message. */
export const NO_TEMPLATE = failed('NO_TEMPLATE', true);

/** Returns the code of a fault without its message, which may contain an address. */
export function faultOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error ? String(error.name) : 'UNKNOWN';
}
