import { createHmac, hkdfSync } from 'node:crypto';
import { canonical } from '../../domain/canonical.ts';
import { CodedError } from '../../errors.ts';
import type { Secret } from '../../secrets.ts';

/**
 * The name of a key that inputs are hashed by: a version of a person's key, which goes when the person is erased, or a key
 * made of the deployment's own secret, by its fingerprint.
 */
export type InputKeyName = { readonly person: string; readonly version: number } | { readonly secret: string };

/** A key of 256 bits that inputs of mutations are hashed by. It is never stored. */
export interface InputKey {
  readonly name: InputKeyName;
  readonly bytes: Uint8Array;
}

/** The keys that the inputs of callers' mutations are hashed by. */
export interface InputKeys {
  /** Returns the key for what a caller sends now. @param person the applicant whom the input is about, if it is about one */
  current(person: string | undefined): Promise<InputKey>;
  /** Returns a key that was used before; null where it is no more. */
  named(name: InputKeyName): Promise<InputKey | null>;
}

/** The hash of an input as it is stored, with the name of its key. */
export interface InputHash {
  readonly key: InputKeyName;
  /** HMAC-SHA-256 in base64url. */
  readonly hash: string;
}

/** Hashes an input by a key. Equal inputs have equal hashes, whatever the order of their fields. */
export function hashInput({ name, bytes }: InputKey, input: unknown): InputHash {
  return { key: name, hash: createHmac('sha256', bytes).update(canonical(input)).digest('base64url') };
}

/** Makes a person's input key of the key that the person's data are encrypted by. */
export function personInputKey(
  person: string,
  key: { readonly version: number; readonly bytes: Uint8Array },
): InputKey {
  return { name: { person, version: key.version }, bytes: derive(key.bytes, 'key of inputs') };
}

/**
 * Keys that are made of a secret of the deployment, a key a caller, for callers who aren't applicants. A key of an earlier
 * value of the secret is known as long as that is accepted.
 * @param secretOf returns undefined where a process hashes no inputs
 */
export function secretInputKeys(secretOf: () => Secret | undefined, owner: string): InputKeys {
  const keyOf = (value: string): InputKey & { readonly name: { readonly secret: string } } => {
    const fingerprint = Buffer.from(derive(value, 'fingerprint').subarray(0, 6)).toString('base64url');
    return { name: { secret: fingerprint }, bytes: derive(value, `key of inputs of ${owner}`) };
  };
  const secret = (): Secret => {
    const known = secretOf();
    if (!known) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set, and a mutation needs it.');
    return known;
  };
  return {
    current: async () => keyOf(secret().current),
    async named(name) {
      if (!('secret' in name)) return null;
      return (
        secret()
          .accepted.map(keyOf)
          .find((key) => key.name.secret === name.secret) ?? null
      );
    },
  };
}

function derive(secret: Uint8Array | string, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `bridgehead: ${use}`, 32));
}
