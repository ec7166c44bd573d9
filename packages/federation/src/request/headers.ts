/** Types that a page of another origin may send without being asked about it first (Fetch, "CORS-safelisted"). */
const SENT_BY_FORMS: ReadonlySet<string> = new Set([
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
]);

/** Headers that a browser sends to another origin only after asking whether it may. */
export const PREFLIGHTED_HEADERS = [
  'graphql-require-preflight',
  'apollo-require-preflight',
  'x-apollo-operation-name',
] as const;

/** Returns whether a page of any other site could have made a browser send this request without a CORS preflight. */
export function isSimpleRequest(headers: Readonly<Record<string, string | undefined>>): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type?.includes('/') && !SENT_BY_FORMS.has(type)) return false;
  return !PREFLIGHTED_HEADERS.some((name) => headers[name]);
}

/** The media types that answers may have (GraphQL over HTTP, "Media Types"). */
export const GRAPHQL_RESPONSE = 'application/graphql-response+json';
export const JSON_RESPONSE = 'application/json';
export type MediaType = typeof GRAPHQL_RESPONSE | typeof JSON_RESPONSE;

/** The legacy type goes first: it is what a client gets that doesn't say what it accepts, or that takes anything. */
const OFFERED: readonly MediaType[] = [JSON_RESPONSE, GRAPHQL_RESPONSE];

/** Returns the media type of an answer, by `Accept` (RFC 9110 §12.5.1); undefined where the client accepts neither. */
export function acceptedType(accept: string | undefined): MediaType | undefined {
  if (accept === undefined || accept.trim() === '') return JSON_RESPONSE;
  const ranges = accept.split(',').map(readRange);
  let best: { readonly type: MediaType; readonly weight: number; readonly place: number } | undefined;
  for (const type of OFFERED) {
    const place = mostSpecific(ranges, type);
    const weight = ranges[place]?.weight ?? 0;
    if (weight <= 0) continue;
    if (!best || weight > best.weight || (weight === best.weight && place < best.place)) best = { type, weight, place };
  }
  return best?.type;
}

interface MediaRange {
  readonly type: string;
  readonly weight: number;
}

function readRange(range: string): MediaRange {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
}

/** Returns the index of the most specific range for a type: a full type before `application/*` before all. */
function mostSpecific(ranges: readonly MediaRange[], type: MediaType): number {
  for (const meant of [type, 'application/*', '*/*']) {
    const place = ranges.findIndex((range) => range.type === meant);
    if (place >= 0) return place;
  }
  return -1;
}
