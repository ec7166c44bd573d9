import { createHmac, hkdfSync } from 'node:crypto';
import { canonical } from '../../domain/canonical.ts';
import { CodedError } from '../../errors.ts';
import type { Secret } from '../../secrets.ts';

/**
 * The name of a key that hashes inputs. It is a version of a person's key, which an erasure deletes. Or it is a key
 * derived from the deployment's secret, by its fingerprint.
 */
export type InputKeyName = { readonly person: string; readonly version: number } | { readonly secret: string };

/** A key of 256 bits that hashes inputs of mutations. It is never stored. */
export interface InputKey {
  readonly name: InputKeyName;
  readonly bytes: Uint8Array;
}

/** The keys that hash the inputs of callers' mutations. */
export interface InputKeys {
  /**
   * Returns the key for a new input.
   * @param person the applicant whom the input concerns, if any
   */
  current(person: string | undefined): Promise<InputKey>;
  /** Returns an earlier key; null where it no longer exists. */
  named(name: InputKeyName): Promise<InputKey | null>;
}

/** The stored hash of an input, with the name of its key. */
export interface InputHash {
  readonly key: InputKeyName;
  /** HMAC-SHA-256, base64url. */
  readonly hash: string;
}

/** Hashes an input with a key. Equal inputs have equal hashes, whatever the order of their fields. */
export function hashInput({ name, bytes }: InputKey, input: unknown): InputHash {
  return { key: name, hash: createHmac('sha256', bytes).update(canonical(input)).digest('base64url') };
}

/** Derives a person's input key from the key that encrypts the person's data. */
export function personInputKey(
  person: string,
  key: { readonly version: number; readonly bytes: Uint8Array },
): InputKey {
  return { name: { person, version: key.version }, bytes: derive(key.bytes, 'key of inputs') };
}

/**
 * Returns the input keys of callers other than applicants, one per caller, derived from a secret of the deployment. A
 * key from an earlier secret stays valid while that secret is accepted.
 * @param secretOf returns undefined in a process that hashes no inputs
 */
export function secretInputKeys(secretOf: () => Secret | undefined, owner: string): InputKeys {
  const keyOf = (value: string): InputKey & { readonly name: { readonly secret: string } } => {
    const fingerprint = Buffer.from(derive(value, 'fingerprint').subarray(0, 6)).toString('base64url');
    return { name: { secret: fingerprint }, bytes: derive(value, `key of inputs of ${owner}`) };
  };
  const secret = (): Secret => {
    const known = secretOf();
    if (!known) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set, but mutations need it.');
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
