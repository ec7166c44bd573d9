import type { GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../errors.ts';
import { isRecord } from '../executor/record.ts';

/** The most errors of one answer that are reported one by one. */
export const MAX_ERRORS = 100;
const MAX_PATH_SEGMENTS = 64;

/**
 * The codes that a subgraph may give to a client, with our words for them. UNAUTHENTICATED is not among them: it would
 * speak of the gateway's own token, not of the client's.
 */
const PASSED_ON: Partial<Record<ErrorCode, string>> = {
  BAD_USER_INPUT: 'does not accept this input',
  FORBIDDEN: 'does not give this away',
  CONFLICT: 'has seen another change in the meantime',
  THROTTLED: 'has been asked too often',
};

export interface Reported {
  readonly code: ErrorCode;
  readonly message: string;
  /** The subgraph's own code, where its texts are passed on. */
  readonly reportedCode?: string;
}

const MAX_TEXT_CHARACTERS = 1_000;

/**
 * Returns the client's view of an error that a subgraph reported. It holds none of the subgraph's own text, unless the
 * subgraph is the operator's own and its texts are passed on.
 */
export function reported(subgraph: string, error: unknown, passesTexts = false): Reported {
  const extensions = isRecord(error) && isRecord(error.extensions) ? error.extensions : {};
  const code = Object.hasOwn(extensions, 'code') ? extensions.code : undefined;
  if (passesTexts && isRecord(error) && typeof error.message === 'string') {
    const message = error.message.slice(0, MAX_TEXT_CHARACTERS);
    const own = typeof code === 'string' ? { reportedCode: code.slice(0, MAX_TEXT_CHARACTERS) } : {};
    return { code: 'SUBGRAPH_ERROR', message, ...own };
  }
  if (typeof code === 'string' && Object.hasOwn(PASSED_ON, code)) {
    return { code: code as ErrorCode, message: `The subgraph "${subgraph}" ${PASSED_ON[code as ErrorCode]}.` };
  }
  return { code: 'INTERNAL_SERVER_ERROR', message: `The subgraph "${subgraph}" reported an error.` };
}

/** An error of ours about an answer, as the executor takes it. */
export function formatted(
  subgraph: string,
  { message, ...extensions }: Reported,
  path?: readonly (string | number)[],
): GraphQLFormattedError {
  return { message, ...(path?.length ? { path } : {}), extensions: { ...extensions, subgraph } };
}

/**
 * A reported path, as far as it is made of response keys that were asked for and of indices: anything else would be a way
 * to write to the client.
 */
export function reportedPath(error: unknown, askedKeys: ReadonlySet<string>): (string | number)[] {
  const path = isRecord(error) && Array.isArray(error.path) ? (error.path as unknown[]) : [];
  const known: (string | number)[] = [];
  for (const segment of path.slice(0, MAX_PATH_SEGMENTS)) {
    const isIndex = typeof segment === 'number' && Number.isSafeInteger(segment) && segment >= 0;
    if (!isIndex && !(typeof segment === 'string' && askedKeys.has(segment))) break;
    known.push(segment as string | number);
  }
  return known;
}
