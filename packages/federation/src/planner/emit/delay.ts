import type { Steps } from '../steps.ts';
import type { Part } from './build.ts';
import { placesRead, placesWritten } from './check.ts';

/** Plans of more places are left as they are: comparing all of them would cost more than it saves. */
const MAX_PLACES = 200;

/**
 * Delays entity fetches to a later wave in which the same subgraph is asked anyway, where no fetch up to that wave reads
 * what they bring: two requests become one, and the answer waits for the later one in any case.
 */
export function delayed(parts: readonly Part[], steps: Steps): readonly Part[] {
  if (parts.reduce((sum, { paths }) => sum + paths.all().length, 0) > MAX_PLACES) return parts;
  const result = [...parts];
  const reads = parts.map((part) => placesRead(part));
  const writes = parts.map((part) => placesWritten(part, steps));
  const levels = [...new Set(parts.map(({ level }) => level))].sort((one, other) => other - one);
  for (const level of levels) {
    for (const subgraph of new Set(parts.map((part) => part.subgraph))) {
      const isOf = (part: Part, at: number) => part.entity && part.subgraph === subgraph && part.level === at;
      const own = result.flatMap((part, index) => (isOf(part, level) ? index : []));
      const next = levels.findLast((later) => later > level && result.some((part) => isOf(part, later)));
      if (own.length === 0 || next === undefined) continue;
      const isFree = own.every((index) =>
        result.every((part, other) => {
          steps.take();
          return part.level > next || own.includes(other) || writes[index]!.isDisjointFrom(reads[other]!);
        }),
      );
      if (isFree) for (const index of own) result[index] = { ...result[index]!, level: next };
    }
  }
  return result;
}
