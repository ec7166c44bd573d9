/**
 * When a person's data may be destroyed: their cases have come to their end, and the time is over for which the results must
 * be kept (PIPL art. 47; the time is data of the case type).
 */

import { addMonths, dayInShanghai } from '../calendar/day.ts';
import type { CaseState } from '../cases/state.ts';

/** Nothing more happens to a case in these, whatever may still be rated. */
const ENDED: readonly CaseState[] = ['CLOSED', 'WITHDRAWN', 'LAPSED', 'NOT_ACCEPTED'];

export interface KeptCase {
  readonly id: string;
  readonly state: CaseState;
  /** RFC 3339. */
  readonly updatedAt: string;
  /** Null where nobody knows: then for good. */
  readonly retentionYears: number | null;
}

export type ErasureObstacle =
  | { readonly code: 'UNDER_WAY'; readonly caseId: string }
  /** The first day on which it may go; null where there is none. */
  | { readonly code: 'RETAINED'; readonly caseId: string; readonly until: string | null };

/** What keeps a person's data from being destroyed on a day, `YYYY-MM-DD`. */
export function erasureObstacles(cases: readonly KeptCase[], today: string): readonly ErasureObstacle[] {
  return cases.flatMap(({ id: caseId, state, updatedAt, retentionYears }): ErasureObstacle[] => {
    if (!ENDED.includes(state)) return [{ code: 'UNDER_WAY', caseId }];
    if (retentionYears === null) return [{ code: 'RETAINED', caseId, until: null }];
    const until = addMonths(dayInShanghai(new Date(updatedAt)), retentionYears * 12);
    return today < until ? [{ code: 'RETAINED', caseId, until }] : [];
  });
}
