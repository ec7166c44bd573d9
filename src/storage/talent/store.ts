import { requiredCursorSecret } from '../../secrets.ts';
import { writeCaseSecret } from '../credentials/case-secrets.ts';
import type { CaseSecretFacts } from '../credentials/items.ts';
import type { Page, PageRequest } from '../dynamodb/page.ts';
import { type AccessLogEntry, readAccessLog } from './access-log/read.ts';
import { type Accessor, type AccessRecorder, openAccessRecorder } from './access-log/record.ts';
import { type CaseTypeChanges, type CaseTypes, openCaseTypeChanges, openCaseTypes } from './case-types/case-types.ts';
import { type CaseChanges, openCaseChanges } from './cases/case-changes.ts';
import { type Cases, openCases } from './cases/cases.ts';
import { type ManyChanges, openManyChanges } from './cases/many-changes.ts';
import { type Documents, openDocuments } from './documents/documents.ts';
import { type DocumentLinks, openDocumentLinks } from './documents/links.ts';
import { type Identities, openIdentities } from './people/identities.ts';
import { openPeople, type People } from './people/people.ts';
import type { TalentTable } from './people/sealing.ts';
import { openPlaces, type Places } from './places/places.ts';
import { openReveals, type Reveals } from './reveals/reveals.ts';
import { type CaseStatistics, openCaseStatistics } from './statistics/statistics.ts';
import { openWorklist, type Worklist } from './work-list/work-list.ts';

/** The talent table, opened for one request. */
export interface TalentStore {
  readonly cases: Cases;
  readonly caseTypes: CaseTypes;
  /** Personal data, encrypted and in masked forms. */
  readonly people: People;
  /** The recorder of this request, for every field of another person's case that it shows. */
  readonly accessRecorder: AccessRecorder;
  /** Returns a page of a person's access log, newest first. */
  accessLogOf(person: string, page: PageRequest): Promise<Page<AccessLogEntry>>;
  readonly statistics: CaseStatistics;
  readonly caseChanges: CaseChanges;
  readonly manyChanges: ManyChanges;
  /** Officers' reveals of personal values, with their quota. */
  readonly reveals: Reveals;
  /** Work lists of agencies. */
  readonly worklist: Worklist;
  readonly caseTypeChanges: CaseTypeChanges;
  readonly documents: Documents;
  /** Identity numbers that officers verify. */
  readonly identities: Identities;
  readonly documentLinks: DocumentLinks;
  /** Places of facilities that cases take. */
  readonly places: Places;
  /** Secrets of receipt numbers, stored as hashes in the credentials table. */
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
    accessRecorder: openAccessRecorder(table, accessor),
    accessLogOf: (person, page) => readAccessLog(table, person, page),
    statistics: openCaseStatistics(table),
    caseChanges,
    documents: openDocuments(table, people, caseChanges),
    identities: openIdentities(table, people, caseChanges),
    documentLinks: openDocumentLinks(table, people),
    manyChanges: openManyChanges(table),
    places: openPlaces(table),
    receiptSecrets: { set: (secret) => writeCaseSecret(table.credentials, secret) },
    reveals: openReveals(table, requiredCursorSecret),
    worklist: openWorklist(table, cases),
    caseTypeChanges: openCaseTypeChanges(table),
  };
}
