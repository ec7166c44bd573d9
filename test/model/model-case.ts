/**
 * A second, plain reading of what a talent case is: nothing but the list of what has happened to it, in which everything is
 * looked up. It shares types with `src/domain`, and no rule.
 */

import type { CaseTypeFacts } from '../../src/domain/case-types/case-type.ts';
import type { Agency } from '../../src/domain/cases/agency.ts';
import type { CaseCommand } from '../../src/domain/cases/command.ts';
import type { Declared, OutcomeRecord } from '../../src/domain/cases/file.ts';
import type { CaseEventKind, CaseState } from '../../src/domain/cases/state.ts';

/** Something that has happened. */
export interface Happening {
  readonly what: CaseEventKind;
  readonly at: string;
  /** In Shanghai. */
  readonly day: string;
  readonly before: CaseState | null;
  readonly after: CaseState;
  /** Which agency did it; null where none did. */
  readonly agency: Agency | null;
  /** What was asked for; null for an opening. */
  readonly command: CaseCommand | null;
}

export interface ModelCase {
  readonly id: string;
  readonly type: CaseTypeFacts;
  readonly applicant: string;
  readonly employer: string | null;
  readonly firstZone: string;
  readonly declared: Declared;
  /** Null where it is about no child. */
  readonly childBornOn: string | null;
  readonly history: readonly Happening[];
  /** What was noted of its clocks: an end that came near or was missed. */
  readonly noted: readonly string[];
  /** The day on which it was last seen to what comes about next. */
  readonly seenTo: string;
}

export function happened(c: ModelCase, what: Happening): ModelCase {
  return { ...c, history: [...c.history, what], seenTo: what.day };
}

export const stateOf = (c: ModelCase): CaseState => c.history.at(-1)?.after ?? 'DRAFT';
export const versionOf = (c: ModelCase): number => c.history.length;
/** Whether it has come to its end, or is a draft that doesn't come further. */
export function isStuck(c: ModelCase): boolean {
  const state = stateOf(c);
  return ['CLOSED', 'WITHDRAWN', 'LAPSED'].includes(state) || (state === 'DRAFT' && versionOf(c) > 5);
}

export const openedOn = (c: ModelCase): string => c.history[0]?.day ?? '';

const last = (from: readonly Happening[], ...whats: readonly CaseEventKind[]) =>
  from.findLast(({ what }) => whats.includes(what));
export const dayOfLast = (c: ModelCase, ...whats: readonly CaseEventKind[]) => last(c.history, ...whats)?.day ?? null;
export const hasHappened = (c: ModelCase, what: CaseEventKind) => last(c.history, what) !== undefined;

/** What a command brought with it, where it was this action. */
function detailsOf<Action extends CaseCommand['action']>(happening: Happening | undefined, action: Action) {
  const command = happening?.command;
  return command?.action === action ? (command as Extract<CaseCommand, { readonly action: Action }>) : null;
}

/**
 * What has happened since the review began that the case is in: another zone that takes it in begins anew, and so does the
 * agency whose decision was reversed.
 */
export function presentReview(c: ModelCase): readonly Happening[] {
  const begins = c.history.findLastIndex(
    ({ what, before }) =>
      (what === 'ACCEPTED' && before === 'TRANSFERRED') || (what === 'REVIEW_STARTED' && before === 'REVERSED'),
  );
  return c.history.slice(begins + 1);
}

export function zoneOf(c: ModelCase): string {
  return detailsOf(last(c.history, 'TRANSFERRED'), 'TRANSFER')?.toZone ?? c.firstZone;
}

/** First handed in: that is the day for its window. */
export const appliedOn = (c: ModelCase) => c.history.find(({ what }) => what === 'SUBMITTED')?.day ?? null;
/** Complete for all that is known: from that day an agency has it. */
export const receivedOn = (c: ModelCase) => dayOfLast(c, 'SUBMITTED', 'SUPPLEMENTED');

/** The day that the time for the decision runs from. */
export function takenInOn(c: ModelCase): string | null {
  const at = c.history.findLastIndex(
    ({ what, before }) =>
      ['ACCEPTED', 'DEEMED_ACCEPTED', 'NOT_ACCEPTED'].includes(what) ||
      (what === 'REVIEW_STARTED' && before === 'REVERSED'),
  );
  const taken = c.history[at];
  if (!taken || taken.what === 'NOT_ACCEPTED') return null;
  // Whoever wasn't told in time what is missing has been accepted since the day received (Licensing Law, art. 32).
  if (taken.what === 'DEEMED_ACCEPTED') return receivedOn({ ...c, history: c.history.slice(0, at) });
  // The time for a new decision runs since the reversal.
  if (taken.what === 'REVIEW_STARTED') return dayOfLast({ ...c, history: c.history.slice(0, at) }, 'REVERSED');
  return taken.day;
}

export const decidedOn = (c: ModelCase) => last(presentReview(c), 'APPROVED', 'REJECTED', 'NOT_ACCEPTED')?.day ?? null;
export const deliveredOn = (c: ModelCase) => last(presentReview(c), 'DELIVERED')?.day ?? null;

/** The last decision; null where there was none. */
export function isApproved(c: ModelCase): boolean | null {
  const decision = last(c.history, 'APPROVED', 'REJECTED', 'NOT_ACCEPTED');
  return decision ? decision.what === 'APPROVED' : null;
}

/** What was delivered of the last decision. */
export function outcomeOf(c: ModelCase): OutcomeRecord | null {
  const since = last(c.history, 'APPROVED', 'REJECTED', 'NOT_ACCEPTED', 'DELIVERED');
  return detailsOf(since, 'DELIVER')?.outcome ?? null;
}

