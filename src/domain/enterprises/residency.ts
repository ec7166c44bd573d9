/** Residency of enterprises, and its sums for a park. */
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

/** A change of a park's residents and registered staff, from the start of a day on. */
export interface ResidencyStep extends ResidencyLevel {
  readonly parkId: string;
  readonly on: string;
}

/**
 * Returns the one stay by which an enterprise counts on a day, so that no two parks count it. Operating comes before
 * incubated, and incubated before registered. Among equals, the earlier stay counts, then the lower park id.
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
 * Returns the steps that one enterprise's stays add to the parks, in order of days. A step adds 1 and the registered
 * staff on the first day that it counts. It subtracts both on the first day that it no longer counts.
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

/** Returns the steps to add to `before` to get `after`. */
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

/** Returns the level on a day: the sum of one park's steps up to and including that day, in any order. */
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
