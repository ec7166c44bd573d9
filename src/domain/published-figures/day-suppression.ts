/**
 * Suppression of a park's figures of a day by sector and by mode. Readers know both breakdowns and the exact total, so
 * no sum or difference of shown rows may tell of few enterprises, or be dominated by one (Statistics Law of the PRC,
 * art. 28).
 */
import { SECTORS, type Sector, type SizeClass } from '../enterprises/industry.ts';
import { addContributions, type Contributions, isDominated, NO_CONTRIBUTIONS } from '../statistics/dominance.ts';
import { ENTERPRISE_THRESHOLD, type Suppression } from '../statistics/suppression.ts';
import { OPERATION_MODES, type OperationMode } from './resumption.ts';

/** The resident enterprises of one sector, mode and size class. */
export interface DayPart {
  readonly sector: Sector;
  readonly mode: OperationMode;
  readonly size: SizeClass;
  readonly enterprises: number;
  readonly staff: Contributions;
  readonly returned: Contributions;
}

/** The suppressed sectors and modes of a day. */
export type DaySuppression = ReadonlyMap<Sector | OperationMode, Suppression>;

/** Returns the suppression of every row for one reason. */
export function allSuppressed(reason: Suppression): DaySuppression {
  return new Map([...SECTORS, ...OPERATION_MODES].map((name) => [name, reason]));
}

/** A row of a breakdown: a sector or a mode, of which all figures are shown, or none. */
interface Row {
  readonly name: Sector | OperationMode;
  readonly bit: number;
  readonly staff: number;
}

/** A part, by the bits of its two rows. */
interface Placed extends DayPart {
  readonly bits: number;
}

/**
 * Returns the suppressed rows. A row that tells of few enterprises, or that one of them dominates, is suppressed. So is
 * the row in the most sums and differences that do, until none does. Rows without an enterprise are shown.
 */
export function suppressedOfDay(parts: readonly DayPart[]): DaySuppression {
  const known = parts.filter(({ enterprises }) => enterprises > 0);
  const sectors = rowsOf(known, ({ sector }) => sector, 0);
  const modes = rowsOf(known, ({ mode }) => mode, sectors.length);
  const bitOf = new Map([...sectors, ...modes].map(({ name, bit }) => [name, bit]));
  const placed = known.map((part): Placed => {
    return { ...part, bits: (bitOf.get(part.sector) ?? 0) | (bitOf.get(part.mode) ?? 0) };
  });
  const suppressed = new Map<Sector | OperationMode, Suppression>();
  for (const { name, bit } of [...sectors, ...modes]) {
    const reason = reasonOf(placed, { plus: bit, minus: 0, isRest: false });
    if (reason) suppressed.set(name, reason);
  }
  const isShown = ({ name }: Row) => !suppressed.has(name);
  for (;;) {
    const shown = { sectors: sectors.filter(isShown), modes: modes.filter(isShown) };
    const worst = mostRevealing(shown, placed);
    if (!worst) return suppressed;
    suppressed.set(worst.name, 'PROTECTS_OTHERS');
  }
}

function rowsOf(
  parts: readonly DayPart[],
  nameOf: (part: DayPart) => Sector | OperationMode,
  from: number,
): readonly Row[] {
  return Array.from(Map.groupBy(parts, nameOf), ([name, ofRow], index) => {
    return { name, bit: 1 << (from + index), staff: ofRow.reduce((sum, { staff }) => sum + staff.sum, 0) };
  });
}

/** Returns the row in the most revealing sums and differences, the smallest among equals; undefined without any. */
function mostRevealing(
  { sectors, modes }: { readonly sectors: readonly Row[]; readonly modes: readonly Row[] },
  parts: readonly Placed[],
): Row | undefined {
  const found = new Map<Row, number>();
  for (const someSectors of subsetsOf(sectors)) {
    for (const someModes of subsetsOf(modes)) {
      if (someSectors.length + someModes.length === 0) continue;
      const combined = { plus: bitsOf(someSectors), minus: bitsOf(someModes) };
      const reasons = [false, true].map((isRest) => reasonOf(parts, { ...combined, isRest }));
      const count = reasons.filter((reason) => reason !== null).length;
      if (count === 0) continue;
      for (const row of [...someSectors, ...someModes]) found.set(row, (found.get(row) ?? 0) + count);
    }
  }
  const byCount = ([a, countOfA]: [Row, number], [b, countOfB]: [Row, number]) =>
    countOfB - countOfA || a.staff - b.staff || (a.name < b.name ? -1 : 1);
  return [...found].sort(byCount)[0]?.[0];
}

function subsetsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  return Array.from({ length: 1 << rows.length }, (_, subset) => rows.filter((_row, i) => (subset & (1 << i)) !== 0));
}

const bitsOf = (rows: readonly Row[]) => rows.reduce((bits, { bit }) => bits | bit, 0);

/** The rows of one breakdown less those of the other; with `isRest`, the total less both. Zero bits are no row. */
interface Combined {
  readonly plus: number;
  readonly minus: number;
  readonly isRest: boolean;
}

/** Returns the reason why a combination of rows can't be shown; null where it can. */
function reasonOf(parts: readonly Placed[], { plus, minus, isRest }: Combined): Suppression | null {
  let [resumed, notResumed] = [0, 0];
  let staff = NO_CONTRIBUTIONS;
  let returned = NO_CONTRIBUTIONS;
  for (const part of parts) {
    // The enterprises of rows in both breakdowns cancel each other out; in the rest, those of exactly one do.
    const isInOne = ((part.bits & plus) !== 0) !== ((part.bits & minus) !== 0);
    if (isInOne === isRest) continue;
    if (part.mode === 'NOT_RESUMED') notResumed += part.enterprises;
    else resumed += part.enterprises;
    staff = addContributions(staff, part.staff);
    returned = addContributions(returned, part.returned);
  }
  if (isFew(resumed) || isFew(notResumed)) return 'BELOW_THRESHOLD';
  return isDominated(staff) || isDominated(returned) ? 'DOMINATED' : null;
}

const isFew = (enterprises: number) => enterprises > 0 && enterprises < ENTERPRISE_THRESHOLD;
