import type { DayInterval } from '../../domain/calendar/day.ts';
import { itemLoader } from '../dynamodb/item-loader.ts';
import type { Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import { type KeyRange, readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { parkIndexes, parkKeys } from '../tables.ts';
import { type IndicatorItem, type ObservationItem, PERIOD_UNITS, type PeriodUnit } from './items.ts';

export interface ObservationChoice {
  readonly geographyId: string;
  /** All indicators where null. */
  readonly indicatorId: string | null;
  /** All units where null. */
  readonly unit: PeriodUnit | null;
  /** The interval of the periods' last days. */
  readonly within: DayInterval & { readonly to: string };
}

/** Loads published figures and their indicators. */
export interface Figures {
  readonly indicatorById: Loader<string, IndicatorItem | null>;
  /** Lists the indicators by code. */
  listIndicators(page: PageRequest): Promise<Page<IndicatorItem>>;
  /** Lists observations, oldest first, with one Query per unit of a period. */
  observations(choice: ObservationChoice): Promise<readonly ObservationItem[]>;
}

export function openFigures(table: Table): Figures {
  return {
    indicatorById: itemLoader<IndicatorItem>(table, 'ind', parkKeys.indicator),
    listIndicators: (page) =>
      readPage<IndicatorItem, IndicatorItem>(table, page, {
        range: { index: 'gsi1', partition: parkIndexes.indicators('').gsi1pk },
        binding: { field: 'Query.indicators', arguments: {} },
        nodes: (indicators) => indicators,
      }),
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
