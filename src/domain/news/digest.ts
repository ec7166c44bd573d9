/** Digests of an agency's work: counts of its list, which an officer who opted in is sent on working days. */
import { mayWrite } from '../access/decision.ts';
import type { MutationName } from '../access/write-table.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { addDays, dayInShanghai } from '../calendar/day.ts';
import type { Agency } from '../cases/agency.ts';
import { AGENCY_LABELS } from '../cases/words/labels.ts';
import { STATE_LABELS } from '../cases/words/text.ts';
import { inLocale, type Locale, type Localized } from '../locale.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { WorkCounts } from '../work-list/count.ts';
import { isAddress, type StatedContact } from './contact.ts';
import { type NewsWords, quietUntil } from './message.ts';

/** Days after which digests end unless the officer sets the address again: nobody tells when an officer leaves. */
const LIFE_DAYS = 180;

export type DigestRefusalCode = 'NOT_YOURS' | 'INVALID_ADDRESS';
export type DigestMutation = Extract<MutationName, 'setDigestContact' | 'removeDigestContact'>;
export type Officer = Extract<Viewer, { readonly kind: 'officer' }>;

/** An officer's decided contact; `stated` is null where it is removed. */
export interface DigestPlan {
  readonly officer: Officer;
  readonly stated: StatedContact | null;
}

/**
 * Decides whether a viewer may set or remove their contact for digests: an officer with a role for cases may.
 * @param stated null where the contact is removed
 */
export function decideDigestContact(
  viewer: Viewer,
  mutation: DigestMutation,
  stated: StatedContact | null,
): Decision<DigestPlan, DigestRefusalCode> {
  const refuse = (refusal: Refusal<DigestRefusalCode>) => ({ ok: false, refusals: [refusal] }) as const;
  if (viewer.kind !== 'officer' || !mayWrite(viewer, mutation, 'SELF')) {
    return refuse({ code: 'NOT_YOURS', field: [], message: 'Only an officer with a role for cases may do this.' });
  }
  if (stated && (stated.channel === 'WEB_PUSH' || !isAddress(stated))) {
    return refuse({ code: 'INVALID_ADDRESS', field: ['address'], message: 'The channel has no such address.' });
  }
  return { ok: true, value: { officer: viewer, stated } };
}

/** Returns the last day of digests to an address that is set at an instant. */
export const digestsEndOn = (now: Date): string => addDays(dayInShanghai(now), LIFE_DAYS);

const HOUR_MS = 3_600_000;
/** Asia/Shanghai is eight hours ahead of UTC, so its noon is 4:00 UTC. */
const NOON_UTC_HOUR = 4;

/** Returns whether digests are sent at an instant: on working days, from the end of the quiet hours until noon. */
export function isDigestTime(now: Date, calendar: Calendar): boolean {
  if (!calendar.isWorkingDay(dayInShanghai(now)) || quietUntil(now) !== null) return false;
  return (now.getTime() % (24 * HOUR_MS)) / HOUR_MS < NOON_UTC_HOUR;
}

const SUBJECT: Localized = {
  zh: '{agency}：待办{total}件，逾期{overdue}件',
  ja: '{agency}：処理待ち{total}件、期限超過{overdue}件',
  en: '{agency}: {total} cases to handle, {overdue} overdue',
};

const TEXT: Localized = {
  zh: '{agency}待办{total}件，其中逾期{overdue}件，三个工作日内到期{soon}件。',
  ja: '{agency}の処理待ちは{total}件です。期限超過{overdue}件、3 営業日以内に期限{soon}件。',
  en: '{agency} has {total} cases to handle: {overdue} overdue, {soon} due within three working days.',
};

/** Returns the words of a digest: counts alone, and nothing of any case. */
export function digestText(agency: Agency, counts: WorkCounts, locale: Locale): NewsWords {
  const { total, overdue, dueSoon, byState } = counts;
  const fields = { total: String(total), overdue: String(overdue), soon: String(dueSoon) };
  const said = (words: Localized) =>
    Object.entries({ ...fields, agency: inLocale(AGENCY_LABELS[agency], locale) }).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, value),
      inLocale(words, locale),
    );
  const states = byState.map(({ state, count }) => `${inLocale(STATE_LABELS[state], locale)}: ${count}`);
  return { of: 'DIGEST', fields, subject: said(SUBJECT), text: [said(TEXT), ...states].join('\n') };
}
