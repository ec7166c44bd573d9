import { createHash } from 'node:crypto';

/** A strong validator of a body as it is sent (RFC 9110 §8.8.3): each encoding of it has its own. */
export function entityTag(body: string, encoding: string | undefined): string {
  const hash = hashOf(body);
  return encoding === undefined ? `"${hash}"` : `"${hash}-${encoding}"`;
}

/**
 * The validator of a GraphQL answer, over its data, its errors and what it masks. What an answer says of its own request
 * (the price, the request's id) isn't in it; an answer that may say such things has a weak one (RFC 9110 §8.8.1).
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

/** Whether the client has it already (RFC 9110 §13.1.2, by weak comparison). */
export function isKnown(tag: string, ifNoneMatch = ''): boolean {
  const opaque = withoutWeakness(tag);
  return ifNoneMatch.split(',').some((known) => known.trim() === '*' || withoutWeakness(known.trim()) === opaque);
}

const withoutWeakness = (tag: string) => tag.replace(/^W\//, '');

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}
