/** Resolvers' parents that are not stored items, named in `codegen.ts`. */

import type { AccessView } from '../../domain/access-log/entry.ts';
import type { Pause } from '../../domain/calendar/deadline.ts';
import type { CaseArrangement } from '../../domain/case-types/case-type.ts';
import type { CaseDeadlines } from '../../domain/cases/deadline.ts';
import type { PossibleAction } from '../../domain/cases/possible-actions.ts';
import type { CaseStage } from '../../domain/cases/progress.ts';
import type { OpenRequest } from '../../domain/cases/supplements/supplement.ts';
import type { AgencyContact } from '../../domain/cases/supplements/supplement-reason.ts';
import type { Eligibility, UnmetCondition } from '../../domain/eligibility/check.ts';
import type { CountedRecognition } from '../../domain/linkages/recognition.ts';
import type { IdentityFacts } from '../../domain/people/identity.ts';
import type { RecordedFacts } from '../../domain/people/recorded-facts.ts';
import type { FactValue, Term } from '../../domain/rules/rule.ts';
import type { WorkCounts } from '../../domain/work-list/count.ts';
import type { ApiKeyFacts, WebhookItem } from '../../storage/credentials/items.ts';
import type { Page } from '../../storage/dynamodb/page.ts';
import type { AccessLogEntry } from '../../storage/talent/access-log/read.ts';

export type { VerificationFacts } from '../../domain/documents/verification.ts';

import type { OpenUpload } from '../../storage/talent/documents/documents.ts';
import type { DocumentVersionItem } from '../../storage/talent/documents/items.ts';
import type { CaseFacts, CaseItem, CaseTypeFacts, OutcomeRecord } from '../../storage/talent/items.ts';
import type { PublishedFigures, StatisticsRowItem } from '../../storage/talent/statistics/items.ts';
import type { Publication } from '../../storage/talent/statistics/statistics.ts';
import type { ListedDelivery } from '../../storage/talent/webhooks/delivery-log.ts';
import type { ListedWork } from '../../storage/talent/work-list/work-list.ts';
import type { UploadTarget } from '../../storage/uploads/uploads.ts';
import type { Edge } from '../../subgraph/connection.ts';

export type CasePage = Page<CaseItem>;
export type CaseInPage = Edge<CaseItem>;
export type ArrangementOfType = CaseArrangement;
export type TermOfType = Term;
export type CheckedEligibility = Eligibility;
export type RecognitionOfCard = CountedRecognition;
export type UnmetOfType = UnmetCondition;

export type CaseTypePage = Page<CaseTypeFacts>;
export type CaseTypeInPage = Edge<CaseTypeFacts>;

export type RequiredDocument = CaseTypeFacts['requiredDocuments'][number];
/** The applicant of a case. The parent is the case, because access to the applicant depends on it. */
export type ApplicantOfCase = CaseItem;
/** A fact of a case's applicant from a register. Access depends on the case. */
export interface FactOfPerson {
  readonly of: CaseItem;
  readonly recorded: RecordedFacts;
  readonly fact: string;
  readonly value: FactValue;
}
export type BeneficiaryOfCase = NonNullable<CaseFacts['beneficiary']> & { readonly of: CaseItem };
export type VersionOfDocument = DocumentVersionItem;
export type RequestOfCase = OpenRequest;
export type ActionOfCase = PossibleAction;
export type CounterOfAgency = AgencyContact;
/** An upload with its target address. */
export type UploadThere = OpenUpload & { readonly target: UploadTarget };
export type DecisionRecord = NonNullable<CaseFacts['decision']>;

export type HukouPermitRecord = Extract<OutcomeRecord, { kind: 'HukouPermit' }>;
export type HousingOfferRecord = Extract<OutcomeRecord, { kind: 'HousingOffer' }>;
export type SchoolPlaceRecord = Extract<OutcomeRecord, { kind: 'SchoolPlace' }>;

export type IdentityOfCase = IdentityFacts;
export type StageOfCase = CaseStage;
export type DeadlinesOfCase = CaseDeadlines;
export type PauseOfClock = Pause;
export type { ListedWork };
export type CountsOfList = WorkCounts;
export type WorkPage = Page<ListedWork>;
export type WorkInPage = Edge<ListedWork>;
export type AccessOfOne = AccessLogEntry;
export type AccessToCase = AccessView & { readonly caseId: string };
export type AccessPage = Page<AccessLogEntry>;
export type AccessInPage = Edge<AccessLogEntry>;
export type PublishedStatistics = Publication;
export type FiguresOfPeriod = PublishedFigures;
export type CaseFiguresPage = Page<StatisticsRowItem>;
export type CaseFiguresInPage = Edge<StatisticsRowItem>;
/** The account of a zone's systems. */
export interface AccountOfZone {
  readonly zoneId: string;
}
export type KeyOfZone = ApiKeyFacts;
export type EndpointOfZone = WebhookItem;
export type DeliveryToEndpoint = ListedDelivery;
