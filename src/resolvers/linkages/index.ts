import type { Table } from '../../storage/dynamodb/table.ts';
import { type LinkagesStore, openLinkagesStore } from '../../storage/linkages/store.ts';
import { connectionResolvers, edgeResolvers, pageInfoResolvers } from '../../subgraph/connection.ts';
import { contextOf } from '../../subgraph/context.ts';
import { judgementResolvers, ruleFactResolvers, termJudgementResolvers } from '../../subgraph/judgement.ts';
import type { Call, Subgraph } from '../../subgraph/request.ts';
import { createSubgraph } from '../../subgraph/subgraph.ts';
import {
  Agreement,
  AgreementParty,
  CoverageStep,
  InapplicabilityReason,
  LinkageGroup,
  PolicyApplication,
  PolicyCoverage,
} from './agreements.ts';
import { Enterprise, Policy, references, Zone } from './entities.ts';
import type { Resolvers } from './generated/types.ts';
import { LinkageGraph, LinkageNode, LinkedZone } from './linkage-graph.ts';
import { Mutation } from './Mutation.ts';
import { Query } from './Query.ts';
import { Relocation, relationToAgreement } from './relocations.ts';

const resolvers: Resolvers = {
  Query,
  Mutation,
  Agreement,
  AgreementParty,
  PolicyCoverage,
  PolicyApplication,
  CoverageStep,
  InapplicabilityReason,
  LinkageGroup,
  LinkageGraph,
  LinkageNode,
  LinkedZone,
  Relocation,
  Zone,
  Policy,
  Enterprise,
  Judgement: judgementResolvers,
  TermJudgement: termJudgementResolvers,
  RuleFact: ruleFactResolvers,
  PageInfo: pageInfoResolvers,
  AgreementConnection: connectionResolvers,
  AgreementEdge: edgeResolvers,
};

/**
 * Makes the subgraph of agreements between zones and their consequences.
 * @param sdl `scalars.graphql` and the files of `linkages/`
 * @param openTable opens the linkages table for one request
 */
export function createLinkagesSubgraph(sdl: string, openTable: (call: Call) => Table): Subgraph {
  return createSubgraph<LinkagesStore>({
    name: 'linkages',
    sdl,
    resolvers,
    references,
    guards: { Agreement: { relationTo: relationToAgreement } },
    context: (call) => contextOf(call, openLinkagesStore(openTable(call))),
  });
}
