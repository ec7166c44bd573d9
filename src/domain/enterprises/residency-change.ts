import { addDays } from '../calendar/day.ts';
import type { Decision } from '../refusal.ts';
import type { Residency } from './residency.ts';

/** The stay of an enterprise in a park, from a day on. */
export interface StayFrom {
  readonly parkId: string;
  readonly from: string;
  readonly registeredStaff: number;
}

export type ResidencyChangeRefusal = 'BEFORE_ITS_STAY' | 'DAYS_REPORTED';

/**
 * Returns the stays of an enterprise that is in a park from a day on, with a number of registered staff.
 * - With the same number, its lasting stay there doesn't change.
 * - With another number, its lasting stay ends the day before, and a new one of the same kind begins. A stay that began
 * on the same day is replaced.
 * - Without a lasting stay, it operates there from that day on.
 *
 * Past days may be changed, but none that the enterprise has reported: its reports counted by the former stays. Settled
 * days don't change either.
 * @param lastReported the last day that is reported or settled; null where none
 * @returns the stays, newest first
 */
export function resideFrom(
  stays: readonly Residency[],
  { parkId, from, registeredStaff }: StayFrom,
  lastReported: string | null,
): Decision<readonly Residency[], ResidencyChangeRefusal> {
  const here = stays.filter((stay) => stay.parkId === parkId);
  const lasting = here.find(({ to }) => to === null);
  if (lasting?.registeredStaff === registeredStaff) return { ok: true, value: stays };

  const known = here.map(({ from: first, to }) => to ?? first).sort();
  const newest = known.at(-1) ?? '';
  if (from < newest || (!lasting && from === newest)) {
    return refuse('BEFORE_ITS_STAY', `The enterprise's stays in this park are known up to ${newest}.`);
  }
  if (lastReported !== null && from <= lastReported) {
    return refuse(
      'DAYS_REPORTED',
      `The enterprise's days up to ${lastReported} are reported or settled; change its stay later.`,
    );
  }
  const others = stays.filter((stay) => stay !== lasting);
  const ended = lasting && lasting.from < from ? [{ ...lasting, to: addDays(from, -1) }] : [];
  const begun: Residency = { parkId, kind: lasting?.kind ?? 'OPERATING', registeredStaff, from, to: null };
  return {
    ok: true,
    value: [begun, ...ended, ...others].sort((a, b) => b.from.localeCompare(a.from)),
  };
}

function refuse(code: ResidencyChangeRefusal, message: string) {
  return { ok: false, refusals: [{ code, field: [], message }] } as const;
}
