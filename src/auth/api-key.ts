import { createHash, randomBytes } from 'node:crypto';
import type { ApiKeyFacts } from '../storage/credentials/items.ts';
import { API_KEY_MARK } from './credential.ts';

const ID_LENGTH = 12;
const SECRET_BYTES = 32;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const FORM = new RegExp(`^${API_KEY_MARK}([${ALPHABET}]{${ID_LENGTH}})_([\\w-]{43})$`);

/** An API key in its two parts: `bhk_<id>_<secret>`. */
export interface ApiKeyText {
  /** Found by it; may be logged and listed. */
  readonly id: string;
  /** 256 random bits, base64url: so many that a plain hash of it gives nothing away. */
  readonly secret: string;
}

/** Null for what has not the form of a key. */
export function parseApiKey(text: string): ApiKeyText | null {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

export function hashApiSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export interface NewApiKey {
  /** The whole key: to be shown once, and kept by nobody but its owner. */
  readonly text: string;
  /** What is stored of it. */
  readonly facts: ApiKeyFacts;
}

/** A new key for a zone's system. */
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

/** Why a key is not taken any more, or null where it is. */
export function apiKeyFault({ revokedAt, expiresAt }: ApiKeyFacts, now: Date): 'REVOKED' | 'EXPIRED' | null {
  if (revokedAt !== null) return 'REVOKED';
  return Date.parse(expiresAt) <= now.getTime() ? 'EXPIRED' : null;
}
