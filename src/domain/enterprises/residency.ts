/** Residency of enterprises, and its sums for a park. */
import { addDays, type DayInterval, isWithin } from '../calendar/day.ts';
import type { ResidencyLevel } from '../published-figures/resumption.ts';
import { type Classification, type Classified, classesOn } from './classification.ts';

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
  const rank = ({ kind, from, parkId }: Residency) => `${RESIDENCY_KINDS.indexOf(kind)}#${from}#${parkId}`;
  const here = residencies.filter((residency) => isWithin(day, residency));
  return here.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))[0] ?? null;
}

/** A step of the residents of one sector and size class. */
export interface ClassifiedStep extends ResidencyStep, Classification {}

/**
 * Returns the steps that one enterprise's stays add to the parks, in order of days. A step adds 1 and the registered
 * staff on the first day that it counts. It subtracts both on the first day that it no longer counts.
 */
export function residencySteps(residencies: readonly Residency[]): readonly ResidencyStep[] {
  return stepsBy(residencies, [], () => ({}));
}

/** Returns the steps of an enterprise's stays by class. On a change of class, it leaves one and joins the other. */
export function classifiedSteps(
  of: Classified & { readonly residencies: readonly Residency[] },
): readonly ClassifiedStep[] {
  const changes = of.formerClasses?.map(({ to }) => addDays(to, 1)) ?? [];
  return stepsBy(of.residencies, changes, (day) => classesOn(of, day));
}

/** @param changes days on which the classes change */
function stepsBy<Classes>(
  residencies: readonly Residency[],
  changes: readonly string[],
  classesOf: (day: string) => Classes,
): readonly (ResidencyStep & Classes)[] {
  const turns = residencies.flatMap(({ from, to }) => (to === null ? [from] : [from, addDays(to, 1)]));
  const steps: (ResidencyStep & Classes)[] = [];
  let before = null as { readonly stay: Residency; readonly classes: Classes } | null;
  for (const on of [...new Set([...turns, ...changes])].sort()) {
    const stay = countingResidency(residencies, on);
    if (stay === (before?.stay ?? null) && !changes.includes(on)) continue;
    if (before) steps.push(stepOf(before, on, -1));
    before = stay && { stay, classes: classesOf(on) };
    if (before) steps.push(stepOf(before, on, 1));
  }
  return steps;
}

function stepOf<Classes>(
  { stay, classes }: { readonly stay: Residency; readonly classes: Classes },
  on: string,
  sign: 1 | -1,
): ResidencyStep & Classes {
  return { parkId: stay.parkId, on, ...classes, residents: sign, registeredStaff: sign * stay.registeredStaff };
}

/** Returns the steps to add to `before` to get `after`. */
export function changeOfSteps<Step extends ResidencyStep & Partial<Classification>>(
  before: readonly Step[],
  after: readonly Step[],
): readonly Step[] {
  const sums = new Map<string, Step>();
  const add = (step: Step, sign: 1 | -1) => {
    const place = [step.parkId, step.on, step.sector, step.sizeClass].join(' ');
    const sum = sums.get(place) ?? { ...step, residents: 0, registeredStaff: 0 };
    sums.set(place, {
      ...sum,
      residents: sum.residents + sign * step.residents,
      registeredStaff: sum.registeredStaff + sign * step.registeredStaff,
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
