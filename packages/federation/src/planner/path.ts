import type { PathSegment } from './plan.ts';

/** A step of a path through the answer: a key, and of which types the objects there are. */
export interface Step {
  readonly key: string;
  readonly isList: boolean;
  /** Undefined: of any type. */
  readonly types: readonly string[] | undefined;
}

export type Path = readonly Step[];

/** Returns a path with the objects at its end of some types only. */
export function narrowed(path: Path, types: readonly string[]): Path {
  const last = path.at(-1);
  return last ? [...path.slice(0, -1), { ...last, types }] : path;
}

/** A set of paths. Paths that differ by the types at one step are one path. */
export class Paths {
  readonly #byKeys = new Map<string, Path[]>();

  /** Returns whether the path was not in the set. */
  add(path: Path): boolean {
    const keys = path.map(({ key }) => key).join('.');
    const known = this.#byKeys.get(keys);
    if (!known) {
      this.#byKeys.set(keys, [path]);
      return true;
    }
    let added = path;
    for (let index = 0; index < known.length; index++) {
      const united = unite(known[index]!, added);
      if (!united) continue;
      if (united === known[index]) return false;
      known.splice(index, 1);
      added = united;
      index = -1;
    }
    known.push(added);
    return true;
  }

  all(): Path[] {
    return [...this.#byKeys.values()].flat();
  }
}

/** One path for two with equal keys, where they differ at one step only. The first itself, where it holds the other. */
function unite(one: Path, other: Path): Path | undefined {
  let at = -1;
  for (let index = 0; index < one.length; index++) {
    if (sameTypes(one[index]!.types, other[index]!.types)) continue;
    if (at >= 0) return undefined;
    at = index;
  }
  if (at < 0) return one;
  const [types, more] = [one[at]!.types, other[at]!.types];
  if (types === undefined) return one;
  const all = more && [...new Set([...types, ...more])];
  if (all?.length === types.length) return one;
  return one.map((step, index) => (index === at ? { ...step, types: all } : step));
}

function sameTypes(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return one === other || (one?.length === other?.length && (one?.every((type) => other?.includes(type)) ?? false));
}

export function segmentsOf(path: Path): PathSegment[] {
  return path.flatMap(({ key, isList, types }): PathSegment[] => [
    { Field: key },
    ...(isList ? (['@'] as const) : []),
    ...(types ? [{ TypeCondition: types }] : []),
  ]);
}
