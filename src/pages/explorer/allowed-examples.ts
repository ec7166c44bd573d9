import { type GraphQLSchema, parse, validate } from 'graphql';
import type { Example } from './example.ts';

/**
 * The names of the examples that may be run by whoever the gateway shows this schema to: it shows what one may use, so a
 * document that is valid against it asks for nothing else. All of them while the schema isn't known.
 */
export function allowedExamples(examples: readonly Example[], schema: GraphQLSchema | null): ReadonlySet<string> {
  const allowed = examples.filter(({ text }) => schema === null || validate(schema, parse(text)).length === 0);
  return new Set(allowed.map(({ name }) => name));
}
