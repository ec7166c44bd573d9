import * as z from 'zod';
import { type Config, config } from './config.ts';
import { CodedError } from './errors.ts';
import { log } from './log.ts';

/**
 * The secrets that sign cursors and case tokens, the one that CloudFront sends, the providers of messages to applicants
 * with their keys, and the private JSON Web Key that signs tokens for partners.
 */
export type SecretName = 'cursors' | 'caseTokens' | 'origin' | 'newsChannels' | 'serviceTokenKey';

export interface Secret {
  /** The value that signs now. */
  readonly current: string;
  /** All accepted values: the current one first, then the previous and, during a rotation, the next. */
  readonly accepted: readonly string[];
  /** The first value, which no rotation changes. Keys of stored data derive from it. */
  readonly root: string;
}

const fetched = new Map<SecretName, Secret>();

/** Stores a secret as fetched from Secrets Manager: `src/secrets.ts`. */
export function storeSecret(name: SecretName, secret: Secret): void {
  fetched.set(name, secret);
}

type SecretSettings = Pick<Config, 'cursorSecret' | 'caseTokenSecret' | 'originSecret' | 'newsChannels'> &
  Partial<Pick<Config, 'serviceTokens'>>;

/** Returns a secret as last fetched, else from these settings; undefined if there is none. */
export function secretOf(
  name: SecretName,
  { cursorSecret, caseTokenSecret, originSecret, newsChannels, serviceTokens }: SecretSettings,
): Secret | undefined {
  const known = fetched.get(name);
  const serviceTokenKey = serviceTokens?.key === undefined ? undefined : JSON.stringify(serviceTokens.key);
  const given = {
    cursors: cursorSecret,
    caseTokens: caseTokenSecret,
    origin: originSecret,
    newsChannels,
    serviceTokenKey,
  };
  const value = given[name];
  return known ?? (value === undefined ? undefined : { current: value, accepted: [value], root: value });
}

/** Returns the value that keys of stored data derive from. Throws CONFIGURATION if there is none. */
export function requiredCursorSecret(settings: Config = config()): string {
  const secret = secretOf('cursors', settings);
  if (!secret) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set.');
  return secret.root;
}

/** Returns the key that signs tokens for partners. Throws CONFIGURATION if there is none. */
export function requiredServiceTokenKey(settings: Config): unknown {
  const secret = secretOf('serviceTokenKey', settings);
  if (!secret) throw new CodedError('CONFIGURATION', 'SERVICE_TOKEN_KEY is not set.');
  return JSON.parse(secret.current);
}

/** Maximum age of a cached secret. A rotation waits longer than this before it signs with the next one. */
export const MAX_SECRET_AGE_SECONDS = 300;
/** Pause after a failed refresh, while the earlier secret is used. */
const RETRY_AFTER_MS = 10_000;

const text = z.string().min(32);
/** The form of a secret in Secrets Manager; `npm run secrets` writes it. */
export const storedSecret = z.strictObject({
  current: text,
  previous: text.optional(),
  next: text.optional(),
  root: text.optional(),
});
export type StoredSecret = z.infer<typeof storedSecret>;

/** Fetches a secret by its id, e.g. `secretsManager` of `src/storage`. */
export type FetchSecret = (id: string) => Promise<unknown>;

/**
 * Makes a function that fetches secrets at the first request and again after `MAX_SECRET_AGE_SECONDS`. Secrets without
 * an id in these settings are skipped. The function throws STORE_UNAVAILABLE if a fetch fails and no earlier secret
 * exists.
 */
export function secretsRefresher(
  settings: Config,
  names: readonly SecretName[],
  fetch: FetchSecret,
  now: () => number = Date.now,
): () => Promise<void> {
  const wanted = names.flatMap((name) => {
    const id = settings.secretIds[name];
    return id === undefined ? [] : [{ name, id }];
  });
  let refreshing: Promise<unknown> | undefined;
  let due = 0;

  async function refresh(): Promise<void> {
    try {
      await Promise.all(wanted.map(async ({ name, id }) => storeSecret(name, toSecret(await fetch(id)))));
      due = now() + MAX_SECRET_AGE_SECONDS * 1_000;
    } catch (cause) {
      due = now() + RETRY_AFTER_MS;
      log.error('secrets cannot be fetched', { secrets: wanted.map(({ name }) => name) }, cause);
      if (wanted.some(({ name }) => secretOf(name, settings) === undefined)) {
        due = 0;
        throw new CodedError('STORE_UNAVAILABLE', "The service can't start now. Try again in a moment.", {
          cause,
          details: { retryable: true, mayHaveBeenWritten: false, retryAfterSeconds: 1 },
        });
      }
    }
  }

  return async () => {
    if (wanted.length === 0 || now() < due) return;
    refreshing ??= refresh().finally(() => {
      refreshing = undefined;
    });
    await refreshing;
  };
}

/** Wraps a handler so that its secrets are fetched before it runs. */
export function withSecrets<Args extends unknown[], Result>(
  settings: Config,
  names: readonly SecretName[],
  fetch: FetchSecret,
  run: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  const refresh = secretsRefresher(settings, names, fetch);
  return async (...args) => {
    await refresh();
    return run(...args);
  };
}

function toSecret(value: unknown) {
  const { current, previous, next, root = current } = storedSecret.parse(value);
  return { current, accepted: [current, previous, next].filter((each) => each !== undefined), root };
}
