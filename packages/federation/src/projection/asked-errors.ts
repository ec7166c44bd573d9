import type { GraphQLError } from 'graphql';

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
