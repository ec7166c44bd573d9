import { type Config, config } from './config.ts';
import { CodedError } from './errors.ts';

/** What this service signs with, and what CloudFront proves to it that a request came through it. */
export type SecretName = 'cursors' | 'caseTokens' | 'origin';

export interface Secret {
  /** What is signed with now. */
  readonly current: string;
  /** Everything that is accepted: the current one first, then the one before and, while a rotation is under way, the next. */
  readonly accepted: readonly string[];
  /** The first value, which no rotation changes: keys of what is stored for long are made of it. */
  readonly root: string;
}

const fetched = new Map<SecretName, Secret>();

/** Stores a secret as Secrets Manager has it now: `src/handlers/with-secrets.ts`. */
export function storeSecret(name: SecretName, secret: Secret): void {
  fetched.set(name, secret);
}

/** Returns a secret as it was fetched last, else as these settings have it; undefined where there is none. */
export function secretOf(
  name: SecretName,
  { cursorSecret, caseTokenSecret, originSecret }: Pick<Config, 'cursorSecret' | 'caseTokenSecret' | 'originSecret'>,
): Secret | undefined {
  const known = fetched.get(name);
  const value = { cursors: cursorSecret, caseTokens: caseTokenSecret, origin: originSecret }[name];
  return known ?? (value === undefined ? undefined : { current: value, accepted: [value], root: value });
}

/** Returns the value that keys of stored things are made of. Throws CONFIGURATION where there is none. */
export function requiredCursorSecret(settings: Config = config()): string {
  const secret = secretOf('cursors', settings);
  if (!secret) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set.');
  return secret.root;
}
