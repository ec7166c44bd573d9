import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors.ts';
import type { ClientPath } from '../executor/fault.ts';
import type { Rec } from '../executor/record.ts';

/** The values of an operation's variables, coerced or as they were sent. */
export type Variables = Readonly<Record<string, unknown>>;

/** The existence of entities that subgraphs only referred to, as a run has learned it. */
export interface Existence {
  readonly notFound: ReadonlySet<Rec>;
  readonly found: ReadonlySet<Rec>;
}

/** One answer being projected. */
export class Projection {
  readonly errors: GraphQLError[] = [];
  /** Non-null places that hold nothing, one for each null that climbs from there. */
  readonly missing: { readonly path: ClientPath; readonly coordinate: string }[] = [];
  /** The objects and lists above the place that is being completed. */
  readonly path: ClientPath = [];
  /** The cost of this answer so far, by the schema's weights. */
  cost = 0;
  readonly introspection: Readonly<Rec> | undefined;
  readonly #denied = new Map<string, readonly string[]>();
  /** Coerced. */
  readonly variables: Variables;
  readonly #existence: Existence | undefined;

  constructor(introspection?: Readonly<Rec>, existence?: Existence, variables: Variables = {}) {
    this.introspection = introspection;
    this.variables = variables;
    this.#existence = existence && existence.notFound.size > 0 ? existence : undefined;
  }

  /** Returns whether a subgraph that resolves this entity has answered that there is none. */
  isNotFound(entity: Rec): boolean {
    return this.#existence?.notFound.has(entity) ?? false;
  }

  /** Returns whether another subgraph has answered something of it all the same. */
  isFound(entity: Rec): boolean {
    return this.#existence?.found.has(entity) ?? false;
  }

  /** Notes that what is denied was met, so that a null may stand there, or climb without another error. */
  deny(key: string | number): void {
    const at = [...this.path, key].filter((segment) => typeof segment === 'string');
    this.#denied.set(JSON.stringify(at), at);
  }

  /** The places that are denied, without list indices, each once: those known beforehand, then those met. */
  denied(known: readonly (readonly string[])[]): readonly (readonly string[])[] {
    if (known.length === 0 && this.#denied.size === 0) return known;
    return [...new Map([...known.map((at) => [JSON.stringify(at), at] as const), ...this.#denied]).values()];
  }

  /** Reports a value that the schema doesn't allow. */
  refuse(key: string | number, message: string, code: ErrorCode = 'SUBGRAPH_INVALID_RESPONSE'): void {
    this.errors.push(new GraphQLError(message, { path: [...this.path, key], extensions: { code } }));
  }
}

/**
 * Turns what arrived for a place into what the client gets. Null stands for a null that is allowed so far; undefined for
 * one that an error tells of, which climbs to the nearest nullable place.
 */
export type Complete = (value: unknown, key: string | number, projection: Projection) => unknown;

/**
 * Returns the errors for non-null places that hold nothing, of which no other error tells: one for each null that climbs
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

/**
 * Returns the errors of fields that the client asked for. A planner may ask for a field under more types than the client did;
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
