import {
  decideOnProposal,
  decideProposal,
  MAX_PROPOSED,
  type ObservationsGrounds,
  type StatedObservation,
} from '../../domain/observations/proposal.ts';
import type { OnceRequest } from '../../storage/dynamodb/idempotency.ts';
import { localizedText } from '../../subgraph/context.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, ObservationInput } from './generated/types.ts';
import { parkOf, zoneOfPark } from './publish-of-park.ts';
import { publishRecord } from './publish-record.ts';

export const proposeObservations: NonNullable<MutationResolvers['proposeObservations']> = async (
  _,
  { input },
  context,
) => {
  const { store } = context;
  const observations = input.observations.map(statedObservation);
  // Longer lists are refused. They cost no more reads than the longest that is not.
  const read = observations.slice(0, MAX_PROPOSED);
  const { record, userErrors } = await publishRecord('proposeObservations', input, context, {
    records: store.records.observations,
    load: async (records, call) => {
      const references = [input.park, ...new Set(read.map(({ indicatorId }) => indicatorId))];
      const loaded = await records.load(call, input.park, references);
      return { ...loaded, published: await store.figures.published(input.park, read) };
    },
    decide: ({ before, known, published }) =>
      decideProposal(
        { parkId: input.park, seen: input.version ?? null, observations },
        before,
        groundsOf(zoneOfPark(input.park, known), published, context),
        (id) => known.get(id)?.type === 'Indicator',
      ),
  });
  return { park: await parkOf(record, context), userErrors };
};

export const acceptObservations: NonNullable<MutationResolvers['acceptObservations']> = (_, { input }, context) =>
  decide('acceptObservations', input, null, context);

export const rejectObservations: NonNullable<MutationResolvers['rejectObservations']> = (_, { input }, context) =>
  decide('rejectObservations', input, { reason: input.reason }, context);

interface DecisionInput {
  readonly idempotencyKey: string;
  readonly park: string;
  readonly version: number;
}

async function decide(
  mutation: 'acceptObservations' | 'rejectObservations',
  input: DecisionInput,
  rejection: { readonly reason: string } | null,
  context: Context,
) {
  const { store } = context;
  const { record, userErrors } = await publishRecord(mutation, input, context, {
    records: store.records.observations,
    load: async (records, call: OnceRequest) => {
      const loaded = await records.load(call, input.park, [input.park]);
      return { ...loaded, published: await store.figures.published(input.park, loaded.before?.observations ?? []) };
    },
    decide: ({ before, known, published }) =>
      decideOnProposal(
        { seen: input.version, rejection },
        before,
        groundsOf(zoneOfPark(input.park, known), published, context),
      ),
  });
  return { park: await parkOf(record, context), userErrors };
}

function groundsOf(
  zoneId: string | null,
  published: ObservationsGrounds['published'],
  { viewer, request }: Context,
): ObservationsGrounds {
  return { zoneId, viewer, now: request.now, published };
}

/** Returns an observation as an input states it. */
export function statedObservation(input: ObservationInput): StatedObservation {
  const { indicator, period, basis, unit, value, approximate, yearOnYear, status } = input;
  const { numerator, denominator, scope, rounding, source } = input;
  return {
    indicatorId: indicator,
    period: { unit: period.unit, from: period.from, to: period.to },
    basis,
    unit,
    figure: {
      value,
      approximate: approximate ?? false,
      yearOnYear: yearOnYear ?? null,
      status,
      numerator: numerator ?? null,
      denominator: denominator ?? null,
      scope: scope ? localizedText(scope) : null,
      rounding: rounding ?? null,
      source: { title: localizedText(source.title), publishedOn: source.publishedOn },
    },
  };
}
