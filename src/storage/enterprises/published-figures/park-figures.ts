import { isIdOf } from '../../../domain/ids.ts';
import type { ResidencyLevel } from '../../../domain/published-figures/resumption.ts';
import { itemLoader, keyLoader } from '../../dynamodb/loaders/item-loader.ts';
import type { Loader } from '../../dynamodb/loaders/loader.ts';
import { readFirst, readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { enterpriseKeys } from '../../tables.ts';
import type {
  FigureRevisionItem,
  ParkDayItem,
  ParkDayPartsItem,
  ParkFiguresItem,
  ParkPublicationItem,
  ParkStepsItem,
  PublishedDayItem,
} from '../items.ts';
import { type ClassLevels, classLevelsOf, periodsOf, residencyLevelOf, type StepSums } from './levels.ts';

/** Loads the counted and published figures of parks. */
export interface ParkFigures {
  readonly ofPark: Loader<string, ParkFiguresItem | null>;
  readonly publicationOf: Loader<string, ParkPublicationItem | null>;
  readonly ofDay: Loader<ParkDay, ParkDayItem | null>;
  /** The sums over a day's reports by sector and mode. */
  readonly partsOfDay: Loader<ParkDay, ParkDayPartsItem | null>;
  /** Returns the residents of a day, of four items that neighbouring days share. */
  levelOn(parkId: string, on: string): Promise<ResidencyLevel>;
  /** Returns the residents of a day by sector and size class, likewise. */
  classLevelsOn(parkId: string, on: string): Promise<ClassLevels>;
  readonly publishedDay: Loader<ParkDay, PublishedDayItem | null>;
  readonly revision: Loader<ParkRevision, FigureRevisionItem | null>;
  /** Returns the last day with a report; null where there is none. Takes a call only if the hint's day has none. */
  lastReportedOn(figures: ParkFiguresItem): Promise<string | null>;
  /** Lists the days with a report or a publication, oldest first; both ends included. */
  ofDays(parkId: string, from: string, to: string): Promise<readonly DayItems[]>;
}

export interface ParkDay {
  readonly parkId: string;
  readonly on: string;
}

interface ParkSteps {
  readonly parkId: string;
  readonly sums: StepSums;
  readonly period: string;
}

export interface ParkRevision extends ParkDay {
  readonly revision: number;
}

/** The stored items of one day. */
export interface DayItems {
  readonly on: string;
  readonly counted: ParkDayItem | null;
  readonly published: PublishedDayItem | null;
}

export function openParkFigures(table: Table): ParkFigures {
  const ofDay = keyLoader<ParkDay, ParkDayItem>(table, ({ parkId, on }) => enterpriseKeys.parkDay(parkId, on));
  const steps = keyLoader<ParkSteps, ParkStepsItem>(table, ({ parkId, sums, period }) =>
    enterpriseKeys.parkSteps(parkId, sums, period),
  );
  const stepsOn = (parkId: string, sums: StepSums, on: string) => {
    const periods = isIdOf('park', parkId) ? periodsOf(on) : [];
    return steps.loadMany(periods.map(({ period }) => ({ parkId, sums, period })));
  };
  return {
    ofPark: itemLoader<ParkFiguresItem>(table, 'park', enterpriseKeys.parkFigures),
    publicationOf: itemLoader<ParkPublicationItem>(table, 'park', enterpriseKeys.parkPublication),
    ofDay,
    partsOfDay: keyLoader<ParkDay, ParkDayPartsItem>(table, ({ parkId, on }) =>
      enterpriseKeys.parkDayParts(parkId, on),
    ),
    levelOn: async (parkId, on) => residencyLevelOf(await stepsOn(parkId, 'ALL', on), on),
    classLevelsOn: async (parkId, on) => classLevelsOf(await stepsOn(parkId, 'CLASSES', on), on),
    publishedDay: keyLoader<ParkDay, PublishedDayItem>(table, ({ parkId, on }) =>
      enterpriseKeys.publishedDay(parkId, on),
    ),
    revision: keyLoader<ParkRevision, FigureRevisionItem>(table, ({ parkId, on, revision }) =>
      enterpriseKeys.figureRevision(parkId, on, revision),
    ),
    async lastReportedOn({ parkId, lastReportedOn }) {
      if (lastReportedOn === undefined) return null;
      const day = await ofDay.load({ parkId, on: lastReportedOn });
      if (day && day.reported > 0) return lastReportedOn;
      return lastReportedBefore(table, parkId, lastReportedOn);
    },
    ofDays: async (parkId, from, to) => {
      const items = await readRange<ParkDayItem | PublishedDayItem>(table, {
        partition: enterpriseKeys.parkDay(parkId, from).pk,
        sort: { from: enterpriseKeys.parkDay(parkId, from).sk, to: enterpriseKeys.publishedDay(parkId, to).sk },
      });
      return Array.from(
        Map.groupBy(items, ({ on }) => on),
        ([on, ofDay]) => ({
          on,
          counted: ofDay.find((item) => item.type === 'ParkDay') ?? null,
          published: ofDay.find((item) => item.type === 'PublishedDay') ?? null,
        }),
      );
    },
  };
}

/** Days per Query when looking for the last one with a report. */
const DAYS_A_QUERY = 50;

/** Returns the last day before another with a report that is not withdrawn; null where there is none. */
async function lastReportedBefore(table: Table, parkId: string, day: string): Promise<string | null> {
  const first = enterpriseKeys.parkDay(parkId, '');
  const sort = { from: first.sk, to: enterpriseKeys.parkDay(parkId, day).sk };
  const range = { partition: first.pk, sort, backwards: true };
  const found = await readFirst<ParkDayItem | PublishedDayItem>(
    table,
    range,
    DAYS_A_QUERY,
    (item) => item.type === 'ParkDay' && item.reported > 0,
  );
  return found?.on ?? null;
}
