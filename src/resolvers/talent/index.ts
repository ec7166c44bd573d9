import type { TalentTable } from '../../storage/talent/sealing.ts';
import { openTalentStore, type TalentStore } from '../../storage/talent/store.ts';
import { connectionResolvers, edgeResolvers } from '../../subgraph/connection.ts';
import { contextOf } from '../../subgraph/context.ts';
import type { Call, Subgraph } from '../../subgraph/request.ts';
import { createSubgraph } from '../../subgraph/subgraph.ts';
import { AgencyOpinion } from './AgencyOpinion.ts';
import { Applicant } from './Applicant.ts';
import { DataAccess } from './access-log/DataAccess.ts';
import { DataAccessCase } from './access-log/DataAccessCase.ts';
import { accessorOf } from './access-log/note-access.ts';
import { Beneficiary } from './Beneficiary.ts';
import { CaseConditions } from './CaseConditions.ts';
import { CaseDeadlines } from './CaseDeadlines.ts';
import { CaseDecision } from './CaseDecision.ts';
import { CaseDocument } from './CaseDocument.ts';
import { CaseEvent } from './CaseEvent.ts';
import { CaseFigures } from './CaseFigures.ts';
import { CaseIdentity } from './CaseIdentity.ts';
import { CaseOutcome } from './CaseOutcome.ts';
import { CaseStage } from './CaseStage.ts';
import { CaseStatistics } from './CaseStatistics.ts';
import { CaseType } from './CaseType.ts';
import { ClockPause } from './ClockPause.ts';
import { DeadlineNotice } from './DeadlineNotice.ts';
import { DocumentRequirement } from './DocumentRequirement.ts';
import { Eligibility } from './Eligibility.ts';
import { Enterprise } from './Enterprise.ts';
import type { Resolvers } from './generated/types.ts';
import { guards } from './guards.ts';
import { HousingOffer } from './HousingOffer.ts';
import { Mutation } from './Mutation.ts';
import { Park } from './Park.ts';
import { Policy } from './Policy.ts';
import { Query } from './Query.ts';
import { references } from './references.ts';
import { SchoolPlace } from './SchoolPlace.ts';
import { StatisticsCell } from './StatisticsCell.ts';
import { TalentCase } from './TalentCase.ts';
import { UnmetCondition } from './UnmetCondition.ts';
import { Upload } from './Upload.ts';
import { WorkItem } from './WorkItem.ts';

const resolvers: Resolvers = {
  Query,
  Mutation,
  CaseType,
  CaseConditions,
  Eligibility,
  UnmetCondition,
  DocumentRequirement,
  TalentCase,
  Applicant,
  Beneficiary,
  CaseEvent,
  CaseDocument,
  Upload,
  CaseDecision,
  CaseOutcome,
  AgencyOpinion,
  CaseDeadlines,
  DeadlineNotice,
  CaseIdentity,
  CaseStage,
  ClockPause,
  HousingOffer,
  SchoolPlace,
  WorkItem,
  WorkItemConnection: connectionResolvers,
  WorkItemEdge: edgeResolvers,
  DataAccess,
  DataAccessCase,
  DataAccessConnection: connectionResolvers,
  DataAccessEdge: edgeResolvers,
  Park,
  Enterprise,
  Policy,
  TalentCaseConnection: connectionResolvers,
  TalentCaseEdge: edgeResolvers,
  CaseStatistics,
  CaseFigures,
  StatisticsCell,
  CaseFiguresConnection: connectionResolvers,
  CaseFiguresEdge: edgeResolvers,
  CaseTypeConnection: connectionResolvers,
  CaseTypeEdge: edgeResolvers,
};

/**
 * Talent-policy cases and their types.
 * @param sdl `scalars.graphql` and `talent.graphql`
 * @param openTable opens the talent table for one request, with what its persons' data are encrypted by
 */
export function createTalentSubgraph(sdl: string, openTable: (call: Call) => TalentTable): Subgraph {
  return createSubgraph<TalentStore>({
    name: 'talent',
    sdl,
    resolvers,
    references,
    guards,
    context: (call) => contextOf(call, openTalentStore(openTable(call), accessorOf(call))),
    release: ({ store }) => store.accessNotes.flush(),
  });
}
