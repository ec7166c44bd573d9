import { type Config, config } from './config.ts';
import { CodedError } from './errors.ts';

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

/** Stores a secret as fetched from Secrets Manager: `src/handlers/with-secrets.ts`. */
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
