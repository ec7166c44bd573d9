/** A park's figures of a day by sector, size class and mode. Small counts are suppressed for the public. */
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import type { Sector, SizeClass } from '../../../domain/enterprises/industry.ts';
import {
  type DaySums,
  enterpriseCounts,
  enterprisesByMode,
  figuresBySector,
  figuresBySize,
  staffByMode,
} from '../../../domain/published-figures/breakdown.ts';
import {
  allSuppressed,
  type DaySuppression,
  suppressedOfDay,
} from '../../../domain/published-figures/day-suppression.ts';
import {
  currentRevision,
  type DayFigures,
  dayFiguresOf,
  ratiosOf,
  sameFigures,
} from '../../../domain/published-figures/published-day.ts';
import {
  EMPTY_TALLY,
  type OperationMode,
  RESUMPTION_RATES,
  type Tally,
} from '../../../domain/published-figures/resumption.ts';
import type { ParkDayPartsItem } from '../../../storage/enterprises/items.ts';
import { dayPartsOf } from '../../../storage/enterprises/published-figures/day-shares.ts';
import type { Context } from '../context.ts';
import type { ParkResolvers } from '../generated/types.ts';
import { relationToPark } from '../relations.ts';

type Breakdowns = Required<
  Pick<ParkResolvers, 'enterpriseCounts' | 'resumptionBySector' | 'resumptionBySize' | 'staffByMode'>
>;

export const breakdowns: Breakdowns = {
  enterpriseCounts: async ({ id }, { by, on }, context) => {
    const rows = by === 'MODE' ? await countsByMode(id, on ?? null, context) : await countsBy(by, id, on, context);
    return rows?.map(({ enterprises, ...named }) => ({ ...named, enterprises: { cell: enterprises } })) ?? null;
  },
  resumptionBySector: async ({ id }, { on }, context) => {
    const found = await load(id, on ?? null, context);
    if (!found) return null;
    const rows = figuresBySector(found.sums, found.suppression);
    return rows.map(({ figures, ...row }) => ({ ...row, ...ratesOf(figures) }));
  },
  resumptionBySize: async ({ id }, { on }, context) => {
    const found = await load(id, on ?? null, context);
    if (!found) return null;
    const rows = figuresBySize(found.sums, found.suppression);
    return rows.map(({ figures, ...row }) => ({ ...row, ...ratesOf(figures) }));
  },
  staffByMode: async ({ id }, { on }, context) => {
    const found = await load(id, on ?? null, context);
    if (!found) return null;
    const rows = staffByMode(found.sums, found.suppression);
    return rows.map(({ mode, staff, returned }) => ({ mode, staff: { cell: staff }, returned: { cell: returned } }));
  },
};

/** Returns both rates of a row; nulls where its figures are suppressed. */
function ratesOf(figures: DayFigures | null) {
  const ratios = figures && ratiosOf(figures);
  return {
    production: ratios && { ratio: ratios.production, definition: RESUMPTION_RATES.production },
    returnToWork: ratios && { ratio: ratios.returnToWork, definition: RESUMPTION_RATES.returnToWork },
  };
}

async function countsBy(by: 'SECTOR' | 'SIZE', id: string, on: string | null | undefined, context: Context) {
  const { parkFigures } = context.store;
  const [figures, relation, classes] = await Promise.all([
    parkFigures.ofPark.load(id),
    relationToPark(id, context),
    parkFigures.classLevelsOn(id, on ?? dayInShanghai(context.request.now)),
  ]);
  return figures && enterpriseCounts({ levelOf: (name) => classes.of(name) }, by, !seesAll(relation));
}

async function countsByMode(id: string, on: string | null, context: Context) {
  const found = await load(id, on, context);
  return found && enterprisesByMode(found.sums, found.suppression);
}

/** Returns whether a viewer sees every row: an officer of the park's zone, or an administrator. */
function seesAll(relation: Awaited<ReturnType<typeof relationToPark>>): boolean {
  return relation === 'ZONE' || relation === 'ADMIN';
}

/** Loads a day's sums and suppressed rows; null for a park without figures. By default, of the last reported day. */
async function load(parkId: string, day: string | null, context: Context) {
  const { parkFigures } = context.store;
  const [figures, relation, asked] = await Promise.all([
    parkFigures.ofPark.load(parkId),
    relationToPark(parkId, context),
    day === null ? null : dayOf(parkId, day, context),
  ]);
  if (!figures) return null;
  const on = asked ? day : await parkFigures.lastReportedOn(figures);
  const found = asked ?? (on === null ? null : await dayOf(parkId, on, context));
  if (!found) return null;
  return { sums: found.sums, suppression: seesAll(relation) ? NONE : found.suppression() };
}

const NONE: DaySuppression = new Map();

async function dayOf(parkId: string, on: string, context: Context) {
  const { parkFigures } = context.store;
  const [sums, shares, published, publication] = await Promise.all([
    sumsOf(parkId, on, context),
    parkFigures.sharesOfDay.load({ parkId, on }),
    parkFigures.publishedDay.load({ parkId, on }),
    parkFigures.publicationOf.load(parkId),
  ]);
  return {
    sums,
    suppression(): DaySuppression {
      const revision = currentRevision(published, publication?.applied ?? 0);
      const isPublished = revision && sameFigures(revision.figures, dayFiguresOf(sums.tally, sums.level));
      const parts = isPublished ? dayPartsOf(shares, sums) : null;
      return parts ? suppressedOfDay(parts) : allSuppressed(isPublished ? 'PROTECTS_OTHERS' : 'NOT_PUBLISHED');
    },
  };
}

async function sumsOf(parkId: string, on: string, { store: { parkFigures } }: Context): Promise<DaySums> {
  const [level, classes, tally, parts] = await Promise.all([
    parkFigures.levelOn(parkId, on),
    parkFigures.classLevelsOn(parkId, on),
    parkFigures.ofDay.load({ parkId, on }),
    parkFigures.partsOfDay.load({ parkId, on }),
  ]);
  return {
    level,
    tally: tally ?? EMPTY_TALLY,
    levelOf: (name) => classes.of(name),
    levelOfBoth: (sector, size) => classes.ofBoth(sector, size),
    tallyOf: (name) => tallyOf(parts, name),
  };
}

function tallyOf(parts: ParkDayPartsItem | null, name: Sector | SizeClass | OperationMode): Tally {
  const sum = (counter: keyof Tally) => Number(parts?.[`${name}/${counter}`] ?? 0);
  return {
    reported: sum('reported'),
    resumedOnSite: sum('resumedOnSite'),
    resumedOnline: sum('resumedOnline'),
    staffTotal: sum('staffTotal'),
    staffReturned: sum('staffReturned'),
    registeredStaff: sum('registeredStaff'),
  };
}
