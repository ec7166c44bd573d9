import * as z from 'zod';
import { badRequest, parseJson } from '../http/json-body.ts';

const map = z.record(z.string(), z.unknown()).nullish();
const parameters = z.object({
  query: z.string().min(1),
  // In a URL, an empty name counts as none; no operation can have it.
  operationName: z
    .string()
    .nullish()
    .transform((name) => (name === '' ? null : name)),
  variables: map,
  extensions: map,
});

/** The parameters of a request (GraphQL over HTTP, "Request Parameters"). */
export type GraphqlParameters = z.infer<typeof parameters>;

/** Validates the parameters of a request and drops unknown ones. Throws BAD_REQUEST that names the wrong parameter. */
export function readParameters(said: Readonly<Record<string, unknown>>): GraphqlParameters {
  const parsed = parameters.safeParse(said);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues[0]?.path[0];
  throw badRequest(
    wrong === 'query'
      ? 'The parameter query must be a document: a text that is not empty.'
      : `The parameter ${String(wrong)} must be ${wrong === 'operationName' ? 'a text' : 'an object'}, null or left out.`,
  );
}

/** Parses the parameters in a URL, whose maps are JSON. Throws BAD_REQUEST for a repeated parameter or invalid JSON. */
export function readSearch(rawQueryString: string): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    if (Object.hasOwn(said, name)) throw badRequest('A parameter may come only once.');
    const isMap = name === 'variables' || name === 'extensions';
    if (name !== '__proto__') said[name] = isMap ? mapOf(name, value) : value;
  }
  return said;
}

function mapOf(name: string, value: string): unknown {
  return value === '' ? undefined : parseJson(value, `The parameter ${name}`);
}
