/** A second reading of what counts in a park on a day: one enterprise after the other, one day after the other. */
import { addDays } from '../../../src/domain/calendar/day.ts';
import { SECTORS, SIZE_CLASSES } from '../../../src/domain/enterprises/industry.ts';
import { RESIDENCY_KINDS, type Residency } from '../../../src/domain/enterprises/residency.ts';
import { OPERATION_MODES, type OperationMode } from '../../../src/domain/published-figures/resumption.ts';

export interface ModelReport {
  readonly mode: OperationMode;
  readonly staffTotal: number;
  readonly staffReturned: number;
}

/** The classes of an enterprise from a day on. */
interface Classes {
  readonly from: string;
  readonly sector: string;
  readonly size: string;
}

/** An enterprise as the model knows it. Its stays are those that the store has. */
export class ModelEnterprise {
  readonly id: string;
  /** The reports that count, by day. */
  readonly reports = new Map<string, ModelReport>();
  stays: readonly Residency[] = [];
  /** The latest last. */
  #classes: readonly Classes[];

  constructor(id: string, classes: Omit<Classes, 'from'>) {
    this.id = id;
    this.#classes = [{ from: '0000-00-00', ...classes }];
  }

  classesOn(day: string): Omit<Classes, 'from'> | undefined {
    return this.#classes.findLast(({ from }) => from <= day);
  }

  /** New classes count from the first day on that is neither past nor reported. The same classes again change nothing. */
  changeClasses(classes: Omit<Classes, 'from'>, today: string): void {
    const newest = this.#classes.at(-1);
    if (newest?.sector === classes.sector && newest.size === classes.size) return;
    const last = [...this.reports.keys()].sort().at(-1) ?? '';
    const from = last >= today ? addDays(last, 1) : today;
    this.#classes = [...this.#classes.filter((one) => one.from < from), { from, ...classes }];
  }
}

/** The lengths of a park's lists: all lasting stays, and those by the newest sector and size class. */
export function recountLists(enterprises: readonly ModelEnterprise[], parkId: string): string {
  const listed = enterprises.filter(({ stays }) => stays.some((stay) => stay.parkId === parkId && stay.to === null));
  const of = (field: 'sector' | 'size', name: string) =>
    listed.filter((enterprise) => enterprise.classesOn('9999-12-31')?.[field] === name).length;
  return listText(
    listed.length,
    SECTORS.map((name) => of('sector', name)),
    SIZE_CLASSES.map((name) => of('size', name)),
  );
}

export function listText(all: number, sectors: readonly number[], sizes: readonly number[]): string {
  return [all, sectors.join(', '), sizes.join(', ')].join(' | ');
}

/** The sums of a park and day, as text that can be compared with the stored ones. */
export function recount(enterprises: readonly ModelEnterprise[], parkId: string, day: string): string {
  const here = enterprises.flatMap((enterprise) => {
    const stay = countsBy(enterprise.stays, day);
    if (stay?.parkId !== parkId) return [];
    const report = enterprise.reports.get(day) ?? null;
    return [{ report, staff: report?.staffTotal ?? stay.registeredStaff, ...enterprise.classesOn(day) }];
  });
  type Here = (typeof here)[number];
  const sum = (rows: readonly Here[], of: (row: Here) => number) => rows.reduce((total, row) => total + of(row), 0);
  const staffOf = (rows: readonly Here[]) => sum(rows, ({ staff }) => staff);
  const returnedOf = (rows: readonly Here[]) => sum(rows, ({ report }) => report?.staffReturned ?? 0);
  const modeOf = ({ report }: Here) => report?.mode ?? 'NOT_RESUMED';
  const inMode = (rows: readonly Here[], ...modes: OperationMode[]) =>
    rows.filter((row) => modes.includes(modeOf(row)));
  const resumed = (rows: readonly Here[]) => inMode(rows, 'ON_SITE', 'ONLINE_OFFLINE').length;
  return dayText({
    fingerprint: `${inMode(here, 'ON_SITE').length}+${inMode(here, 'ONLINE_OFFLINE').length}/${here.length} ${returnedOf(here)}/${staffOf(here)} ${here.filter(({ report }) => report).length}`,
    sectors: SECTORS.map((sector) => {
      const rows = here.filter((row) => row.sector === sector);
      return `${resumed(rows)}/${rows.length} ${returnedOf(rows)}/${staffOf(rows)}`;
    }),
    sizes: SIZE_CLASSES.map((size) => {
      const rows = here.filter((row) => row.size === size);
      return `${rows.length} ${resumed(rows)}/${rows.length} ${returnedOf(rows)}/${staffOf(rows)}`;
    }),
    modes: OPERATION_MODES.map((mode) => {
      const rows = inMode(here, mode);
      return `${rows.length} ${returnedOf(rows)}/${staffOf(rows)}`;
    }),
  });
}

/** The figures of a day, one list for each breakdown. */
export interface DayText {
  readonly fingerprint: string;
  readonly sectors: readonly string[];
  readonly sizes: readonly string[];
  readonly modes: readonly string[];
}

export function dayText({ fingerprint, sectors, sizes, modes }: DayText): string {
  return [fingerprint, sectors.join(', '), sizes.join(', '), modes.join(', ')].join(' | ');
}

/** Returns the stay by which an enterprise counts: operating first, registered last, then the earlier one. */
function countsBy(stays: readonly Residency[], day: string): Residency | null {
  const rank = ({ kind, from, parkId }: Residency) => `${RESIDENCY_KINDS.indexOf(kind)} ${from} ${parkId}`;
  const here = stays.filter(({ from, to }) => from <= day && (to === null || day <= to));
  return here.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))[0] ?? null;
}

/** Returns the totals of a day's text: the fingerprint of its figures. */
export const totals = (text: string) => text.split(' | ')[0] ?? '';

/** What all runs have done and compared. */
export interface Comparison {
  daySums: number;
  readonly different: string[];
  /** Accepted commands by kind. */
  readonly accepted: Map<string, number>;
}

export const newComparison = (): Comparison => ({ daySums: 0, different: [], accepted: new Map() });
