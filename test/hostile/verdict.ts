import type { Answer } from './target.ts';

/** 503 that is meant: it says why. */
const MEANT = /"code":"(OVERLOADED|DEADLINE_EXCEEDED|SUBGRAPH_UNAVAILABLE)"/;
/** What only our code, a library or this machine can have said. */
const TELLTALE =
  /node_modules|\bat [\w.]+ \(|\.ts:\d|\/src\/|ECONNREFUSED|dynamodb|Apollo|Cannot read propert|is not a function|call stack/i;

/** What is wrong with an answer to whatever was asked; undefined where nothing is. */
export function faultOf({ status, body, retryAfter }: Answer): string | undefined {
  if (status >= 500 && !(status === 503 && (retryAfter !== undefined || MEANT.test(body))))
    return `status ${status}: ${body.slice(0, 200)}`;
  // An answer with data has 200, whatever failed in a part of it.
  if (body.includes('"INTERNAL_SERVER_ERROR"')) return `a fault of ours: ${body.slice(0, 300)}`;
  const told = TELLTALE.exec(body);
  if (told) return `it tells ${told[0]}: ${body.slice(Math.max(0, told.index - 80), told.index + 120)}`;
  return 'polluted' in {} ? 'a prototype was changed' : undefined;
}