export const ratingOf = (c: ModelCase) => detailsOf(last(c.history, 'RATED'), 'RATE')?.rating ?? null;

/** Until when the applicant may hand in what was asked for; null where nothing is. */
export function supplementUntil(c: ModelCase): string | null {
  return detailsOf(last(c.history, 'SUPPLEMENT_REQUESTED', 'SUPPLEMENTED'), 'REQUEST_SUPPLEMENT')?.until ?? null;
}

export function noticeUntil(c: ModelCase): string | null {
  return detailsOf(last(presentReview(c), 'PUBLIC_NOTICE_OPENED'), 'OPEN_PUBLIC_NOTICE')?.until ?? null;
}

/** A reversal ends the review, so its extension and its pauses are over. */
const isInReview = ({ before }: Happening) => before !== 'RECONSIDERATION';

export function extendedBy(c: ModelCase): number {
  if (stateOf(c) === 'REVERSED') return 0;
  const extension = last(presentReview(c).filter(isInReview), 'DEADLINE_EXTENDED');
  return detailsOf(extension, 'EXTEND_DEADLINE')?.extendedBy ?? 0;
}

/** The extension of the last reconsideration. */
export function reconsiderationExtendedBy(c: ModelCase): number {
  const asked = c.history.findLastIndex(({ what }) => what === 'RECONSIDERATION_REQUESTED');
  const extension = last(
    c.history.slice(asked + 1).filter((one) => !isInReview(one)),
    'DEADLINE_EXTENDED',
  );
  return asked < 0 ? 0 : (detailsOf(extension, 'EXTEND_DEADLINE')?.extendedBy ?? 0);
}

/** The working days that the zones' agreement gives for taking up the last transfer. */
export function takeUpDays(c: ModelCase): number | null {
  return detailsOf(last(c.history, 'TRANSFERRED'), 'TRANSFER')?.agreement?.terms.takeUpDays ?? null;
}

/** The special procedures of the present review; `to` is null while one goes on. */
export function pausesOf(c: ModelCase) {
  if (stateOf(c) === 'REVERSED') return [];
  const happenings = presentReview(c);
  return happenings.flatMap((begin, i) => {
    const pause = detailsOf(begin, 'START_SPECIAL_PROCEDURE')?.pause;
    if (pause === undefined) return [];
    // Only its end, or a withdrawal, may follow.
    return [
      {
        from: begin.day,
        to: happenings.slice(i + 1).find(({ what }) => what !== 'IDENTITY_VERIFIED')?.day ?? null,
        reason: pause,
      },
    ];
  });
}

/** Opinions of the present review, in the order in which they came. */
export function opinionsOf(c: ModelCase) {
  return presentReview(c).flatMap((happening) => {
    const opinion = detailsOf(happening, 'GIVE_OPINION');
    return opinion && happening.agency ? [{ agency: happening.agency, verdict: opinion.verdict }] : [];
  });
}

/** What has become of a document. */
export function documentOf(c: ModelCase, code: string) {
  let status: 'ASKED' | 'RECEIVED' | 'CHECKED' | 'REFUSED' = 'ASKED';
  let version: number | null = null;
  let sha256: string | null = null;
  let isVerified = false;
  for (const happening of c.history) {
    const file = detailsOf(happening, 'SUPPLY_DOCUMENT')?.announced;
    if (file?.code === code) {
      status = 'RECEIVED';
      version = (version ?? 0) + 1;
      sha256 = file.sha256;
      isVerified = false;
    }
    const used = detailsOf(happening, 'USE_VERIFIED');
    if (used?.document === code) {
      status = 'CHECKED';
      sha256 = used.source?.sha256 ?? null;
      isVerified = true;
    }
    if (detailsOf(happening, 'WITHDRAW_VERIFIED')?.document === code) {
      status = 'ASKED';
      sha256 = null;
      isVerified = false;
    }
    if (happening.what === 'ACCEPTED' && status === 'RECEIVED') status = 'CHECKED';
    if (detailsOf(happening, 'REQUEST_SUPPLEMENT')?.documents.includes(code)) {
      status = version === null ? 'ASKED' : 'REFUSED';
    }
  }
  return { code, status, version, sha256, isVerified };
}

/** What an agency asked for last and nobody has sent since. */
export function owedOf(c: ModelCase): readonly string[] {
  const asked = c.history.findLastIndex(({ what }) => what === 'SUPPLEMENT_REQUESTED');
  const sentSince = c.history.slice(asked).map((each) => detailsOf(each, 'SUPPLY_DOCUMENT')?.announced?.code);
  const codes = detailsOf(c.history[asked], 'REQUEST_SUPPLEMENT')?.documents ?? [];
  return codes.filter((code) => !sentSince.includes(code) && !documentOf(c, code).isVerified);
}

/** The whole years of a child on a day, by counting its birthdays. */
export function yearsOld(bornOn: string, day: string): number {
  let years = 0;
  // A day that the year doesn't have comes after the one before it: who was born on 29 February is older on 1 March.
  while (`${Number(bornOn.slice(0, 4)) + years + 1}${bornOn.slice(4)}` <= day) years += 1;
  return years;
}

/** The case type asks for a term of `TERMS`. */
export function asksFor({ type: { rule } }: ModelCase, name: string): boolean {
  return rule !== undefined && 'all' in rule.when && rule.when.all.some((each) => 'term' in each && each.term === name);
}
