/** The parks and days that a change affects. Every write of reports and stays is checked by this rule. */
import { addDays, type DayInterval } from '../calendar/day.ts';
import type { ResidencyStep } from '../enterprises/residency.ts';

/** Days of one park, both ends included; `to: null` where they have no end. */
export interface TouchedDays extends DayInterval {
  readonly parkId: string;
}

/** Returns the one day of the park that a report counts for. */
export function touchedByReport({ parkId, day }: { readonly parkId: string; readonly day: string }): TouchedDays {
  return { parkId, from: day, to: day };
}

/**
 * Returns the days on which changed steps of residency change a park's level.
 * @param steps the steps added to the parks, in any order
 */
export function touchedBySteps(steps: readonly ResidencyStep[]): readonly TouchedDays[] {
  const touched: TouchedDays[] = [];
  for (const [parkId, ofPark] of Map.groupBy(steps, (step) => step.parkId)) {
    let residents = 0;
    let registeredStaff = 0;
    let from: string | null = null;
    for (const [on, together] of [...Map.groupBy(ofPark, (step) => step.on)].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const step of together) {
        residents += step.residents;
        registeredStaff += step.registeredStaff;
      }
      const isChanged = residents !== 0 || registeredStaff !== 0;
      if (isChanged && from === null) from = on;
      if (!isChanged && from !== null) {
        touched.push({ parkId, from, to: addDays(on, -1) });
        from = null;
      }
    }
    if (from !== null) touched.push({ parkId, from, to: null });
  }
  return touched;
}

/** Returns the message for a change that would affect closed days. */
export function closedDaysMessage(days: readonly string[]): string {
  const [first = '', ...others] = days;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `This would change the published figures of ${first}${more}, which are closed. Propose a correction.`;
}
