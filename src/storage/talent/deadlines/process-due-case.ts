import { SYSTEM } from '../../../domain/cases/access.ts';
import { decideCase } from '../../../domain/cases/decide.ts';
import { type Due, type DueAction, fallenDue } from '../../../domain/cases/due.ts';
import { CodedError } from '../../../errors.ts';
import type { Table } from '../../dynamodb/table.ts';
import { commitChange } from '../cases/case-changes.ts';
import { readSituation } from '../cases/situations.ts';
import {
  type DeadlineContext,
  dueAfter,
  type LoadedSituation,
  recomputeDeadlines,
  recordNotices,
} from './record-notices.ts';

/** The result of processing. */
export interface Done {
  /** Recorded notices of ends that come near or are missed. */
  readonly recorded: number;
  /** Deemed acceptances and lapses. */
  readonly acted: number;
  /** Cases whose days were recomputed, and the number of ends that moved. */
  readonly recomputed: number;
  readonly moved: number;
}
export const NOTHING_DONE: Done = { recorded: 0, acted: 0, recomputed: 0, moved: 0 };

/** Upper bound of rounds. Each conflict takes one, and after an outage each due event does. */
const MAX_ROUNDS = 12;

const situationAt = ({ now, calendar }: DeadlineContext) => ({ now, calendarOf: () => calendar });

/**
 * Processes every due event of a case, one after another.
 * @throws CodedError CONFLICT where other requests keep changing the case
 */
export async function processDueCase(table: Table, caseId: string, context: DeadlineContext): Promise<Done> {
  let { recorded, acted } = NOTHING_DONE;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const situation = await readSituation(table, caseId, situationAt(context));
    if (!situation) return { ...NOTHING_DONE, recorded, acted };
    const { case: of, caseType, notices: before } = situation;
    const { notices, action } = fallenDue({ case: of, caseType, recorded: before }, context.now, context.calendar);
    if (notices.length > 0) {
      if (!(await recordNotices(table, situation, notices, context))) continue;
      recorded += notices.length;
      if (!action) return { ...NOTHING_DONE, recorded, acted };
    } else if (action) {
      if (await act(table, situation, action, context)) acted += 1;
    } else if (
      isSame(situation.due, dueAfter(situation, [], context)) ||
      (await recordNotices(table, situation, [], context))
    ) {
      return { ...NOTHING_DONE, recorded, acted };
    }
  }
  throw keepsChanging();
}

/** Acts as the system, once per version of a case. */
async function act(table: Table, situation: LoadedSituation, action: DueAction, context: DeadlineContext) {
  const { id, course } = situation.case;
  const { version } = course;
  const decision = decideCase(situation, { action, version }, SYSTEM, { now: context.now, locale: 'ZH' });
  if (!decision.ok) throw new Error(`${action} is due but not allowed: ${decision.refusals[0]?.code}`);
  const once = { mutation: action, key: `${id}#${version}`, input: undefined, now: context.now };
  const outcome = await commitChange(table, once, situation, decision.value);
  return 'committed' in outcome && outcome.committed;
}

/** Recomputes the days of a case, if another calendar computed them. */
export async function recomputeCase(table: Table, caseId: string, context: DeadlineContext): Promise<Done> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const situation = await readSituation(table, caseId, situationAt(context));
    const ends = situation?.due?.ends;
    if (!ends || ends.calendarVersion === context.calendar.version) return NOTHING_DONE;
    const moved = await recomputeDeadlines(table, situation, context);
    if (moved) return { ...NOTHING_DONE, recomputed: 1, moved: moved.length };
  }
  throw keepsChanging();
}

/** Returns whether the next due event is unchanged. An index may return an outdated entry. */
function isSame(kept: Due | null, due: Due | null): boolean {
  return kept?.on === due?.on && kept?.what === due?.what && kept?.version === due?.version;
}

function keepsChanging(): CodedError {
  return new CodedError('CONFLICT', 'Other requests keep changing the same case.');
}
