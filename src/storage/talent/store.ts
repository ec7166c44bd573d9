import { type CaseTypes, openCaseTypes } from './case-types.ts';
import { type Cases, openCases } from './cases.ts';
import { type Looker, type Looks, openLooks } from './looks.ts';
import { openPeople, type People } from './people.ts';
import type { TalentTable } from './sealing.ts';

/** The talent table, opened for one request. */
export interface TalentStore {
  readonly cases: Cases;
  readonly caseTypes: CaseTypes;
  /** Personal data, encrypted and in masked forms. */
  readonly people: People;
  /** Who looks at whose data: to be told of all that is shown of another's case. */
  readonly looks: Looks;
}

export function openTalentStore(table: TalentTable, looker: Looker): TalentStore {
  return {
    cases: openCases(table),
    caseTypes: openCaseTypes(table),
    people: openPeople(table),
    looks: openLooks(table, looker),
  };
}
