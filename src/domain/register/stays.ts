/** The effect on an enterprise's stays in parks when an admission ends, a registration is void or the home moves. */
import { addDays } from '../calendar/day.ts';
import type { Residency } from '../enterprises/residency.ts';
import type { Move } from './move.ts';
import type { RegisterRecord } from './record.ts';

/**
 * Ends the lasting stays that match a test, with a last day. A stay that begins later is removed.
 * @returns the stays, newest first
 */
export function endStays(
  stays: readonly Residency[],
  lastDay: string,
  isEnded: (stay: Residency) => boolean,
): readonly Residency[] {
  return stays.flatMap((stay) => {
    const isLater = stay.to === null || stay.to > lastDay;
    if (!isLater || !isEnded(stay)) return stay;
    return stay.from > lastDay ? [] : { ...stay, to: lastDay };
  });
}

/** Returns the first day on which stays may change, which is after the last reported day. */
export function firstOpenDay(today: string, lastReported: string | null): string {
  return lastReported !== null && lastReported >= today ? addDays(lastReported, 1) : today;
}

/**
 * Moves an enterprise to its new home.
 * - Stays in the old zone's parks end the day before, or continue as admissions where the enterprise keeps its sites.
 * - In the new park, the enterprise is REGISTERED where it keeps its sites, and OPERATING where it leaves them. A stay
 * there by admission becomes a stay at home.
 * - All other REGISTERED stays end, since an enterprise is registered once.
 * @param on the first day of the changed stays
 */
export function movedHome(
  { admissions, residencies, ...enterprise }: RegisterRecord & { readonly staffCount: number },
  { fromZoneId, toZoneId, toParkId, keepsSites }: Move,
  on: string,
): Pick<RegisterRecord, 'homeZoneId' | 'admissions' | 'residencies'> {
  const abroad = new Set(admissions.filter(({ state }) => state === 'OPEN').map(({ parkId }) => parkId));
  const isOfOldHome = ({ parkId }: Residency) => !abroad.has(parkId);
  const kept = endStays(
    residencies,
    addDays(on, -1),
    (stay) => isOfOldHome(stay) && (!keepsSites || stay.kind === 'REGISTERED'),
  );
  const isThere = kept.some(({ parkId, to }) => parkId === toParkId && to === null);
  const begun: Residency = {
    parkId: toParkId,
    kind: keepsSites ? 'REGISTERED' : 'OPERATING',
    registeredStaff: enterprise.staffCount,
    from: on,
    to: null,
  };
  const goingOn = kept.filter((stay) => stay.to === null && isOfOldHome(stay));
  return {
    homeZoneId: toZoneId,
    admissions: [
      ...admissions.filter(({ zoneId }) => zoneId !== toZoneId),
      ...goingOn.flatMap(({ parkId, kind, from, registeredStaff }) =>
        kind === 'REGISTERED'
          ? []
          : {
              parkId,
              zoneId: fromZoneId,
              state: 'OPEN' as const,
              from,
              terms: { kind, staffCount: registeredStaff },
            },
      ),
    ],
    residencies: newestFirst(isThere ? kept : [begun, ...kept]),
  };
}

export function newestFirst(stays: readonly Residency[]): readonly Residency[] {
  return stays.toSorted((a, b) => b.from.localeCompare(a.from));
}
