import { createHash } from 'node:crypto';

/** A strong validator of a body as it is sent (RFC 9110 §8.8.3): each encoding of it has its own. */
export function entityTag(body: string, encoding: string | undefined): string {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  return encoding === undefined ? `"${hash}"` : `"${hash}-${encoding}"`;
}

/** Whether the client has it already (RFC 9110 §13.1.2, by weak comparison). */
export function isKnown(tag: string, ifNoneMatch = ''): boolean {
  return ifNoneMatch.split(',').some((known) => known.trim() === '*' || known.trim().replace(/^W\//, '') === tag);
}
