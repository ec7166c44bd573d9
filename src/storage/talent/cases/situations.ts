import type { CaseSituation } from '../../../domain/cases/file.ts';
import type { Table } from '../../dynamodb/table.ts';
import { calendarsAt, readSituation } from './case-changes.ts';

/** Reads the facts that decide actions on a case, without an action. */
export interface Situations {
  /** Returns the facts of a case; null where there is none. */
  of(caseId: string, now: Date): Promise<CaseSituation | null>;
}

export function openSituations(table: Table): Situations {
  return { of: (caseId, now) => readSituation(table, caseId, { now, calendarOf: calendarsAt(table, now) }) };
}
