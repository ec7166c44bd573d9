import type { Calendar } from '../../domain/calendar/calendar.ts';
import { requiredCursorSecret } from '../../secrets.ts';
import { calendarInForce } from '../calendar/calendar-in-force.ts';
import { writeCaseSecret } from '../credentials/case-secrets.ts';
import type { CaseSecretFacts } from '../credentials/items.ts';
import { openOnUse } from '../dynamodb/connection.ts';
import type { Page, PageRequest } from '../dynamodb/page.ts';
import { type AccessLogEntry, type LogOfCase, readAccessLog, readAccessLogOfCase } from './access-log/read.ts';
import { type Accessor, type AccessRecorder, openAccessRecorder } from './access-log/record.ts';
import { type CardRecognitions, openCardRecognitions } from './agreements/card-recognitions.ts';
import { type CaseAgreements, openCaseAgreements } from './agreements/case-agreements.ts';
import { type CaseTypeChanges, type CaseTypes, openCaseTypeChanges, openCaseTypes } from './case-types/case-types.ts';
import { type CaseChanges, openCaseChanges } from './cases/case-changes.ts';
import { type Cases, openCases } from './cases/cases.ts';
import { type ManyChanges, openManyChanges } from './cases/many-changes.ts';
import { openSituations, type Situations } from './cases/situations.ts';
import { type Developers, openDevelopers } from './developers/developers.ts';
import { type Documents, openDocuments } from './documents/documents.ts';
import { type DocumentLinks, openDocumentLinks } from './documents/links.ts';
import { type DocumentNotes, openDocumentNotes } from './documents/notes.ts';
import { openVerifiedDocuments, type VerifiedDocuments } from './documents/verified-documents.ts';
import type { CaseItem } from './items.ts';
import { type DigestContacts, openDigestContacts } from './news/digest-contacts.ts';
import { type NewsContacts, openNewsContacts } from './news/news-contacts.ts';
import { casesOfPerson } from './people/erase-person.ts';
import { type Identities, openIdentities } from './people/identities.ts';
import { openPeople, type People } from './people/people.ts';
import { openPersonFacts, type PersonFactsStore } from './people/recorded-facts.ts';
import type { TalentTable } from './people/sealing.ts';
import { openPlaces, type Places } from './places/places.ts';
import { openReveals, type Reveals } from './reveals/reveals.ts';
import { type CaseStatistics, openCaseStatistics } from './statistics/statistics.ts';
import { openWorklist, type Worklist } from './work-list/work-list.ts';

/** The talent table, opened for one request. */
export interface TalentStore {
  readonly cases: Cases;
  readonly caseTypes: CaseTypes;
  /** Returns the calendar of working days in force at a request's moment. */
  calendarInForce(now: Date): Promise<Calendar>;
  /** Personal data, encrypted and in masked forms. */
  readonly people: People;
  /** Facts of persons from agencies' registers. */
  readonly personFacts: PersonFactsStore;
  /** The recorder of this request, for every field of another person's case that it shows. */
  readonly accessRecorder: AccessRecorder;
  /** Returns a page of a person's access log, newest first. */
  accessLogOf(person: string, page: PageRequest): Promise<Page<AccessLogEntry>>;
  /** Returns a page of the access log of a case, newest first. */
  accessLogOfCase(of: LogOfCase, page: PageRequest): Promise<Page<AccessLogEntry>>;
  readonly statistics: CaseStatistics;
  readonly caseChanges: CaseChanges;
  readonly manyChanges: ManyChanges;
  /** Returns a person's cases: an index Query and a BatchGet. */
  readonly casesOfPerson: (person: string) => Promise<readonly CaseItem[]>;
  /** Officers' reveals of personal values, with their quota. */
  readonly reveals: Reveals;
  /** Work lists of agencies. */
  readonly worklist: Worklist;
  readonly caseTypeChanges: CaseTypeChanges;
  /** The facts that decide the actions that a case allows. */
  readonly situations: Situations;
  readonly documents: Documents;
  /** Identity numbers that officers verify. */
  readonly identities: Identities;
  readonly documentLinks: DocumentLinks;
  /** Documents that another zone has verified. */
  readonly verifiedDocuments: VerifiedDocuments;
  /** Agreements on cases across zones. */
  readonly agreements: CaseAgreements;
  /** Recognitions of talent cards of other zones. */
  readonly cardRecognitions: CardRecognitions;
  readonly documentNotes: DocumentNotes;
  /** Contacts at which applicants hear of news. */
  readonly newsContacts: NewsContacts;
  /** Contacts at which officers are sent digests. */
  readonly digestContacts: DigestContacts;
  /** Places of facilities that cases take. */
  readonly places: Places;
  /** Accounts of zones' systems. */
  readonly developers: Developers;
  /** Secrets of receipt numbers, stored as hashes in the credentials table. */
  readonly receiptSecrets: { set(secret: CaseSecretFacts): Promise<void> };
}

/** The talent table of one request, and who accesses what it holds. */
interface TalentSource {
  readonly table: TalentTable;
  readonly accessor: Accessor;
}

export const openTalentStore = openOnUse<TalentSource, TalentStore>({
  cases: ({ table }) => openCases(table),
  caseTypes: ({ table }) => openCaseTypes(table),
  calendarInForce:
    ({ table }) =>
    (now) =>
      calendarInForce(table, now),
  people: ({ table }) => openPeople(table),
  personFacts: ({ table }, { people }) => openPersonFacts(table, people),
  accessRecorder: ({ table, accessor }) => openAccessRecorder(table, accessor),
  accessLogOf:
    ({ table }) =>
    (person, page) =>
      readAccessLog(table, person, page),
  accessLogOfCase:
    ({ table }) =>
    (of, page) =>
      readAccessLogOfCase(table, of, page),
  statistics: ({ table }) => openCaseStatistics(table),
  caseChanges: ({ table }, { people }) => openCaseChanges(table, people),
  documents: ({ table }, { people, caseChanges }) => openDocuments(table, people, caseChanges),
  identities: ({ table }, { people, caseChanges }) => openIdentities(table, people, caseChanges),
  documentLinks: ({ table }, { people }) => openDocumentLinks(table, people),
  documentNotes: (_, { people }) => openDocumentNotes(people),
  verifiedDocuments: ({ table }, { caseChanges, agreements }) => openVerifiedDocuments(table, caseChanges, agreements),
  newsContacts: ({ table }, { caseChanges }) => openNewsContacts(table, caseChanges),
  digestContacts: ({ table }) => openDigestContacts(table),
  manyChanges: ({ table }) => openManyChanges(table),
  agreements: ({ table }) => openCaseAgreements(table),
  cardRecognitions: ({ table }) => openCardRecognitions(table),
  places: ({ table }) => openPlaces(table),
  developers: ({ table }) => openDevelopers(table),
  receiptSecrets: ({ table }) => ({ set: (secret) => writeCaseSecret(table.credentials, secret) }),
  casesOfPerson:
    ({ table }) =>
    (person) =>
      casesOfPerson(table, person),
  reveals: ({ table }) => openReveals(table, requiredCursorSecret),
  worklist: ({ table }, { cases }) => openWorklist(table, cases),
  caseTypeChanges: ({ table }) => openCaseTypeChanges(table),
  situations: ({ table }) => openSituations(table),
});
