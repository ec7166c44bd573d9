import { createHash } from 'node:crypto';

/** Returns a strong validator of a body as sent (RFC 9110 §8.8.3): each encoding has its own. */
export function entityTag(body: string, encoding: string | undefined): string {
  const hash = hashOf(body);
  return encoding === undefined ? `"${hash}"` : `"${hash}-${encoding}"`;
}

/**
 * Returns the validator of a GraphQL answer, over its data, errors and masked fields. It leaves out the price and the
 * request's id, so answers that may hold those get a weak validator (RFC 9110 §8.8.1).
 * @param body JSON
 */
export function answerTag(body: string, encoding: string | undefined): string {
  if (!body.includes('"extensions":')) return entityTag(body, encoding);
  const { data, errors, extensions }: Partial<GraphqlAnswer> = JSON.parse(body);
  const lasting = { data, errors: errors?.map(withoutRequest), masked: extensions?.masked };
  return `W/"${hashOf(JSON.stringify(lasting))}"`;
}

interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
  readonly extensions: { readonly masked?: unknown };
}

function withoutRequest({ extensions, ...error }: GraphqlAnswer['errors'][number]): object {
  const { requestId: _, ...lasting } = extensions ?? {};
  return { ...error, extensions: lasting };
}

/** Tells whether the client has the body already (RFC 9110 §13.1.2, by weak comparison). */
export function isKnown(tag: string, ifNoneMatch = ''): boolean {
  const opaque = withoutWeakness(tag);
  return ifNoneMatch.split(',').some((known) => known.trim() === '*' || withoutWeakness(known.trim()) === opaque);
}

const withoutWeakness = (tag: string) => tag.replace(/^W\//, '');

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}
