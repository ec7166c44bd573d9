import type { DayInterval } from '../../domain/calendar/day.ts';
import { PERIOD_UNITS, type PeriodUnit } from '../../domain/observations/observation.ts';
import {
  type ObservationsPublication,
  observationName,
  type StatedObservation,
} from '../../domain/observations/proposal.ts';
import { batchRead } from '../dynamodb/batch.ts';
import { itemLoader, keyLoader, type Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import { type KeyRange, readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale } from '../dynamodb/transaction.ts';
import { figureRevisionIs, put } from '../dynamodb/write.ts';
import { isStorable, type PrimaryKey, parkIndexes, parkKeys } from '../tables.ts';
import {
  type IndicatorItem,
  type ObservationItem,
  type ObservationsProposalItem,
  observationItem,
  observationsProposalItem,
} from './items.ts';
import type { RecordKind } from './records.ts';

export interface ObservationChoice {
  readonly geographyId: string;
  /** All indicators where null. */
  readonly indicatorId: string | null;
  /** All units where null. */
  readonly unit: PeriodUnit | null;
  /** The interval of the periods' last days. */
  readonly within: DayInterval & { readonly to: string };
}

/** Published observations by `observationName`. */
export type PublishedByName = ReadonlyMap<string, ObservationItem>;

/** Loads published figures and their indicators. */
export interface Figures {
  readonly indicatorById: Loader<string, IndicatorItem | null>;
  /** Lists the indicators by code. */
  listIndicators(page: PageRequest): Promise<Page<IndicatorItem>>;
  /** Lists observations, oldest first, with one Query per unit of a period. */
  observations(choice: ObservationChoice): Promise<readonly ObservationItem[]>;
  readonly proposalOf: Loader<string, ObservationsProposalItem | null>;
  /** Reads the published observations of the same names, consistently, for a decision. */
  published(parkId: string, stated: readonly StatedObservation[]): Promise<PublishedByName>;
  /** Loads them to be shown: those of many parks are one BatchGet. */
  shown(parkId: string, stated: readonly StatedObservation[]): Promise<PublishedByName>;
}

/** Returns the keys of the observations that figures of these names are revisions of, each once. */
function keysOf(parkId: string, stated: readonly StatedObservation[]): PrimaryKey[] {
  const keys = stated.map(({ indicatorId, period, basis }) =>
    parkKeys.observation(parkId, period.unit, period.to, indicatorId, basis),
  );
  return [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()].filter(isStorable);
}

function byName(found: readonly (ObservationItem | null)[]): PublishedByName {
  return new Map(found.flatMap((item) => (item ? [[observationName(item), item]] : [])));
}

export function openFigures(table: Table): Figures {
  const observationAt = keyLoader<PrimaryKey, ObservationItem>(table, (key) => key);
  return {
    indicatorById: itemLoader<IndicatorItem>(table, 'ind', parkKeys.indicator),
    listIndicators: (page) =>
      readPage<IndicatorItem, IndicatorItem>(table, page, {
        range: { index: 'gsi1', partition: parkIndexes.indicators('').gsi1pk },
        binding: { field: 'Query.indicators', arguments: {} },
        nodes: (indicators) => indicators,
      }),
    proposalOf: itemLoader<ObservationsProposalItem>(table, 'park', parkKeys.observationsProposal),
    published: async (parkId, stated) =>
      byName(await batchRead<ObservationItem>(table, keysOf(parkId, stated), { consistent: true })),
    shown: async (parkId, stated) => byName(await observationAt.loadMany(keysOf(parkId, stated))),
    async observations(choice) {
      const units = choice.unit === null ? PERIOD_UNITS : [choice.unit];
      const found = await Promise.all(units.map((unit) => readRange<ObservationItem>(table, rangeOf(choice, unit))));
      return found.flat().sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    },
  };
}

const orderOf = ({ period, indicatorId, basis }: ObservationItem) =>
  [period.to, period.from, indicatorId, basis].join('#');

function rangeOf({ geographyId, indicatorId, within }: ObservationChoice, unit: PeriodUnit): KeyRange {
  // `$` sorts after `#`, so that the last day's entries are included.
  const { from, to } = { from: within.from, to: `${within.to}$` };
  if (indicatorId === null) {
    return { partition: parkKeys.observation(geographyId, unit, '', '', '').pk, sort: { from, to } };
  }
  const { gsi1pk } = parkIndexes.observationsOfIndicator(geographyId, indicatorId, unit, '', '');
  return { index: 'gsi1', partition: gsi1pk, sort: { from: `${unit}#${from}`, to: `${unit}#${to}` } };
}

/** Proposals of observations as records of their park: an acceptance writes each observation in its next revision. */
export const OBSERVATION_RECORDS: RecordKind<ObservationsPublication, ObservationsProposalItem> = {
  keyOf: parkKeys.observationsProposal,
  itemOf: ({ proposal }) => observationsProposalItem(proposal),
  historyOf: ({ proposal }) => proposal,
  derived: (_, __, { accepted }) =>
    accepted.map(({ facts, seenRevision }) =>
      put<Stale>(observationItem(facts), { when: figureRevisionIs(seenRevision), otherwise: STALE }),
    ),
};
