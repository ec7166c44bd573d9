/** Enterprises of a day and what they contribute to a sum or a difference of shown figures. */
import type { Sector, SizeClass } from '../enterprises/industry.ts';
import { addContributions, type Contributions, isDominated, NO_CONTRIBUTIONS } from '../statistics/dominance.ts';
import { ENTERPRISE_THRESHOLD, type Suppression } from '../statistics/suppression.ts';
import type { OperationMode } from './resumption.ts';

/** The resident enterprises of one sector, mode and size class. */
export interface DayPart {
  readonly sector: Sector;
  readonly mode: OperationMode;
  readonly size: SizeClass;
  readonly enterprises: number;
  readonly staff: Contributions;
  readonly returned: Contributions;
}

/** The enterprises of a sum or a difference, and their contributions. */
export interface Load {
  readonly resumed: number;
  readonly notResumed: number;
  readonly staff: Contributions;
  readonly returned: Contributions;
}

export const NO_LOAD: Load = { resumed: 0, notResumed: 0, staff: NO_CONTRIBUTIONS, returned: NO_CONTRIBUTIONS };

export function loadOf(parts: readonly DayPart[]): Load {
  return parts.reduce<Load>((load, { mode, enterprises, staff, returned }) => {
    const [resumed, notResumed] = mode === 'NOT_RESUMED' ? [0, enterprises] : [enterprises, 0];
    return addLoads(load, { resumed, notResumed, staff, returned });
  }, NO_LOAD);
}

export function addLoads(a: Load, b: Load): Load {
  return {
    resumed: a.resumed + b.resumed,
    notResumed: a.notResumed + b.notResumed,
    staff: addContributions(a.staff, b.staff),
    returned: addContributions(a.returned, b.returned),
  };
}

/** Returns the reason why a sum or a difference can't be shown; null where it can. */
export function reasonOf({ resumed, notResumed, staff, returned }: Load): Suppression | null {
  if (isFew(resumed) || isFew(notResumed)) return 'BELOW_THRESHOLD';
  return isDominated(staff) || isDominated(returned) ? 'DOMINATED' : null;
}

const isFew = (enterprises: number) => enterprises > 0 && enterprises < ENTERPRISE_THRESHOLD;
