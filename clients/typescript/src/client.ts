import type { TrustedDocument } from './document.ts';
import { type Fault, faultOf, type GatewayError, offline, unreadable } from './fault.ts';

/** The part of `fetch` that the client uses: a mini-program builds it of `wx.request`. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
  },
) => Promise<FetchAnswer>;

export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface ClientOptions {
  /** The gateway's address, e.g. `https://parks.example/graphql`. */
  readonly url: string;
  readonly fetch: Fetch;
  /** Returns the bearer's token; null for public questions. */
  readonly token?: () => string | null | Promise<string | null>;
  /** `accept-language` of each request. */
  readonly language?: string;
  /** Waits before another try. Default: `setTimeout`. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Tries of a request whose fault says `SAME`. */
  readonly maxTries?: number;
}

export type Answer<Data> =
  /** `errors` names the parts that are missing; the rest of the data stays valid. */
  | { readonly ok: true; readonly data: Data; readonly errors: readonly GatewayError[]; readonly notModified: boolean }
  | { readonly ok: false; readonly fault: Fault };

export interface Client {
  /**
   * Sends a trusted document: a query by GET with the tag of its last answer, a mutation by POST. A fault that may pass
   * is tried again, a mutation with the idempotency key of its input.
   */
  send<Data, Variables>(document: TrustedDocument<Data, Variables>, variables: Variables): Promise<Answer<Data>>;
  readonly fetch: Fetch;
}

const DEFAULT_TRIES = 4;
const FIRST_PAUSE_MS = 500;
/** Answers that the client remembers by their tags. */
const MAX_REMEMBERED = 50;

interface Remembered {
  readonly tag: string;
  readonly answer: Extract<Answer<unknown>, { ok: true }>;
}

declare const setTimeout: (run: () => void, milliseconds: number) => unknown;
const wait = (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds));

export function createClient(options: ClientOptions): Client {
  const { fetch, pause = wait, maxTries = DEFAULT_TRIES } = options;
  const remembered = new Map<string, Remembered>();

  async function once(document: TrustedDocument<unknown, unknown>, variables: unknown): Promise<Answer<unknown>> {
    const token = (await options.token?.()) ?? null;
    const name = JSON.stringify([document.id, variables, token]);
    const known = remembered.get(name);
    const isQuery = document.operation === 'query';
    let answer: FetchAnswer;
    let body: string;
    try {
      const headers = headersOf(options, token, known?.tag);
      const text = JSON.stringify({ documentId: document.id, variables });
      answer = await (isQuery
        ? fetch(addressOf(options.url, document.id, variables), { method: 'GET', headers })
        : fetch(options.url, { method: 'POST', headers, body: text }));
      body = await answer.text();
    } catch {
      return { ok: false, fault: offline() };
    }
    if (answer.status === 304 && known) return { ...known.answer, notModified: true };
    const read = readAnswer(answer, body);
    const tag = answer.headers.get('etag');
    if (isQuery && read.ok && read.errors.length === 0 && tag !== null) remember(name, { tag, answer: read });
    return read;
  }

  function remember(name: string, one: Remembered): void {
    remembered.delete(name);
    remembered.set(name, one);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= MAX_REMEMBERED) break;
      remembered.delete(oldest);
    }
  }

  async function send(document: TrustedDocument<unknown, unknown>, variables: unknown): Promise<Answer<unknown>> {
    for (let tries = 1; ; tries++) {
      const answer = await once(document, variables);
      if (answer.ok || answer.fault.retry !== 'SAME' || tries >= maxTries) return answer;
      await pause(Math.max(answer.fault.retryAfterMs, FIRST_PAUSE_MS * 2 ** (tries - 1)));
    }
  }
  return { send: send as Client['send'], fetch };
}

function headersOf({ language }: ClientOptions, token: string | null, tag: string | undefined): Record<string, string> {
  return {
    accept: 'application/graphql-response+json',
    'content-type': 'application/json',
    ...(language === undefined ? {} : { 'accept-language': language }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(tag === undefined ? {} : { 'if-none-match': tag }),
  };
}

const addressOf = (url: string, id: string, variables: unknown): string =>
  `${url}?documentId=${id}&variables=${encodeURIComponent(JSON.stringify(variables))}`;

function readAnswer(answer: FetchAnswer, body: string): Answer<unknown> {
  let read: { readonly data?: unknown; readonly errors?: readonly GatewayError[] };
  try {
    read = JSON.parse(body);
  } catch {
    return { ok: false, fault: unreadable(answer.status) };
  }
  const { data, errors = [] } = read ?? {};
  const [first] = errors;
  if (data != null && !isWhollyMissing(data, errors)) return { ok: true, data, errors, notModified: false };
  return {
    ok: false,
    fault: first ? faultOf(first, answer.headers.get('retry-after')) : unreadable(answer.status),
  };
}

/** A mutation's only field that failed leaves `{ field: null }`: nothing of the answer is there. */
function isWhollyMissing(data: unknown, errors: readonly GatewayError[]): boolean {
  if (errors.length === 0 || typeof data !== 'object' || data === null) return false;
  return Object.values(data).every((value) => value === null);
}
