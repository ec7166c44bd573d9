import type { Locale } from '../../domain/locale.ts';

/** A message to an applicant, without anything personal but the address. */
export interface NewsMessage {
  /** The same at every attempt. */
  readonly id: string;
  readonly address: string;
  /** The address in masked form, for records. */
  readonly maskedAddress: string;
  readonly receiptNumber: string;
  readonly locale: Locale;
}

/** The result of an attempt. Faults are codes, and never contain an address. */
export type SendResult =
  | { readonly is: 'SENT' }
  /** `isFinal`: another attempt would fail too, e.g. because there is no such address. */
  | { readonly is: 'FAILED'; readonly fault: string; readonly isFinal: boolean };

/** Sends one message. Throws nothing. */
export type SendNews = (message: NewsMessage, now: Date) => Promise<SendResult>;

export const SENT: SendResult = { is: 'SENT' };
export const failed = (fault: string, isFinal = false): SendResult => ({ is: 'FAILED', fault, isFinal });

/** Returns the code of a fault without its message, which may contain an address. */
export function faultOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error ? String(error.name) : 'UNKNOWN';
}
