import type { Table } from '../../storage/dynamodb/table.ts';
import { type LinkagesStore, openLinkagesStore } from '../../storage/linkages/store.ts';
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
import { AgreementChange, AgreementSignature, AgreementTerms, ProposedTerms } from './agreements/agreement-terms.ts';
import {
  Agreement,
  AgreementParty,
  CoverageStep,
  CoverageTerm,
  InapplicabilityReason,
  LinkageGroup,
  PolicyApplication,
  PolicyCoverage,
} from './agreements/agreements.ts';
import { Enterprise, Policy, references, Zone } from './entities.ts';
import type { Resolvers } from './generated/types.ts';
import {
  Ledger,
  LedgerAccount,
  LedgerEntry,
  LedgerFigure,
  LedgerKey,
  LedgerPayment,
  Settlement,
  ZoneAmount,
  ZoneShare,
} from './ledgers/ledgers.ts';
import { LinkageGraph, LinkageNode, LinkedZone } from './linkage-graph.ts';
import { Mutation } from './Mutation.ts';
import type { GapInSupply, TermsOfAgreement } from './parents.ts';
import { Query } from './Query.ts';
import { CountedRecognition, Recognition } from './recognitions.ts';
import { Relocation, RelocationStatement, relationToAgreement } from './relocations/relocations.ts';
import { ZoneSigning } from './signing-rules.ts';
import { FillingSite, SupplyGap } from './supply-chains.ts';

const resolvers: Resolvers = {
  Query,
  Mutation,
  Agreement,
  AgreementParty,
  AgreementTerms,
  AgreementChange,
  AgreementSignature,
  ProposedTerms,
  ZoneSigning,
  PolicyCoverage,
  PolicyApplication,
  CoverageStep,
  CoverageTerm,
  InapplicabilityReason,
  LinkageGroup,
  LinkageGraph,
  LinkageNode,
  LinkedZone,
  Recognition,
  CountedRecognition,
  Relocation,
  RelocationStatement,
  SupplyGap,
  FillingSite,
  StatisticsCell: statisticsCellResolvers,
  Zone,
  Policy,
  Enterprise,
  Judgement: judgementResolvers,
  TermJudgement: termJudgementResolvers,
  RuleFact: ruleFactResolvers,
  KnownFact: knownFactResolvers,
  FactChange: factChangeResolvers,
  PageInfo: pageInfoResolvers,
  Ledger,
  LedgerKey,
  LedgerEntry,
  LedgerAccount,
  LedgerFigure,
  LedgerPayment,
  Settlement,
  ZoneAmount,
  ZoneShare,
  LedgerEntryConnection: connectionResolvers,
  LedgerEntryEdge: edgeResolvers,
  LedgerAccountConnection: connectionResolvers,
  LedgerAccountEdge: edgeResolvers,
  RelocationConnection: connectionResolvers,
  RelocationEdge: edgeResolvers,
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
    guards: {
      Agreement: { relationTo: relationToAgreement },
      AgreementTerms: {
        relationTo: ({ agreement }: TermsOfAgreement, context) => relationToAgreement(agreement, context),
      },
      SupplyGap: { relationTo: ({ relation }: GapInSupply) => relation },
    },
    context: (call) => contextOf(call, openLinkagesStore(openTable(call))),
  });
}
