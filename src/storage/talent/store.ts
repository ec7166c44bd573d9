import type { Table } from '../table.ts';
import { type CaseTypes, openCaseTypes } from './case-types.ts';
import { type Cases, openCases } from './cases.ts';
import { type Looker, type Looks, openLooks } from './looks.ts';

/** The talent table, opened for one request. */
export interface TalentStore {
  readonly cases: Cases;
  readonly caseTypes: CaseTypes;
  /** Who looks at whose data: to be told of all that is shown of another's case. */
  readonly looks: Looks;
}

export function openTalentStore(table: Table, looker: Looker): TalentStore {
  return { cases: openCases(table), caseTypes: openCaseTypes(table), looks: openLooks(table, looker) };
}
