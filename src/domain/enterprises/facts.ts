import type { Localized } from '../locale.ts';
import type { Classification } from './classification.ts';

/** The facts of an enterprise that its home zone answers for. */
export interface EnterpriseFacts extends Classification {
  readonly name: Localized;
  /** GB/T 4754-2017 with its section's letter, e.g. `I6513`. */
  readonly industryCode: string;
  /** Registered staff. */
  readonly staffCount: number;
}
