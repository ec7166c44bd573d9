import { parkRelation } from '../../domain/access/relation.ts';
import type { Table } from '../../storage/dynamodb/table.ts';
import { openParksStore, type ParksStore } from '../../storage/parks/store.ts';
import { connectionResolvers, edgeResolvers, pageInfoResolvers } from '../../subgraph/connection.ts';
import { contextOf } from '../../subgraph/context.ts';
import { byId, type ReferenceResolver, type References } from '../../subgraph/references.ts';
import type { Call, Subgraph } from '../../subgraph/request.ts';
import { createSubgraph } from '../../subgraph/subgraph.ts';
import { CalendarYear } from './calendar.ts';
import type { Context } from './context.ts';
import type { Resolvers } from './generated/types.ts';
import { Indicator, Observation, ObservationsProposal, Source } from './indicators.ts';
import { Mutation } from './Mutation.ts';
import { ControlUnit, Facility, facilityById, Park, unitById, Zone } from './places.ts';
import {
  Authority,
  Clause,
  FinancialProduct,
  Policy,
  PolicyPackage,
  PolicyTerm,
  PolicyTerms,
  PolicyVersion,
  RuleSample,
} from './policies.ts';
import { Post } from './posts.ts';
import { Query } from './Query.ts';
import { SavedQuestion } from './questions.ts';

const resolvers: Resolvers = {
  Query,
  Mutation,
  Zone,
  Park,
  Facility,
  ControlUnit,
  Post,
  Authority,
  Policy,
  PolicyPackage,
  FinancialProduct,
  PolicyTerm,
  PolicyTerms,
  PolicyVersion,
  RuleSample,
  Clause,
  Indicator,
  Observation,
  ObservationsProposal,
  Source,
  CalendarYear,
  SavedQuestion,
  PageInfo: pageInfoResolvers,
  ZoneConnection: connectionResolvers,
  ZoneEdge: edgeResolvers,
  ParkConnection: connectionResolvers,
  ParkEdge: edgeResolvers,
  PolicyConnection: connectionResolvers,
  PolicyEdge: edgeResolvers,
  IndicatorConnection: connectionResolvers,
  IndicatorEdge: edgeResolvers,
  SavedQuestionConnection: connectionResolvers,
  SavedQuestionEdge: edgeResolvers,
};

/** The guard of what the officers of a park's zone see. */
const OF_ZONE = {
  relationTo: ({ zoneId }: { readonly zoneId: string }, { viewer }: Context) => parkRelation(viewer, zoneId),
};

/**
 * Makes the subgraph of zones, parks, policies, indicators and the calendar.
 * @param sdl `scalars.graphql` and the files of `parks/`
 * @param openTable opens the parks table for one request
 */
export function createParksSubgraph(sdl: string, openTable: (call: Call) => Table): Subgraph {
  return createSubgraph<ParksStore>({
    name: 'parks',
    sdl,
    resolvers,
    references,
    guards: { Park: OF_ZONE, ControlUnit: OF_ZONE, ObservationsProposal: OF_ZONE },
    context: (call) => contextOf(call, openParksStore(openTable(call))),
  });
}

function eachById(find: (id: string, context: Context) => Promise<object | null>): ReferenceResolver<Context> {
  return (representations, context) => Promise.all(representations.map(({ id }) => find(String(id), context)));
}

/** The entities that other subgraphs refer to, by id: one BatchGet per type, and two for control units. */
export const references: References<Context> = {
  Zone: byId(({ store }) => store.zones.byId),
  Park: byId(({ store }) => store.parks.byId),
  Facility: eachById(facilityById),
  ControlUnit: eachById(unitById),
  Policy: byId(({ store }) => store.policies.byId),
  Indicator: byId(({ store }) => store.figures.indicatorById),
};
