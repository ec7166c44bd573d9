import type { Table } from '../../storage/dynamodb/table.ts';
import { type EnterprisesStore, openEnterprisesStore } from '../../storage/enterprises/store.ts';
import { connectionResolvers, edgeResolvers, pageInfoResolvers } from '../../subgraph/connection.ts';
import { contextOf } from '../../subgraph/context.ts';
import type { Call, Subgraph } from '../../subgraph/request.ts';
import { statisticsCellResolvers } from '../../subgraph/statistics-cell.ts';
import { createSubgraph } from '../../subgraph/subgraph.ts';
import { Course, Enrolment } from './courses.ts';
import { Authority, Directive, DirectiveAnswer, DirectiveCompliance, DirectiveMeasure } from './directives/types.ts';
import {
  Enterprise,
  EnterpriseConnection,
  FilledGap,
  PolicyNotice,
  Project,
  Qualification,
  Residency,
  Site,
  SupplyLink,
} from './enterprises.ts';
import { guards, references } from './entities.ts';
import type { Resolvers } from './generated/types.ts';
import { Finding, Inspection } from './inspections.ts';
import { Mutation } from './Mutation.ts';
import { CooperationOffer, OfferInterest } from './offers.ts';
import { Park } from './Park.ts';
import {
  FiguresProposal,
  ProposedDay,
  ProposedEnterprise,
  ProposedFigures,
  ProposedReport,
} from './published-figures/FiguresProposal.ts';
import { Ratio, Resumption, ResumptionRevision } from './published-figures/figures.ts';
import { Query } from './Query.ts';
import { EnterpriseProposal, ProposedFacts, ProposedLeave, ProposedRevocation } from './register/proposals.ts';
import {
  Admission,
  HomeMove,
  PendingSuccession,
  RegisterEvent,
  RegistrationChallenge,
  Relative,
} from './register/register-entries.ts';
import { OperationReport } from './reports/types.ts';
import { SupportNeed, SupportRequest, TrackingAssignment, Visit } from './support/types.ts';

const resolvers: Resolvers = {
  Query,
  Mutation,
  Enterprise,
  Residency,
  Site,
  FilledGap,
  Qualification,
  SupplyLink,
  RegistrationChallenge,
  Admission,
  HomeMove,
  RegisterEvent,
  PendingSuccession,
  Relative,
  EnterpriseProposal,
  ProposedFacts,
  ProposedLeave,
  ProposedRevocation,
  OperationReport,
  SupportNeed,
  SupportRequest,
  TrackingAssignment,
  Visit,
  Project,
  Inspection,
  Finding,
  CooperationOffer,
  CooperationOfferConnection: connectionResolvers,
  CooperationOfferEdge: edgeResolvers,
  OfferInterest,
  OfferInterestConnection: connectionResolvers,
  OfferInterestEdge: edgeResolvers,
  Course,
  CourseConnection: connectionResolvers,
  CourseEdge: edgeResolvers,
  Enrolment,
  ResidencyConnection: connectionResolvers,
  ResidencyEdge: edgeResolvers,
  EnrolmentConnection: connectionResolvers,
  EnrolmentEdge: edgeResolvers,
  Authority,
  Directive,
  DirectiveMeasure,
  DirectiveCompliance,
  DirectiveAnswer,
  Park,
  Resumption,
  ResumptionRevision,
  FiguresProposal,
  PageInfo: pageInfoResolvers,
  FiguresProposalConnection: connectionResolvers,
  FiguresProposalEdge: edgeResolvers,
  ProposedDay,
  ProposedFigures,
  ProposedEnterprise,
  ProposedReport,
  Ratio,
  StatisticsCell: statisticsCellResolvers,
  EnterpriseConnection,
  EnterpriseEdge: edgeResolvers,
  RegisterEventConnection: connectionResolvers,
  RegisterEventEdge: edgeResolvers,
  SupportRequestConnection: connectionResolvers,
  SupportRequestEdge: edgeResolvers,
  InspectionConnection: connectionResolvers,
  InspectionEdge: edgeResolvers,
  ProjectConnection: connectionResolvers,
  ProjectEdge: edgeResolvers,
  PolicyNotice,
  PolicyNoticeConnection: connectionResolvers,
  PolicyNoticeEdge: edgeResolvers,
  DirectiveConnection: connectionResolvers,
  DirectiveEdge: edgeResolvers,
  DirectiveAnswerConnection: connectionResolvers,
  DirectiveAnswerEdge: edgeResolvers,
};

/**
 * Makes the subgraph of enterprises, their reports of operation, support and projects, and their counts for parks.
 * @param sdl `scalars.graphql` and the files of `enterprises/`
 * @param openTable opens the enterprises table for one request
 */
export function createEnterprisesSubgraph(sdl: string, openTable: (call: Call) => Table): Subgraph {
  return createSubgraph<EnterprisesStore>({
    name: 'enterprises',
    sdl,
    resolvers,
    references,
    guards,
    context: (call) => contextOf(call, openEnterprisesStore(openTable(call))),
  });
}
