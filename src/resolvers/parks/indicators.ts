import { revisionOf } from '../../domain/observations/proposal.ts';
import { observationItem } from '../../storage/parks/items.ts';
import { localizedField } from '../../subgraph/context.ts';
import type {
  IndicatorResolvers,
  ObservationResolvers,
  ObservationsProposalResolvers,
  SourceResolvers,
} from './generated/types.ts';

export const Indicator: IndicatorResolvers = {
  name: localizedField(({ name }) => name),
  formula: localizedField(({ formula }) => formula),
};

export const Observation: ObservationResolvers = {
  id: ({ observation: { geographyId, indicatorId, period, basis }, figure }) =>
    ['obs', geographyId, indicatorId, period.unit, period.from, period.to, basis, figure.revision].join('.'),
  indicator: async ({ observation: { indicatorId } }, _, { store }) => {
    const indicator = await store.figures.indicatorById.load(indicatorId);
    if (!indicator) throw new Error(`an observation is of ${indicatorId}, which is not there`);
    return indicator;
  },
  period: ({ observation }) => observation.period,
  basis: ({ observation }) => observation.basis,
  value: ({ figure }) => figure.value,
  unit: ({ observation }) => observation.unit,
  approximate: ({ figure }) => figure.approximate,
  yearOnYear: ({ figure }) => figure.yearOnYear,
  status: ({ figure }) => figure.status,
  numerator: ({ figure }) => figure.numerator,
  denominator: ({ figure }) => figure.denominator,
  scope: localizedField(({ figure }) => figure.scope),
  rounding: ({ figure }) => figure.rounding,
  source: ({ figure }) => figure.source,
  revision: ({ figure }) => figure.revision,
  earlierRevisions: ({ observation, figure }) =>
    observation.earlier
      .filter(({ revision }) => revision < figure.revision)
      .map((earlier) => ({ observation, figure: earlier })),
};

export const Source: SourceResolvers = {
  title: localizedField(({ title }) => title),
};

export const ObservationsProposal: ObservationsProposalResolvers = {
  version: ({ proposal }) => proposal.version,
  state: ({ proposal }) => proposal.state,
  proposedAt: ({ proposal }) => proposal.proposedAt,
  mine: ({ proposal }, _, { viewer }) => 'person' in viewer && viewer.person === proposal.proposedBy,
  decidedAt: ({ proposal }) => proposal.decidedAt,
  reason: ({ proposal }) => proposal.reason,
  observations: async ({ proposal: { parkId, observations } }, _, { store }) => {
    const published = await store.figures.shown(parkId, observations);
    return observations.map((stated) => {
      const observation = observationItem(revisionOf(stated, parkId, published).facts);
      return { observation, figure: observation.figure };
    });
  },
};
