import { accessorOf } from '../../storage/talent/access-log/record.ts';
import type { TalentTable } from '../../storage/talent/people/sealing.ts';
import { openTalentStore, type TalentStore } from '../../storage/talent/store.ts';
import { connectionResolvers, edgeResolvers, pageInfoResolvers } from '../../subgraph/connection.ts';
import { contextOf } from '../../subgraph/context.ts';
import {
  factChangeResolvers,
  judgementResolvers,
  knownFactResolvers,
  ruleFactResolvers,
  termJudgementResolvers,
} from '../../subgraph/judgement.ts';
import type { Call, Subgraph } from '../../subgraph/request.ts';
import { statisticsCellResolvers } from '../../subgraph/statistics-cell.ts';
import { createSubgraph } from '../../subgraph/subgraph.ts';
import { AccessLogCase, AccessLogEntry, CaseAccess } from './access-log/types.ts';
import {
  CardRecognition,
  CaseArrangement,
  CaseTerm,
  CaseType,
  DocumentRequirement,
  Eligibility,
  UnmetCondition,
} from './case-types/types.ts';
import { CaseAction } from './cases/possible-actions.ts';
import {
  AgencyOpinion,
  Applicant,
  Beneficiary,
  CaseDeadlines,
  CaseDecision,
  CaseEvent,
  CaseIdentity,
  CaseOutcome,
  CasePlace,
  CaseStage,
  ClockPause,
  DeadlineNotice,
  HousingOffer,
  SchoolPlace,
  TalentCase,
} from './cases/types.ts';
import { ApiKey, DeveloperAccount, WebhookDelivery, WebhookEndpoint } from './developers/types.ts';
import { AgencyContact, CaseDocument, DocumentVerification, SupplementRequest, Upload } from './documents/types.ts';
import { Enterprise, Facility, guards, Park, Policy, references } from './entities.ts';
import type { Resolvers } from './generated/types.ts';
import { Mutation } from './Mutation.ts';
import { DigestContact } from './news/digest-contact.ts';
import { PersonFact } from './people/recorded-facts.ts';
import { Query } from './Query.ts';
import { CaseFigures, CaseStatistics } from './statistics/types.ts';
import { WorkItem } from './work-list/types.ts';

const resolvers: Resolvers = {
  Query,
  Mutation,
  CaseType,
  CaseArrangement,
  CaseTerm,
  Eligibility,
  CardRecognition,
  UnmetCondition,
  DocumentRequirement,
  TalentCase,
  Applicant,
  PersonFact,
  Beneficiary,
  CaseEvent,
  AgencyContact,
  CaseAction,
  CaseDocument,
  SupplementRequest,
  DocumentVerification,
  Upload,
  CaseDecision,
  CaseOutcome,
  CasePlace,
  AgencyOpinion,
  CaseDeadlines,
  DeadlineNotice,
  CaseIdentity,
  CaseStage,
  ClockPause,
  HousingOffer,
  SchoolPlace,
  WorkItem,
  DigestContact,
  DeveloperAccount,
  ApiKey,
  WebhookEndpoint,
  WebhookDelivery,
  Judgement: judgementResolvers,
  TermJudgement: termJudgementResolvers,
  RuleFact: ruleFactResolvers,
  KnownFact: knownFactResolvers,
  FactChange: factChangeResolvers,
  PageInfo: pageInfoResolvers,
  WorkItemConnection: connectionResolvers,
  WorkItemEdge: edgeResolvers,
  AccessLogEntry,
  AccessLogCase,
  CaseAccess,
  CaseAccessConnection: connectionResolvers,
  CaseAccessEdge: edgeResolvers,
  AccessLogEntryConnection: connectionResolvers,
  AccessLogEntryEdge: edgeResolvers,
  Park,
  Facility,
  Enterprise,
  Policy,
  TalentCaseConnection: connectionResolvers,
  TalentCaseEdge: edgeResolvers,
  CaseStatistics,
  CaseFigures,
  StatisticsCell: statisticsCellResolvers,
  CaseFiguresConnection: connectionResolvers,
  CaseFiguresEdge: edgeResolvers,
  CaseTypeConnection: connectionResolvers,
  CaseTypeEdge: edgeResolvers,
};

/**
 * Makes the subgraph of talent-policy cases and their types.
 * @param sdl `scalars.graphql` and the files of `talent/`
 * @param openTable opens the talent table for one request, with the keys of persons' data
 */
export function createTalentSubgraph(sdl: string, openTable: (call: Call) => TalentTable): Subgraph {
  return createSubgraph<TalentStore>({
    name: 'talent',
    sdl,
    resolvers,
    references,
    guards,
    context: (call) => contextOf(call, openTalentStore({ table: openTable(call), accessor: accessorOf(call) })),
    release: ({ store }) => store.accessRecorder.flush(),
  });
}
