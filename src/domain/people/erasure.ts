/**
 * Conditions for erasing a person's data: their cases have ended, and the retention period of the results is over (PIPL
 * art. 47). The case type sets that period.
 */

import { addMonths, dayInShanghai } from '../calendar/day.ts';
import type { CaseState } from '../cases/state.ts';

/** States after which nothing happens to a case but a rating. */
const ENDED: readonly CaseState[] = ['CLOSED', 'WITHDRAWN', 'LAPSED', 'NOT_ACCEPTED'];

export interface KeptCase {
  readonly id: string;
  readonly state: CaseState;
  /** RFC 3339. */
  readonly updatedAt: string;
  /** Null where it is unknown: the case is stored forever then. */
  readonly retentionYears: number | null;
}

export type ErasureObstacle =
  | { readonly code: 'UNDER_WAY'; readonly caseId: string }
  /** The first day on which the data may be erased; null where there is none. */
  | { readonly code: 'RETAINED'; readonly caseId: string; readonly until: string | null };

/** Returns the obstacles to a person's erasure on a day, `YYYY-MM-DD`. */
export function erasureObstacles(cases: readonly KeptCase[], today: string): readonly ErasureObstacle[] {
  return cases.flatMap(({ id: caseId, state, updatedAt, retentionYears }): ErasureObstacle[] => {
    if (!ENDED.includes(state)) return [{ code: 'UNDER_WAY', caseId }];
    if (retentionYears === null) return [{ code: 'RETAINED', caseId, until: null }];
    const until = addMonths(dayInShanghai(new Date(updatedAt)), retentionYears * 12);
    return today < until ? [{ code: 'RETAINED', caseId, until }] : [];
  });
}
