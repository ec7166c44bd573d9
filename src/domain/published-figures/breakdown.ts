/** Breakdowns of a park's figures of a day by sector, size class and mode of operation, with suppressed cells. */
import { SECTORS, type Sector, SIZE_CLASSES, type SizeClass } from '../enterprises/industry.ts';
import { ENTERPRISE_THRESHOLD, type Suppression, sumOf, suppressedCells } from '../statistics/suppression.ts';
import type { DaySuppression } from './day-suppression.ts';
import { type DayFigures, dayFiguresOf } from './published-day.ts';
import { OPERATION_MODES, type OperationMode, type ResidencyLevel, type Tally } from './resumption.ts';

/** The sums of a park and day that its breakdowns are made of. */
export interface DaySums {
  readonly level: ResidencyLevel;
  readonly tally: Tally;
  /** Returns the residents of a sector or a size class. */
  levelOf(name: Sector | SizeClass): ResidencyLevel;
  /** Returns the residents of one sector and size class. */
  levelOfBoth(sector: Sector, size: SizeClass): ResidencyLevel;
  /** Returns the sums over the reports of a sector's enterprises, or a size class's, or over those with a mode. */
  tallyOf(name: Sector | SizeClass | OperationMode): Tally;
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

/** Returns the number of resident enterprises of each sector or size class of the day. */
export function enterpriseCounts(
  { levelOf }: Pick<DaySums, 'levelOf'>,
  by: 'SECTOR' | 'SIZE',
  isSuppressing: boolean,
): readonly EnterpriseCount[] {
  return by === 'SECTOR'
    ? cellsOf(SECTORS, levelOf, isSuppressing, (sector) => ({ ...UNNAMED, sector }))
    : cellsOf(SIZE_CLASSES, levelOf, isSuppressing, (size) => ({ ...UNNAMED, size }));
}

function cellsOf<Name extends Sector | SizeClass>(
  names: readonly Name[],
  levelOf: DaySums['levelOf'],
  isSuppressing: boolean,
  named: (name: Name) => Omit<EnterpriseCount, 'enterprises'>,
): readonly EnterpriseCount[] {
  const cells = names.map((name) => ({ key: name, counts: [levelOf(name).residents], breakdowns: [] }));
  const all = { key: '', counts: sumOf(cells), breakdowns: [cells] };
  const suppressed = isSuppressing ? suppressedCells(all, ENTERPRISE_THRESHOLD) : null;
  return names.map((name) => ({ ...named(name), enterprises: suppressed?.get(name) ?? levelOf(name).residents }));
}

/** Returns the number of resident enterprises of each mode. Enterprises without a report have not resumed. */
export function enterprisesByMode(sums: DaySums, suppression: DaySuppression): readonly EnterpriseCount[] {
  const { resumedOnSite, resumedOnline } = sums.tally;
  const counts = {
    ON_SITE: resumedOnSite,
    ONLINE_OFFLINE: resumedOnline,
    NOT_RESUMED: sums.level.residents - resumedOnSite - resumedOnline,
  };
  return OPERATION_MODES.map((mode) => ({ ...UNNAMED, mode, enterprises: suppression.get(mode) ?? counts[mode] }));
}

/** The staff of the resident enterprises with one mode, and those of them who returned to work. */
export interface ModeStaff {
  readonly mode: OperationMode;
  readonly staff: Cell;
  readonly returned: Cell;
}

/** Returns the staff of the resident enterprises by mode. Enterprises without a report have not resumed. */
export function staffByMode(sums: DaySums, suppression: DaySuppression): readonly ModeStaff[] {
  const { staff, staffReturned } = dayFiguresOf(sums.tally, sums.level);
  const [onSite, online] = [sums.tallyOf('ON_SITE'), sums.tallyOf('ONLINE_OFFLINE')];
  const row = (mode: OperationMode, counts: { readonly staff: number; readonly returned: number }) => ({
    mode,
    staff: suppression.get(mode) ?? counts.staff,
    returned: suppression.get(mode) ?? counts.returned,
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

/** The figures of one row, which are shown together or not at all. */
interface RowFigures {
  /** Null where they are suppressed. */
  readonly figures: DayFigures | null;
  /** The reason why they are suppressed; null where they are shown. */
  readonly suppressed: Suppression | null;
}

/** The figures of one sector. */
export interface SectorFigures extends RowFigures {
  readonly sector: Sector;
}

/** Returns the figures of each sector. */
export function figuresBySector(sums: DaySums, suppression: DaySuppression): readonly SectorFigures[] {
  return SECTORS.map((sector) => ({ sector, ...figuresOf(sector, sums, suppression) }));
}

/** The figures of one size class, likewise. */
export interface SizeFigures extends RowFigures {
  readonly size: SizeClass;
}

/** Returns the figures of each size class. */
export function figuresBySize(sums: DaySums, suppression: DaySuppression): readonly SizeFigures[] {
  return SIZE_CLASSES.map((size) => ({ size, ...figuresOf(size, sums, suppression) }));
}

function figuresOf(name: Sector | SizeClass, sums: DaySums, suppression: DaySuppression): RowFigures {
  const suppressed = suppression.get(name) ?? null;
  return { suppressed, figures: suppressed ? null : dayFiguresOf(sums.tallyOf(name), sums.levelOf(name)) };
}
