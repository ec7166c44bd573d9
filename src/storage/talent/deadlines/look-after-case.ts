import { SYSTEM } from '../../../domain/cases/access.ts';
import { decideCase } from '../../../domain/cases/decide.ts';
import { type Due, fallenDue } from '../../../domain/cases/due.ts';
import { CodedError } from '../../../errors.ts';
import type { Table } from '../../dynamodb/table.ts';
import { commitChange, readSituation } from '../cases/case-changes.ts';
import { dueAfter, type LoadedSituation, type Look, noteDeadlines, recomputeDeadlines } from './note-deadlines.ts';

/** What was done. */
export interface Done {
  /** Notices of ends that come near or are missed. */
  readonly noted: number;
  /** Acceptances that a missed notice stands for, and lapses. */
  readonly acted: number;
  /** Cases whose days were computed anew, and how many ends that moved. */
  readonly recomputed: number;
  readonly moved: number;
}
export const NOTHING_DONE: Done = { noted: 0, acted: 0, recomputed: 0, moved: 0 };

/** So many times somebody else may come first. After an outage one thing follows another: each is a turn too. */
const MAX_TURNS = 12;

/**
 * Does what has fallen due in a case, one after another, until nothing is left.
 * @throws CodedError CONFLICT where others change the case without end
 */
export async function lookAfterCase(table: Table, caseId: string, look: Look): Promise<Done> {
  let { noted, acted } = NOTHING_DONE;
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const situation = await readSituation(table, caseId);
    if (!situation) return { ...NOTHING_DONE, noted, acted };
    const { case: of, caseType, notices: before } = situation;
    const { notices, action } = fallenDue({ case: of, caseType, noted: before }, look.now, look.calendar);
    if (notices.length > 0) {
      if (!(await noteDeadlines(table, situation, notices, look))) continue;
      noted += notices.length;
      if (!action) return { ...NOTHING_DONE, noted, acted };
    } else if (action) {
      if (await act(table, situation, action, look)) acted += 1;
    } else if (
      isSame(situation.due, dueAfter(situation, [], look)) ||
      (await noteDeadlines(table, situation, [], look))
    ) {
      return { ...NOTHING_DONE, noted, acted };
    }
  }
  throw changedWithoutEnd();
}

/** Acts as the system, once for each version of a case. */
async function act(table: Table, situation: LoadedSituation, action: 'DEEM_ACCEPTED' | 'LAPSE', look: Look) {
  const { id, course } = situation.case;
  const { version } = course;
  const decision = decideCase(situation, { action, version }, SYSTEM, { ...look, locale: 'ZH' });
  if (!decision.ok) throw new Error(`${action} has fallen due and may not be: ${decision.refusals[0]?.code}`);
  const once = { mutation: action, key: `${id}#${version}`, input: undefined, now: look.now };
  const outcome = await commitChange(table, once, situation, decision.value);
  return 'committed' in outcome && outcome.committed;
}

/** Computes the days of a case anew, where another calendar has computed them. */
export async function recomputeCase(table: Table, caseId: string, look: Look): Promise<Done> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const situation = await readSituation(table, caseId);
    const ends = situation?.due?.ends;
    if (!ends || ends.calendarVersion === look.calendar.version) return NOTHING_DONE;
    const moved = await recomputeDeadlines(table, situation, look);
    if (moved) return { ...NOTHING_DONE, recomputed: 1, moved: moved.length };
  }
  throw changedWithoutEnd();
}

/** As far as it says when to look again: an index may bring what has moved on already. */
function isSame(kept: Due | null, due: Due | null): boolean {
  return kept?.on === due?.on && kept?.what === due?.what && kept?.version === due?.version;
}

function changedWithoutEnd(): CodedError {
  return new CodedError('CONFLICT', 'Others are changing the same case without end.');
}
