import { laterDay } from '../../../domain/calendar/day.ts';
import {
  currentRevision,
  type DayFigures,
  dayFiguresOf,
  GRACE_DAYS,
  type PublishedDay,
  type Revision,
  withRevision,
} from '../../../domain/published-figures/published-day.ts';
import { EMPTY_TALLY } from '../../../domain/published-figures/resumption.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { isNew, put, versionIs, type Write } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type {
  KnownParkItem,
  ParkDayItem,
  ParkFiguresItem,
  ParkPublicationItem,
  ParkStepsItem,
  PublishedDayItem,
} from '../items.ts';
import { figureRevisionItem, parkPublicationItem, publishedDayItem } from '../make-items.ts';
import { finishProposal } from './apply.ts';
import { periodsOf, residencyLevelOf } from './park-figures.ts';

/** Stores publications of a park's days by one officer. */
export interface Publications {
  /** Loads the facts that decide a publication, with one call. */
  load(once: OnceRequest, parkId: string, on: string): Promise<LoadedPublication>;
  /** Publishes figures as the day's next revision, in one transaction. */
  publish(once: OnceRequest, loaded: LoadedPublication, figures: DayFigures, by: string): Promise<OnceOutcome<Stale>>;
}

export interface LoadedPublication {
  readonly earlier: Earlier;
  readonly parkId: string;
  readonly on: string;
  readonly publication: ParkPublicationItem | null;
  readonly day: PublishedDayItem | null;
  readonly applied: number;
  /** The figures counted from reports and stays; null where the park has no figures. */
  readonly computed: DayFigures | null;
  readonly graceDays: number;
}

export function openPublications(table: Table): Publications {
  return {
    load: (once, parkId, on) => load(table, once, parkId, on),
    publish: (once, loaded, figures, by) => {
      const { parkId, on } = loaded;
      return commitOnce<Stale>(table, once, [parkId, on], publishWrites(loaded, figures, by, once.now));
    },
  };
}

async function load(table: Table, once: OnceRequest, parkId: string, on: string): Promise<LoadedPublication> {
  const record = onceKey(table, once);
  const keys = [
    record,
    enterpriseKeys.knownPark(parkId),
    enterpriseKeys.parkPublication(parkId),
    enterpriseKeys.parkFigures(parkId),
    enterpriseKeys.parkDay(parkId, on),
    enterpriseKeys.publishedDay(parkId, on),
    ...periodsOf(on).map(({ period }) => enterpriseKeys.parkSteps(parkId, 'ALL', period)),
  ];
  const found = await batchRead<PrimaryKey>(table, keys, { consistent: true });
  const park = found[1] as KnownParkItem | null;
  const publication = found[2] as ParkPublicationItem | null;
  if (publication?.applying) {
    await finishProposal(table, parkId, once.now);
    return load(table, once, parkId, on);
  }
  const figures = found[3] as ParkFiguresItem | null;
  const counted = found[4] as ParkDayItem | null;
  const level = residencyLevelOf(found.slice(6) as (ParkStepsItem | null)[], on);
  return {
    earlier: await earlierOf(table, found[0] ?? null, once),
    parkId,
    on,
    publication,
    day: found[5] as PublishedDayItem | null,
    applied: publication?.applied ?? 0,
    computed: figures && dayFiguresOf(counted ?? EMPTY_TALLY, level),
    graceDays: park?.graceDays ?? GRACE_DAYS,
  };
}

function publishWrites(loaded: LoadedPublication, figures: DayFigures, by: string, now: Date): Write<Stale>[] {
  const { parkId, on, publication, day, applied, graceDays } = loaded;
  const sequence = (publication?.version ?? 0) + 1;
  const revision: Revision = {
    revision: (currentRevision(day, applied)?.revision ?? 0) + 1,
    kind: 'PUBLICATION',
    figures,
    at: now.toISOString(),
    sequence,
  };
  const after = parkPublicationItem({
    parkId,
    version: sequence,
    applied: sequence,
    lastPublishedOn: laterDay(publication?.lastPublishedOn ?? on, on),
  });
  return [
    put<Stale>(after, { when: versionIs(publication?.version ?? 0), otherwise: STALE }),
    ...revisionWrites(parkId, withRevision(day, applied, on, revision, graceDays), revision, by, isNew),
  ];
}

/** Returns the writes of one revision of one day. The write of the park's publication item checks the version. */
function revisionWrites(
  parkId: string,
  day: PublishedDay,
  revision: Revision,
  by: string,
  when: typeof isNew,
): Write<Stale>[] {
  return [
    put(publishedDayItem(parkId, day)),
    put<Stale>(figureRevisionItem({ ...revision, parkId, on: day.on, by }), { when, otherwise: STALE }),
  ];
}
