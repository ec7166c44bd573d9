/** A park's figures of a day by sector, size class and mode. Small counts are suppressed for the public. */
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import type { Sector } from '../../../domain/enterprises/industry.ts';
import {
  type DaySums,
  enterpriseCounts,
  figuresBySector,
  staffByMode,
} from '../../../domain/published-figures/breakdown.ts';
import { ratiosOf } from '../../../domain/published-figures/published-day.ts';
import {
  EMPTY_TALLY,
  type OperationMode,
  RESUMPTION_RATES,
  type Tally,
} from '../../../domain/published-figures/resumption.ts';
import type { ParkDayPartsItem } from '../../../storage/enterprises/items.ts';
import type { Context } from '../context.ts';
import type { ParkResolvers } from '../generated/types.ts';
import { relationToPark } from '../relations.ts';

type Breakdowns = Required<Pick<ParkResolvers, 'enterpriseCounts' | 'resumptionBySector' | 'staffByMode'>>;

export const breakdowns: Breakdowns = {
  enterpriseCounts: async ({ id }, { by, on }, context) => {
    const day = on ?? (by === 'MODE' ? null : dayInShanghai(context.request.now));
    const found = await load(id, day, context);
    if (!found) return null;
    const rows = enterpriseCounts(found.sums, by, found.isSuppressing);
    return rows.map(({ enterprises, ...named }) => ({ ...named, enterprises: { cell: enterprises } }));
  },
  resumptionBySector: async ({ id }, { on }, context) => {
    const found = await load(id, on ?? null, context);
    if (!found) return null;
    return figuresBySector(found.sums, found.isSuppressing).map(({ sector, figures, suppressed }) => {
      const ratios = figures && ratiosOf(figures);
      return {
        sector,
        suppressed,
        production: ratios && { ratio: ratios.production, definition: RESUMPTION_RATES.production },
        returnToWork: ratios && { ratio: ratios.returnToWork, definition: RESUMPTION_RATES.returnToWork },
      };
    });
  },
  staffByMode: async ({ id }, { on }, context) => {
    const found = await load(id, on ?? null, context);
    if (!found) return null;
    const rows = staffByMode(found.sums, found.isSuppressing);
    return rows.map(({ mode, staff, returned }) => ({ mode, staff: { cell: staff }, returned: { cell: returned } }));
  },
};

/** Loads the sums of a day; null for a park without figures. Without a day, it is the last one with a report. */
async function load(parkId: string, day: string | null, context: Context) {
  const { parkFigures } = context.store;
  const [figures, relation, asked] = await Promise.all([
    parkFigures.ofPark.load(parkId),
    relationToPark(parkId, context),
    day === null ? null : sumsOf(parkId, day, context),
  ]);
  const isSuppressing = relation !== 'ZONE' && relation !== 'ADMIN';
  if (!figures) return null;
  if (asked) return { sums: asked, isSuppressing };
  const on = await parkFigures.lastReportedOn(figures);
  return on === null ? null : { sums: await sumsOf(parkId, on, context), isSuppressing };
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
    tallyOf: (name) => tallyOf(parts, name),
  };
}

function tallyOf(parts: ParkDayPartsItem | null, name: Sector | OperationMode): Tally {
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
