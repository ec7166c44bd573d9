import type { Table } from '../table.ts';
import { type CaseTypes, openCaseTypes } from './case-types.ts';
import { type Cases, openCases } from './cases.ts';

/** The talent table, opened for one request. */
export interface TalentStore {
  readonly cases: Cases;
  readonly caseTypes: CaseTypes;
}

export function openTalentStore(table: Table): TalentStore {
  return { cases: openCases(table), caseTypes: openCaseTypes(table) };
}
