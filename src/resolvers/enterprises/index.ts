import { type EnterprisesStore, openEnterprisesStore } from '../../storage/enterprises/store.ts';
import type { Table } from '../../storage/table.ts';
import { connectionResolvers, edgeResolvers } from '../../subgraph/connection.ts';
import { contextOf } from '../../subgraph/context.ts';
import type { Call, Subgraph } from '../../subgraph/request.ts';
import { createSubgraph } from '../../subgraph/subgraph.ts';
import { Enterprise } from './Enterprise.ts';
import { EnterpriseConnection } from './EnterpriseConnection.ts';
import type { Resolvers } from './generated/types.ts';
import { guards } from './guards.ts';
import { Mutation } from './Mutation.ts';
import { OperationReport } from './OperationReport.ts';
import { Park } from './Park.ts';
import { Project } from './Project.ts';
import {
  FiguresProposal,
  ProposedDay,
  ProposedEnterprise,
  ProposedFigures,
  ProposedReport,
} from './published-figures/FiguresProposal.ts';
import { Query } from './Query.ts';
import { Ratio } from './Ratio.ts';
import { Residency } from './Residency.ts';
import { Resumption, ResumptionRevision } from './Resumption.ts';
import { references } from './references.ts';
import { Admission, HomeMove, RegisterEvent, RegistrationChallenge } from './register-entries.ts';
import { Site } from './Site.ts';
import { SupplyLink } from './SupplyLink.ts';
import { SupportRequest } from './SupportRequest.ts';
import { Visit } from './Visit.ts';

const resolvers: Resolvers = {
  Query,
  Mutation,
  Enterprise,
  Residency,
  Site,
  SupplyLink,
  RegistrationChallenge,
  Admission,
  HomeMove,
  RegisterEvent,
  OperationReport,
  SupportRequest,
  Visit,
  Project,
  Park,
  Resumption,
  ResumptionRevision,
  FiguresProposal,
  FiguresProposalConnection: connectionResolvers,
  FiguresProposalEdge: edgeResolvers,
  ProposedDay,
  ProposedFigures,
  ProposedEnterprise,
  ProposedReport,
  Ratio,
  EnterpriseConnection,
  EnterpriseEdge: edgeResolvers,
  RegisterEventConnection: connectionResolvers,
  RegisterEventEdge: edgeResolvers,
  SupportRequestConnection: connectionResolvers,
  SupportRequestEdge: edgeResolvers,
  ProjectConnection: connectionResolvers,
  ProjectEdge: edgeResolvers,
};

/**
 * Enterprises, their reports of operation, support and projects, and what is counted of them for parks.
 * @param sdl `scalars.graphql` and `enterprises.graphql`
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
