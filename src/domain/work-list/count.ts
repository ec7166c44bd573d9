/**
 * Counts of an agency's work items, by due day and state. Overdue and due-soon items follow from the current day, so
 * nothing is counted anew at midnight.
 */
import type { Calendar } from '../calendar/calendar.ts';
import { CASE_STATES, type CaseState } from '../cases/state.ts';
import { isDueSoon, isOverdue } from './work-item.ts';

/** The work items of an agency that are due on one day, by state. */
export interface WorkOfDay {
  /** Null for those without one. */
  readonly dueOn: string | null;
  readonly inState: { readonly [State in CaseState]?: number };
}

export interface WorkCounts {
  readonly total: number;
  /** States with at least one item, in the order of a case's course. */
  readonly byState: readonly { readonly state: CaseState; readonly count: number }[];
  readonly overdue: number;
  readonly dueSoon: number;
}

export function countWork(days: readonly WorkOfDay[], today: string, calendar: Calendar): WorkCounts {
  const groups = days.flatMap(({ dueOn, inState }) =>
    CASE_STATES.map((state) => ({ state, dueOn, count: inState[state] ?? 0 })),
  );
  const sum = (of: readonly { readonly count: number }[]) => of.reduce((total, { count }) => total + count, 0);
  const byState = CASE_STATES.map((state) => ({ state, count: sum(groups.filter((group) => group.state === state)) }));
  return {
    total: sum(groups),
    byState: byState.filter(({ count }) => count > 0),
    overdue: sum(groups.filter((group) => isOverdue(group, today))),
    dueSoon: sum(groups.filter((group) => isDueSoon(group, today, calendar))),
  };
}
