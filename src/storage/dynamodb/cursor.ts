import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { CodedError } from '../../errors.ts';
import type { Secret } from '../../secrets.ts';

/** The binding of a cursor, which is invalid for another field, other arguments or another caller. */
export interface CursorBinding {
  /** The field, e.g. `Park.enterprises`. */
  readonly field: string;
  /** The arguments that select and order the list, and its parent's id. Not those of the page. */
  readonly arguments: Readonly<Record<string, string | null | undefined>>;
  readonly owner: string;
}

/** The key of a page's last item, index attributes included. */
export type Position = Readonly<Record<string, string>>;

export interface Cursors {
  write(binding: CursorBinding, position: Position): string;
  /** @throws CodedError INVALID_CURSOR for a cursor that `write` didn't make with the same binding */
  read(binding: CursorBinding, cursor: string): Position;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Creates opaque, authenticated cursors: AES-256-GCM with the binding as associated data, so that no client reads an
 * item's key. The nonce is a keyed hash of the contents. So one place in a list always has the same cursor (ETags stay
 * the same), and no two texts share a nonce.
 * @param secret at least 32 characters; cursors made with another one are invalid
 */
export function createCursors(secret: string): Cursors {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `cursor ${purpose}`, 32));
  const cipherKey = derive('cipher');
  const nonceKey = derive('nonce');

  return {
    write(binding, position) {
      const data = associatedData(binding);
      const text = JSON.stringify(position);
      const nonce = createHmac('sha256', nonceKey).update(data).update(text).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce).setAAD(data);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    read(binding, cursor) {
      try {
        const bytes = Buffer.from(cursor, 'base64url');
        const nonce = bytes.subarray(0, NONCE_BYTES);
        const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', cipherKey, nonce, { authTagLength: TAG_BYTES })
          .setAAD(associatedData(binding))
          .setAuthTag(tag);
        const text =
          decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
        return JSON.parse(text);
      } catch (cause) {
        throw new CodedError(
          'INVALID_CURSOR',
          'This cursor does not belong to this list, these arguments and this caller.',
          {
            cause,
          },
        );
      }
    },
  };
}

/** Creates cursors with a rotating secret: written with its current value, read with any accepted one. */
export function rotatingCursors(secret: () => Secret): Cursors {
  const made = new Map<string, Cursors>();
  const by = (value: string): Cursors => {
    const known = made.get(value) ?? createCursors(value);
    made.set(value, known);
    return known;
  };
  return {
    write: (binding, position) => by(secret().current).write(binding, position),
    read(binding, cursor) {
      let fault: unknown;
      for (const value of secret().accepted) {
        try {
          return by(value).read(binding, cursor);
        } catch (error) {
          fault = error;
        }
      }
      throw fault;
    },
  };
}

/**
 * Returns the associated data of a binding. It ends with NUL, so that no binding is a prefix of another one with its
 * text.
 */
function associatedData({ field, arguments: given, owner }: CursorBinding): Buffer {
  const chosen = Object.entries(given)
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(`${JSON.stringify([field, owner, chosen])}\0`);
}
