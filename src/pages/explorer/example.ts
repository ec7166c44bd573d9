import { inflateSync, strFromU8 } from 'fflate';
import { type GraphQLSchema, Kind, parse, validate } from 'graphql';
import type { Locale } from '../../domain/locale.ts';
import type { Bearer } from '../sign-in/bearer.ts';

/** A trusted document as it is shown. `text` and `variables` go into the editors unchanged. */
export interface Example {
  readonly name: string;
  /** Its folder of `schema/operations`: the audience. */
  readonly group: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly text: string;
  readonly variables: string;
}

/**
 * Returns the names of the examples that the viewer may run. The gateway shows each viewer only the schema that they
 * may use, so an example that is valid against it is allowed. Returns all names while the schema is unknown.
 */
export function allowedExamples(examples: readonly Example[], schema: GraphQLSchema | null): ReadonlySet<string> {
  const allowed = examples.filter(({ text }) => schema === null || validate(schema, parse(text)).length === 0);
  return new Set(allowed.map(({ name }) => name));
}

/** Returns an example that asks for texts in a language, where it has a variable for it. */
export function inLanguage(example: Example, locale: Locale): Example {
  const variables: Readonly<Record<string, unknown>> = JSON.parse(example.variables);
  if (!('locale' in variables)) return example;
  return { ...example, variables: JSON.stringify({ ...variables, locale }, null, 2) };
}

const OWN = ['zone', 'agency', 'enterprise'] as const;

/**
 * Returns an example's variables, with the zone, agency or enterprise of the person signed in where they name one.
 * Those of others are often refused.
 */
export function ownVariables(text: string, bearer: Bearer | undefined): string {
  const variables: Readonly<Record<string, unknown>> = JSON.parse(text, (name, value) =>
    // Each intent has a key of its own.
    name === 'idempotencyKey' ? crypto.randomUUID() : value,
  );
  const own = OWN.flatMap((name) =>
    bearer?.[name] !== undefined && name in variables ? [[name, bearer[name]] as const] : [],
  );
  return JSON.stringify({ ...variables, ...Object.fromEntries(own) }, null, 2);
}

/** Deflated text beyond this is no query that a person wrote. */
const MAX_LINK_CHARACTERS = 20_000;

/**
 * Returns the query of one's own that a fragment carries: `#q=` and `{ query, variables }`, deflated, in base64url.
 * Undefined for anything else. It counts as a mutation, which doesn't run without a click, unless it only queries.
 */
export function linkedQuery(fragment: string): Example | undefined {
  const [, carried] = /^#q=([\w-]+)$/.exec(fragment) ?? [];
  if (carried === undefined || carried.length > MAX_LINK_CHARACTERS) return undefined;
  try {
    const bytes = Uint8Array.from(atob(carried.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const { query, variables = {} }: { query: string; variables?: object } = JSON.parse(strFromU8(inflateSync(bytes)));
    const operations = parse(query).definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    const [first] = operations;
    if (!first) return undefined;
    const isQuery = operations.every(({ operation }) => operation === 'query');
    return {
      name: first.name?.value ?? '',
      group: '',
      type: isQuery ? 'query' : 'mutation',
      text: query,
      variables: JSON.stringify(variables, null, 2),
    };
  } catch {
    return undefined;
  }
}

/**
 * Returns the example that the fragment of an address names: `#Headline`, or `#Headline?` and variables as encoded JSON.
 * Undefined for anything else, and for an operation that isn't a query: it runs without a click.
 */
export function linkedExample(fragment: string, examples: readonly Example[]): Example | undefined {
  const [, name, variables] = /^#(\w+)(?:\?(.*))?$/.exec(fragment) ?? [];
  const example = examples.find((each) => each.name === name && each.type === 'query');
  if (!example || variables === undefined) return example;
  try {
    return { ...example, variables: JSON.stringify(JSON.parse(decodeURIComponent(variables)), null, 2) };
  } catch {
    return example;
  }
}
