import { type CrawlOptions, crawl, type Grounds } from './crawl.ts';
import type { Leak } from './examine.ts';
import { GUARDS, type Guard } from './guards.ts';
import { goWithout } from './replace.ts';

export interface Proven {
  readonly guard: string;
  /** What the crawler finds without it; where another one is gone too, what that one alone would have let by is left out. */
  readonly leaks: readonly Leak[];
  readonly requests: number;
}

/** Guards by their names; all where none is named. Throws where there is no such guard. */
export function guardsNamed(names: readonly string[]): readonly Guard[] {
  if (names.length === 0) return GUARDS;
  return names.map((name) => {
    const guard = GUARDS.find((each) => each.name === name);
    if (!guard)
      throw new Error(`There is no guard "${name}". There are: ${GUARDS.map((each) => each.name).join('; ')}`);
    return guard;
  });
}

/** Crawls once without each guard, in a world of its own. */
export async function* prove(
  grounds: Grounds,
  guards: readonly Guard[],
  options: Omit<CrawlOptions, 'world'>,
): AsyncGenerator<Proven> {
  let world = 0;
  const without = (removed: readonly Guard[], stopsAtFirst: boolean) => {
    goWithout(removed);
    world += 1;
    return crawl(grounds, { ...options, world, stopsAtFirst }).finally(() => goWithout([]));
  };
  for (const guard of guards) {
    const [before] = guard.behind === undefined ? [] : guardsNamed([guard.behind]);
    const alone = before && (await without([before], false));
    const found = await without(
      before ? [guard, before] : [guard],
      before === undefined && (options.stopsAtFirst ?? false),
    );
    const known = new Set(alone?.leaks.map(nameOf));
    yield {
      guard: guard.name,
      leaks: found.leaks.filter((leak) => !known.has(nameOf(leak))),
      requests: found.requests + (alone?.requests ?? 0),
    };
  }
}

const nameOf = ({ canary, place, encoding, who }: Leak) => `${canary} ${place} ${encoding} ${who}`;
