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
