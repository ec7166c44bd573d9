import { type GraphQLSchema, parse, validate } from 'graphql';
import type { Example } from './example.ts';

/**
 * Returns the names of the examples that the viewer may run. The gateway shows each viewer only the schema that they
 * may use, so an example that is valid against it is allowed. Returns all names while the schema is unknown.
 */
export function allowedExamples(examples: readonly Example[], schema: GraphQLSchema | null): ReadonlySet<string> {
  const allowed = examples.filter(({ text }) => schema === null || validate(schema, parse(text)).length === 0);
  return new Set(allowed.map(({ name }) => name));
}
