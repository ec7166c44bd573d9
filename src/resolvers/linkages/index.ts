import { type LinkagesStore, openLinkagesStore } from '../../storage/linkages/store.ts';
import type { Table } from '../../storage/table.ts';
import { connectionResolvers, edgeResolvers } from '../../subgraph/connection.ts';
import { contextOf } from '../../subgraph/context.ts';
import type { Call, Subgraph } from '../../subgraph/request.ts';
import { createSubgraph } from '../../subgraph/subgraph.ts';
import { Agreement } from './Agreement.ts';
import { AgreementParty } from './AgreementParty.ts';
import { CoverageStep } from './CoverageStep.ts';
import { Enterprise } from './Enterprise.ts';
import type { Resolvers } from './generated/types.ts';
import { InapplicabilityReason } from './InapplicabilityReason.ts';
import { LinkageGraph } from './LinkageGraph.ts';
import { LinkageGroup } from './LinkageGroup.ts';
import { LinkageNode } from './LinkageNode.ts';
import { LinkedZone } from './LinkedZone.ts';
import { Policy } from './Policy.ts';
import { PolicyApplication } from './PolicyApplication.ts';
import { PolicyCoverage } from './PolicyCoverage.ts';
import { Query } from './Query.ts';
import { Relocation } from './Relocation.ts';
import { references } from './references.ts';
import { relationToAgreement } from './relocations.ts';
import { Zone } from './Zone.ts';

const resolvers: Resolvers = {
  Query,
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
  AgreementConnection: connectionResolvers,
  AgreementEdge: edgeResolvers,
};

/**
 * Agreements between zones, and what follows from them.
 * @param sdl `scalars.graphql` and `linkages.graphql`
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
