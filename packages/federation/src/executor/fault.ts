import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CodedError, type ErrorCode } from '../errors.ts';
import type { KeyTree } from '../normalise/normalise.ts';
import type { DataPath } from './record.ts';

/** A path in the client's keys; `"@"` stands for any item of a list. */
export type ClientPath = (string | number)[];

/** Translates normalised keys into the client's, as far as the client asked: what only the planner asked for has no path. */
export function clientPath(keys: KeyTree, path: DataPath): ClientPath {
  const translated: ClientPath = [];
  let level: KeyTree | undefined = keys;
  for (const segment of path) {
    if (typeof segment === 'number' || segment === '@') {
      translated.push(segment);
      continue;
    }
    const entry: { responseKey: string; below: KeyTree } | undefined = level?.get(segment);
    if (!entry) break;
    translated.push(entry.responseKey);
    level = entry.below;
  }
  return translated;
}

/** An error that a subgraph reported, at its place in the client's answer. */
export function subgraphError(
  subgraph: string,
  error: GraphQLFormattedError,
  path: ClientPath | undefined,
): GraphQLError {
  const message = typeof error.message === 'string' ? error.message : 'The subgraph reported an error.';
  const reported = error.extensions?.code;
  return new GraphQLError(message, {
    ...(path && path.length > 0 ? { path } : {}),
    extensions: {
      ...error.extensions,
      code: typeof reported === 'string' ? reported : 'INTERNAL_SERVER_ERROR',
      subgraph,
    },
  });
}

/**
 * An error for a whole fetch: it stands once, at the first place that it leaves empty, and lists them all, dotted, with
 * `@` for the items of a list.
 */
export function fetchError(
  code: ErrorCode,
  subgraph: string,
  message: string,
  affected: readonly ClientPath[],
  cause?: unknown,
): GraphQLError {
  const [first] = affected;
  const path = first && !first.includes('@') ? first : first?.slice(0, first.indexOf('@'));
  return new GraphQLError(message, {
    ...(path && path.length > 0 ? { path } : {}),
    extensions: {
      ...(cause instanceof CodedError ? cause.details : {}),
      code,
      subgraph,
      paths: affected.map((segments) => segments.join('.')),
    },
    ...(cause instanceof Error ? { originalError: cause } : {}),
  });
}
