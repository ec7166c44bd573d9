import { requiredCursorSecret } from '../../secrets.ts';
import { writeCaseSecret } from '../credentials/case-secrets.ts';
import type { CaseSecretFacts } from '../credentials/items.ts';
import type { Page, PageRequest } from '../page.ts';
import { type DataAccess, readDataAccess } from './access-log/read.ts';
import { type AccessNotes, type Accessor, openAccessNotes } from './access-log/record.ts';
import { type CaseChanges, openCaseChanges } from './case-changes.ts';
import { type CaseTypeChanges, openCaseTypeChanges } from './case-type-changes.ts';
import { type CaseTypes, openCaseTypes } from './case-types.ts';
import { type Cases, openCases } from './cases.ts';
import { type DocumentLinks, openDocumentLinks } from './document-links.ts';
import { type Documents, openDocuments } from './documents.ts';
import { type Identities, openIdentities } from './identities.ts';
import { type ManyChanges, openManyChanges } from './many-changes.ts';
import { openPeople, type People } from './people.ts';
import { openReveals, type Reveals } from './reveals.ts';
import type { TalentTable } from './sealing.ts';
import { type CaseStatistics, openCaseStatistics } from './statistics.ts';
import { openWorklist, type Worklist } from './worklist.ts';

/** The talent table, opened for one request. */
export interface TalentStore {
  readonly cases: Cases;
  readonly caseTypes: CaseTypes;
  /** Personal data, encrypted and in masked forms. */
  readonly people: People;
  /** The access log of this request: everything that is shown of another's case is noted in it. */
  readonly accessNotes: AccessNotes;
  /** A person's access log, newest first. */
  dataAccessOf(person: string, page: PageRequest): Promise<Page<DataAccess>>;
  readonly statistics: CaseStatistics;
  readonly caseChanges: CaseChanges;
  readonly manyChanges: ManyChanges;
  /** What officers open of persons, within their quota. */
  readonly reveals: Reveals;
  /** What agencies have to do. */
  readonly worklist: Worklist;
  readonly caseTypeChanges: CaseTypeChanges;
  readonly documents: Documents;
  /** Identity numbers that officers verify. */
  readonly identities: Identities;
  readonly documentLinks: DocumentLinks;
  /** What goes with receipt numbers: kept as hashes, in the table of credentials. */
  readonly receiptSecrets: { set(secret: CaseSecretFacts): Promise<void> };
}

export function openTalentStore(table: TalentTable, accessor: Accessor): TalentStore {
  const people = openPeople(table);
  const cases = openCases(table);
  const caseChanges = openCaseChanges(table, people);
  return {
    cases,
    caseTypes: openCaseTypes(table),
    people,
    accessNotes: openAccessNotes(table, accessor),
    dataAccessOf: (person, page) => readDataAccess(table, person, page),
    statistics: openCaseStatistics(table),
    caseChanges,
    documents: openDocuments(table, people, caseChanges),
    identities: openIdentities(table, people, caseChanges),
    documentLinks: openDocumentLinks(table, people),
    manyChanges: openManyChanges(table),
    receiptSecrets: { set: (secret) => writeCaseSecret(table.credentials, secret) },
    reveals: openReveals(table, requiredCursorSecret),
    worklist: openWorklist(table, cases),
    caseTypeChanges: openCaseTypeChanges(table),
  };
}
