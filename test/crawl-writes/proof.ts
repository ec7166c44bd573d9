import { goWithout } from '../crawl/replace.ts';
import { type Attempt, crawlWrites, type Violation } from './crawl.ts';
import type { WriteGrounds } from './grounds.ts';
import { WRITE_GUARDS, type WriteGuard } from './guards.ts';

export interface ProvenGuard {
  readonly guard: string;
  /** What is changed without it; where others are gone too, what these alone would have let by is left out. */
  readonly violations: readonly Violation[];
  readonly attempts: number;
}

/** Returns guards by their names; all where none is named. Throws where there is no such guard. */
export function writeGuardsNamed(names: readonly string[]): readonly WriteGuard[] {
  if (names.length === 0) return WRITE_GUARDS;
  return names.map((name) => {
    const guard = WRITE_GUARDS.find((each) => each.name === name);
    if (guard) return guard;
    throw new Error(`There is no guard "${name}". There are: ${WRITE_GUARDS.map((each) => each.name).join('; ')}`);
  });
}

/**
 * Crawls once without each guard.
 * @param all every attempt
 * @param some those that are made without a guard of several mutations
 */
export async function* proveWrites(
  grounds: WriteGrounds,
  guards: readonly WriteGuard[],
  { all, some, stopsAtFirst }: { all: readonly Attempt[]; some: readonly Attempt[]; stopsAtFirst: boolean },
): AsyncGenerator<ProvenGuard> {
  for (const guard of guards) {
    const attempts = guard.only ? all.filter(({ mutation }) => mutation === guard.only) : some;
    const without = (removed: readonly WriteGuard[], isEnough: boolean) => {
      goWithout(removed);
      return crawlWrites(grounds, attempts, { stopsAtFirst: isEnough }).finally(() => goWithout([]));
    };
    const before = guard.behind.length > 0 ? writeGuardsNamed(guard.behind) : [];
    const alone = before.length > 0 ? await without(before, false) : undefined;
    const found = await without([guard, ...before], stopsAtFirst && alone === undefined);
    const known = new Set(alone?.violations.map(nameOf));
    yield {
      guard: guard.name,
      violations: found.violations.filter((violation) => !known.has(nameOf(violation))),
      attempts: found.attempts + (alone?.attempts ?? 0),
    };
  }
}

const nameOf = ({ writer, mutation, about }: Violation) => `${writer} ${mutation} ${about}`;
