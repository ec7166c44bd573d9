import type { Localized } from '../locale.ts';
import type { Sector, SizeClass } from './industry.ts';

/** The facts of an enterprise that its home zone answers for. */
export interface EnterpriseFacts {
  readonly name: Localized;
  /** GB/T 4754-2017 with its section's letter, e.g. `I6513`. */
  readonly industryCode: string;
  readonly sector: Sector;
  readonly sizeClass: SizeClass;
  /** Registered staff. */
  readonly staffCount: number;
}
