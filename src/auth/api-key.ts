import { createHash, randomBytes } from 'node:crypto';
import { apiKeyState } from '../domain/developers/api-key.ts';
import type { ApiKeyFacts } from '../storage/credentials/items.ts';
import { API_KEY_MARK } from './identify.ts';

const ID_LENGTH = 12;
const SECRET_BYTES = 32;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const FORM = new RegExp(`^${API_KEY_MARK}([${ALPHABET}]{${ID_LENGTH}})_([\\w-]{43})$`);

/** The two parts of an API key: `bhk_<id>_<secret>`. */
export interface ApiKeyText {
  /** Key of the record. It may be logged and listed. */
  readonly id: string;
  /** 256 random bits in base64url. A plain hash of so much entropy reveals nothing. */
  readonly secret: string;
}

/** Splits an API key into its parts. Returns null if the text is not in the form of a key. */
export function parseApiKey(text: string): ApiKeyText | null {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

export function hashApiSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export interface NewApiKey {
  /** The whole key. It is shown once and never stored. */
  readonly text: string;
  /** The stored record, which holds only a hash of the secret. */
  readonly facts: ApiKeyFacts;
}

/** Makes a new key for a zone's system. */
export function makeApiKey({
  zone,
  label,
  now,
  expiresAt,
}: {
  readonly zone: string;
  readonly label: string;
  readonly now: Date;
  readonly expiresAt: Date;
}): NewApiKey {
  const id = Array.from(randomBytes(ID_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return {
    text: `${API_KEY_MARK}${id}_${secret}`,
    facts: {
      id,
      zone,
      label,
      secretHash: hashApiSecret(secret),
      createdAt: now.toISOString(),
      expiresAt: expiresAt.toISOString(),
      lastUsedAt: null,
      revokedAt: null,
      replacedBy: null,
    },
  };
}

/** Returns why a key is refused, or null if it is valid. */
export function apiKeyFault(facts: ApiKeyFacts, now: Date): 'REVOKED' | 'EXPIRED' | null {
  const state = apiKeyState(facts, now);
  return state === 'REVOKED' || state === 'EXPIRED' ? state : null;
}
