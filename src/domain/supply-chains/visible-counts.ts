import { ENTERPRISE_THRESHOLD, type Suppression, suppressedCells } from '../statistics/suppression.ts';
import type { SupplyCounts } from './gaps.ts';

/** The counts of a gap, each or the reason why it is suppressed. */
export type GapCells = Readonly<Record<'enterprises' | (typeof PARTS)[number], number | Suppression>>;

const PARTS = ['within', 'outside', 'unsupplied'] as const;

/**
 * Returns the counts of a gap as a viewer may see them; null where few enterprises need the goods, so that even the gap is
 * hidden.
 * @param isWhole set for viewers who see every count
 */
export function visibleCounts(counts: SupplyCounts, isWhole: boolean): GapCells | null {
  const { enterprises } = counts;
  const parts = PARTS.map((key) => ({ key, counts: [counts[key]], breakdowns: [] }));
  const table = { key: 'enterprises', counts: [enterprises], breakdowns: [parts] };
  const suppressed = isWhole ? new Map<string, Suppression>() : suppressedCells(table, ENTERPRISE_THRESHOLD);
  if (suppressed.has('enterprises')) return null;
  const cell = (part: (typeof PARTS)[number]) => suppressed.get(part) ?? counts[part];
  return { enterprises, within: cell('within'), outside: cell('outside'), unsupplied: cell('unsupplied') };
}
