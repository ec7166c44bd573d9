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
