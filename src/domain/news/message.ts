/** Messages to applicants: that there is news in a case, and nothing else. */
import type { CaseEventKind } from '../cases/state.ts';
import { inLocale, type Locale, type Localized } from '../locale.ts';
import type { OutboxEntry } from '../webhooks/webhook.ts';

/** The events that an applicant hears of: not their own, and none of the agencies' steps among themselves. */
const IS_NEWS = {
  OPENED: false,
  RECOMMENDED: true,
  CONSENT_GIVEN: false,
  DOCUMENT_SUPPLIED: false,
  VERIFIED_DOCUMENT_USED: false,
  VERIFIED_DOCUMENT_WITHDRAWN: false,
  SUBMITTED: false,
  SUPPLEMENT_REQUESTED: true,
  SUPPLEMENTED: false,
  HANDED_OVER: true,
  ACCEPTED: true,
  DEEMED_ACCEPTED: true,
  NOT_ACCEPTED: true,
  IDENTITY_VERIFIED: false,
  REVIEW_STARTED: true,
  OPINION_GIVEN: false,
  DEADLINE_EXTENDED: true,
  SPECIAL_PROCEDURE_STARTED: true,
  SPECIAL_PROCEDURE_ENDED: true,
  PUBLIC_NOTICE_OPENED: true,
  APPROVED: true,
  REJECTED: true,
  DELIVERED: true,
  CLOSED: true,
  WITHDRAWN: false,
  LAPSED: true,
  TRANSFERRED: true,
  RECONSIDERATION_REQUESTED: false,
  RECONSIDERATION_TAKEN_UP: true,
  RECONSIDERATION_DEEMED_TAKEN_UP: true,
  UPHELD: true,
  REVERSED: true,
  RATED: false,
} as const satisfies Record<CaseEventKind, boolean>;

const isEvent = (kind: string): kind is CaseEventKind => Object.hasOwn(IS_NEWS, kind);

/** Returns whether an outbox entry is news to the applicant of its case. Notices of agencies' limits are none. */
export const isNews = ({ caseId, kind, step }: Pick<OutboxEntry, 'caseId' | 'kind' | 'step'>): boolean =>
  caseId.startsWith('case_') && step === undefined && isEvent(kind) && IS_NEWS[kind];

const TEXT: Localized = {
  zh: '您的办件{number}有新进展，请登录查看。',
  ja: '受付番号{number}の手続に新しいお知らせがあります。ログインしてご確認ください。',
  en: 'There is news in case {number}. Sign in to read it.',
};

const SUBJECT: Localized = {
  zh: '办件{number}有新进展',
  ja: '受付番号{number}のお知らせ',
  en: 'News in case {number}',
};

/** The words of a message in one language. */
export interface NewsWords {
  /** News in a case, or a digest of an agency's work. */
  readonly of: 'CASE' | 'DIGEST';
  /** The fields of a provider's registered template. */
  readonly fields: Readonly<Record<string, string>>;
  /** For channels without templates. */
  readonly subject: string;
  readonly text: string;
}

/** Returns the words of news in a case. They contain the receipt number, and nothing else of the case. */
export function newsText(receiptNumber: string, locale: Locale): NewsWords {
  const said = (words: Localized) => inLocale(words, locale).replace('{number}', receiptNumber);
  return { of: 'CASE', fields: { number: receiptNumber }, subject: said(SUBJECT), text: said(TEXT) };
}

/** Hours of the day in Asia/Shanghai between which messages are sent. */
const FIRST_HOUR = 8;
const END_HOUR = 22;
const HOUR_MS = 3_600_000;
/** Asia/Shanghai is eight hours ahead of UTC, without summer time since 1991. */
const SHANGHAI_MS = 8 * HOUR_MS;

/** Returns the end of the quiet hours; null at an hour that is not quiet. */
export function quietUntil(now: Date): Date | null {
  const local = now.getTime() + SHANGHAI_MS;
  const midnight = local - (local % (24 * HOUR_MS));
  const morning = midnight + FIRST_HOUR * HOUR_MS;
  if (local < morning) return new Date(morning - SHANGHAI_MS);
  return local < midnight + END_HOUR * HOUR_MS ? null : new Date(morning + 24 * HOUR_MS - SHANGHAI_MS);
}
