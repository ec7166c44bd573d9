/** Breakdowns of a park's figures of a day by sector, size class and mode of operation, with suppressed cells. */
import { SECTORS, type Sector, SIZE_CLASSES, type SizeClass } from '../enterprises/industry.ts';
import { ENTERPRISE_THRESHOLD, type Suppression, sumOf, suppressedCells } from '../statistics/suppression.ts';
import { type DayFigures, dayFiguresOf } from './published-day.ts';
import { OPERATION_MODES, type OperationMode, type ResidencyLevel, type Tally } from './resumption.ts';

/** The sums of a park and day that its breakdowns are made of. */
export interface DaySums {
  readonly level: ResidencyLevel;
  readonly tally: Tally;
  /** Returns the residents of a sector or a size class. */
  levelOf(name: Sector | SizeClass): ResidencyLevel;
  /** Returns the sums over the reports of a sector's enterprises, or over those with a mode. */
  tallyOf(name: Sector | OperationMode): Tally;
}

/** A count, or the reason why it is suppressed. */
export type Cell = number | Suppression;

/** The resident enterprises of one row. Two of the three names are null. */
export interface EnterpriseCount {
  readonly sector: Sector | null;
  readonly size: SizeClass | null;
  readonly mode: OperationMode | null;
  readonly enterprises: Cell;
}

const UNNAMED = { sector: null, size: null, mode: null };

/** Returns the number of resident enterprises of each sector, size class or mode of the day. */
export function enterpriseCounts(
  sums: DaySums,
  by: 'SECTOR' | 'SIZE' | 'MODE',
  isSuppressing: boolean,
): readonly EnterpriseCount[] {
  const residents = <Name extends Sector | SizeClass>(name: Name) => ({ name, counts: [sums.levelOf(name).residents] });
  switch (by) {
    case 'SECTOR':
      return cellsOf(SECTORS.map(residents), isSuppressing, (sector) => ({ ...UNNAMED, sector }));
    case 'SIZE':
      return cellsOf(SIZE_CLASSES.map(residents), isSuppressing, (size) => ({ ...UNNAMED, size }));
    case 'MODE':
      return cellsOf(modeRows(sums), isSuppressing, (mode) => ({ ...UNNAMED, mode }));
  }
}

function cellsOf<Name extends string>(
  rows: readonly Row<Name>[],
  isSuppressing: boolean,
  named: (name: Name) => Omit<EnterpriseCount, 'enterprises'>,
): readonly EnterpriseCount[] {
  const suppressed = suppressedRows(rows, isSuppressing);
  return rows.map(({ name, counts: [count = 0] }) => ({
    ...named(name),
    enterprises: suppressed.get(name) ?? count,
  }));
}

/** The staff of the resident enterprises with one mode, and those of them who returned to work. */
export interface ModeStaff {
  readonly mode: OperationMode;
  readonly staff: Cell;
  readonly returned: Cell;
}

/** Returns the staff of the resident enterprises by mode. Enterprises without a report have not resumed. */
export function staffByMode(sums: DaySums, isSuppressing: boolean): readonly ModeStaff[] {
  const { staff, staffReturned } = dayFiguresOf(sums.tally, sums.level);
  const [onSite, online] = [sums.tallyOf('ON_SITE'), sums.tallyOf('ONLINE_OFFLINE')];
  const suppressed = suppressedRows(modeRows(sums), isSuppressing);
  const row = (mode: OperationMode, counts: { readonly staff: number; readonly returned: number }) => ({
    mode,
    staff: suppressed.get(mode) ?? counts.staff,
    returned: suppressed.get(mode) ?? counts.returned,
  });
  return [
    row('ON_SITE', { staff: onSite.staffTotal, returned: onSite.staffReturned }),
    row('ONLINE_OFFLINE', { staff: online.staffTotal, returned: online.staffReturned }),
    row('NOT_RESUMED', {
      staff: staff - onSite.staffTotal - online.staffTotal,
      returned: staffReturned - onSite.staffReturned - online.staffReturned,
    }),
  ];
}

/** The figures of one sector, which are shown together or not at all. */
export interface SectorFigures {
  readonly sector: Sector;
  /** Null where they are suppressed. */
  readonly figures: DayFigures | null;
  /** The reason why they are suppressed; null where they are shown. */
  readonly suppressed: Suppression | null;
}

/** Returns the figures of each sector. A sector is suppressed where few enterprises have resumed, or few have not. */
export function figuresBySector(sums: DaySums, isSuppressing: boolean): readonly SectorFigures[] {
  const all = SECTORS.map((sector) => ({
    sector,
    figures: dayFiguresOf(sums.tallyOf(sector), sums.levelOf(sector)),
  }));
  const rows = all.map(({ sector, figures: { residents, resumedOnSite, resumedOnline } }) => {
    const resumed = resumedOnSite + resumedOnline;
    return { name: sector, counts: [resumed, residents - resumed] };
  });
  const suppressed = suppressedRows(rows, isSuppressing);
  return all.map(({ sector, figures }) => {
    const reason = suppressed.get(sector) ?? null;
    return { sector, figures: reason === null ? figures : null, suppressed: reason };
  });
}

/** Returns the resident enterprises by mode. */
function modeRows({ level, tally }: DaySums): readonly Row<OperationMode>[] {
  const { resumedOnSite: onSite, resumedOnline: online } = tally;
  const counts = { ON_SITE: onSite, ONLINE_OFFLINE: online, NOT_RESUMED: level.residents - onSite - online };
  return OPERATION_MODES.map((name) => ({ name, counts: [counts[name]] }));
}

interface Row<Name extends string = string> {
  readonly name: Name;
  /** Counts of enterprises, which are shown together or not at all. */
  readonly counts: readonly number[];
}

/** Returns the suppressed rows, by name: small ones, and further ones so that no difference reveals a small one. */
function suppressedRows(rows: readonly Row[], isSuppressing: boolean): ReadonlyMap<string, Suppression> {
  if (!isSuppressing) return new Map();
  const cells = rows.map(({ name, counts }) => ({ key: name, counts, breakdowns: [] }));
  return suppressedCells({ key: '', counts: sumOf(cells), breakdowns: [cells] }, ENTERPRISE_THRESHOLD);
}
