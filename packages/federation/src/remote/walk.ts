export type Path = readonly (string | number)[];

export interface Problem {
  readonly kind: 'missing' | 'wrong';
  readonly path: Path;
}

/** The path of an object or a list while it is walked, innermost first. */
export interface Trail {
  readonly above: Trail | undefined;
  readonly segment: string | number;
}

const MAX_PROBLEMS = 100;

/** One walk over a subgraph's data: what it was asked with, and what was found wrong on the way. */
export class Walk {
  readonly variables: Readonly<Record<string, unknown>>;
  /** Values that are null now though the subgraph didn't say so, or didn't say why. */
  readonly problems: Problem[] = [];
  /** Beyond the most that are told one by one; explained ones are counted in. */
  problemsLeftOut = 0;
  /** Why nothing of the data can be used. */
  unusable: string | undefined;
  /** Every place at which, or below which, the subgraph reported an error. */
  readonly #explained = new Set<string>();

  /** @param errorPaths where the subgraph itself reported errors: a null there needs no other */
  constructor(variables: Readonly<Record<string, unknown>>, errorPaths: readonly Path[]) {
    this.variables = variables;
    for (const path of errorPaths) {
      for (let length = path.length; length > 0; length -= 1)
        this.#explained.add(JSON.stringify(path.slice(0, length)));
    }
  }

  /** The null that stands for a value that can't be taken. */
  nothing(kind: Problem['kind'], above: Trail | undefined, segment: string | number): null {
    // Past the most nothing is looked up: millions of wrong values may not cost seconds.
    if (this.problems.length >= MAX_PROBLEMS) this.problemsLeftOut += 1;
    else if (!this.isExplained(above, segment)) this.problems.push({ kind, path: pathOf(above, segment) });
    return null;
  }

  isExplained(above: Trail | undefined, segment: string | number): boolean {
    return this.#explained.size > 0 && this.#explained.has(JSON.stringify(pathOf(above, segment)));
  }
}

function pathOf(above: Trail | undefined, segment: string | number): Path {
  const path = [segment];
  for (let at = above; at; at = at.above) path.push(at.segment);
  return path.reverse();
}
