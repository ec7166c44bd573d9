import { itemLoader, keyLoader } from '../item-loader.ts';
import type { Loader } from '../loader.ts';
import { readRange } from '../read.ts';
import type { Table } from '../table.ts';
import { enterpriseKeys } from '../tables.ts';
import type { ParkDayItem, ParkFiguresItem } from './items.ts';

/** What is counted for parks. */
export interface ParkFigures {
  readonly ofPark: Loader<string, ParkFiguresItem | null>;
  readonly ofDay: Loader<ParkDay, ParkDayItem | null>;
  /** Days with a report, oldest first; both ends included. */
  ofDays(parkId: string, from: string, to: string): Promise<readonly ParkDayItem[]>;
}

export interface ParkDay {
  readonly parkId: string;
  readonly on: string;
}

export function openParkFigures(table: Table): ParkFigures {
  return {
    ofPark: itemLoader<ParkFiguresItem>(table, 'park', enterpriseKeys.parkFigures),
    ofDay: keyLoader<ParkDay, ParkDayItem>(table, ({ parkId, on }) => enterpriseKeys.parkDay(parkId, on)),
    ofDays: (parkId, from, to) =>
      readRange<ParkDayItem>(table, {
        partition: enterpriseKeys.parkDay(parkId, from).pk,
        sort: { from: enterpriseKeys.parkDay(parkId, from).sk, to: enterpriseKeys.parkDay(parkId, to).sk },
      }),
  };
}
