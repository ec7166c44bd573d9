import type { CaseScreen } from './case-screen.ts';
import { fill, type Words } from './words.ts';

/**
 * Returns a sentence about the difference from the last answer: the new state, else the last event, else that something
 * changed. Returns null if nothing visible changed.
 */
export function newsOf(before: CaseScreen, after: CaseScreen, words: Words): string | null {
  const { nextPollAfter: _, ...seenBefore } = before;
  const { nextPollAfter: __, ...seenAfter } = after;
  if (JSON.stringify(seenBefore) === JSON.stringify(seenAfter)) return null;
  const asked = after.documents?.filter(
    ({ code, status }) =>
      isWanted(status) && !before.documents?.some((one) => one.code === code && isWanted(one.status)),
  );
  const latest = before.timeline?.at(-1)?.sequence ?? 0;
  const happened = after.timeline?.filter(({ sequence }) => sequence > latest) ?? [];
  const what = [
    before.stateLabel === after.stateLabel ? happened.at(-1)?.label : after.stateLabel,
    ...(asked ?? []).map(({ name, statusLabel }) => `${name} (${statusLabel})`),
  ].filter((part) => part !== undefined);
  return fill(words.changed, { what: what.length > 0 ? what.join(', ') : words.changedDetails });
}

/** Tells whether the applicant has to supply a document. */
export function isWanted(status: string): boolean {
  return status === 'ASKED' || status === 'REFUSED';
}
