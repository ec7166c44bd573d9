import { GraphQLError } from 'graphql';
import type { ClientPath } from '../executor/fault.ts';
import type { Projection } from './projection.ts';

/**
 * The errors for non-null places that hold nothing and of which no other error tells: one for each null that climbs
 * (GraphQL §6.4.4). `explained` are places of which errors of the run tell; `"@"` in them stands for any list index.
 */
export function missingErrors({ missing, errors }: Projection, explained: Iterable<ClientPath>): GraphQLError[] {
  if (missing.length === 0) return [];
  const tree = new PathTree();
  for (const path of explained) tree.add(path);
  for (const { path } of errors) if (path) tree.add(path);
  return missing
    .filter(({ path }) => !tree.touches(path))
    .map(
      ({ path, coordinate }) =>
        new GraphQLError(`Cannot return null for non-nullable field ${coordinate}.`, {
          path,
          extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' },
        }),
    );
}

class PathTree {
  readonly #below = new Map<string | number, PathTree>();
  #isEnd = false;

  add(path: readonly (string | number)[]): void {
    let tree: PathTree = this;
    for (const segment of path) {
      let next = tree.#below.get(segment);
      if (!next) {
        next = new PathTree();
        tree.#below.set(segment, next);
      }
      tree = next;
    }
    tree.#isEnd = true;
  }

  /** Returns whether a path that was added leads to this place or through it, or ends above it. `"@"` stands for lists of
   * lists too. */
  touches(path: ClientPath, depth = 0): boolean {
    if (this.#isEnd || depth === path.length) return true;
    if (this.#below.get(path[depth]!)?.touches(path, depth + 1)) return true;
    const anyItem = this.#below.get('@');
    for (let next = depth; anyItem && typeof path[next] === 'number'; next++) {
      if (anyItem.touches(path, next + 1)) return true;
    }
    return false;
  }
}

/**
 * The errors that are of what the client asked for. A planner may ask for a field under more types than the client did;
 * where it fails for one of those, the answer has no such key.
 */
export function askedErrors(errors: readonly GraphQLError[], data: unknown): GraphQLError[] {
  return errors.filter(({ path }) => {
    let value = data;
    for (const segment of path ?? []) {
      if (typeof value !== 'object' || value === null) return true;
      if (typeof segment === 'string' && !Array.isArray(value) && !(segment in value)) return false;
      value = (value as Record<string | number, unknown>)[segment];
    }
    return true;
  });
}
