/** Where enterprises are resident, and what that adds up to for a park. */
import { addDays, type DayInterval, isWithin } from '../calendar/day.ts';
import type { ResidencyLevel } from '../published-figures/resumption.ts';

export const RESIDENCY_KINDS = ['OPERATING', 'INCUBATED', 'REGISTERED'] as const;
export type ResidencyKind = (typeof RESIDENCY_KINDS)[number];

/** An enterprise's stay in a park. A change of its registered staff ends one stay and opens the next. */
export interface Residency extends DayInterval {
  readonly parkId: string;
  readonly kind: ResidencyKind;
  readonly registeredStaff: number;
}

/** A change of what is resident in a park, from the start of a day on. */
export interface ResidencyStep extends ResidencyLevel {
  readonly parkId: string;
  readonly on: string;
}

/**
 * The one stay that an enterprise counts by on a day, so that none is counted in two parks: where it operates, else where
 * it is incubated, else where it is only registered; of equals the one that began first, then the park's id decides.
 */
export function countingResidency(residencies: readonly Residency[], day: string): Residency | null {
  const here = residencies.filter((residency) => isWithin(day, residency));
  here.sort(
    (a, b) =>
      RESIDENCY_KINDS.indexOf(a.kind) - RESIDENCY_KINDS.indexOf(b.kind) ||
      compare(a.from, b.from) ||
      compare(a.parkId, b.parkId),
  );
  return here[0] ?? null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * What one enterprise's stays add to the steps of the parks, in order of days: +1 and its registered staff where it starts
 * to count, -1 and as much less on the first day that it doesn't any more.
 */
export function residencySteps(residencies: readonly Residency[]): readonly ResidencyStep[] {
  const turns = residencies.flatMap(({ from, to }) => (to === null ? [from] : [from, addDays(to, 1)]));
  const steps: ResidencyStep[] = [];
  let before: Residency | null = null;
  for (const on of [...new Set(turns)].sort()) {
    const after = countingResidency(residencies, on);
    if (after === before) continue;
    if (before) steps.push({ parkId: before.parkId, on, residents: -1, registeredStaff: -before.registeredStaff });
    if (after) steps.push({ parkId: after.parkId, on, residents: 1, registeredStaff: after.registeredStaff });
    before = after;
  }
  return steps;
}

/** Returns what has to be added to the steps before to get those after. */
export function changeOfSteps(
  before: readonly ResidencyStep[],
  after: readonly ResidencyStep[],
): readonly ResidencyStep[] {
  const sums = new Map<string, ResidencyStep>();
  const add = ({ parkId, on, residents, registeredStaff }: ResidencyStep, sign: 1 | -1) => {
    const sum = sums.get(`${parkId} ${on}`) ?? { parkId, on, residents: 0, registeredStaff: 0 };
    sums.set(`${parkId} ${on}`, {
      ...sum,
      residents: sum.residents + sign * residents,
      registeredStaff: sum.registeredStaff + sign * registeredStaff,
    });
  };
  for (const step of after) add(step, 1);
  for (const step of before) add(step, -1);
  return [...sums.values()].filter(({ residents, registeredStaff }) => residents !== 0 || registeredStaff !== 0);
}

/** What is resident on a day: the sum of the steps of one park up to and with that day, in whatever order they come. */
export function levelOn(
  steps: readonly Pick<ResidencyStep, keyof ResidencyLevel | 'on'>[],
  day: string,
): ResidencyLevel {
  let residents = 0;
  let registeredStaff = 0;
  for (const step of steps) {
    if (step.on > day) continue;
    residents += step.residents;
    registeredStaff += step.registeredStaff;
  }
  return { residents, registeredStaff };
}
