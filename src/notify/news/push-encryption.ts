/** Encryption of messages for web push (RFC 8291, with the coding `aes128gcm` of RFC 8188). */
import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/** The keys of a browser's subscription. */
export interface PushKeys {
  /** The browser's public key: an uncompressed point of P-256. */
  readonly p256dh: Uint8Array;
  /** A secret of 16 bytes. */
  readonly auth: Uint8Array;
}

/** The parts of a message that are new for each one; a test sets those of the RFC's example. */
export interface PushRandom {
  readonly privateKey: Uint8Array;
  readonly salt: Uint8Array;
}

/** Bytes of a record, of which a message has one. */
const RECORD_BYTES = 4_096;
/** The delimiter after the last record's text. */
const LAST_RECORD = Uint8Array.of(2);

/**
 * Encrypts a message for a browser, which alone can read it: the push service can't.
 * @throws Error where the browser's key is no point of the curve
 */
export function encryptPush(text: Uint8Array, { p256dh, auth }: PushKeys, given?: PushRandom): Buffer {
  const ours = createECDH('prime256v1');
  if (given) ours.setPrivateKey(given.privateKey);
  else ours.generateKeys();
  const publicKey = ours.getPublicKey();
  const salt = given?.salt ?? randomBytes(16);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, publicKey]);
  const secret = hkdf(ours.computeSecret(p256dh), auth, info, 32);
  const key = hkdf(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = hkdf(secret, salt, 'Content-Encoding: nonce\0', 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const sealed = [cipher.update(Buffer.concat([text, LAST_RECORD])), cipher.final(), cipher.getAuthTag()];
  const header = Buffer.alloc(5);
  header.writeUInt32BE(RECORD_BYTES);
  header.writeUInt8(publicKey.length, 4);
  return Buffer.concat([salt, header, publicKey, ...sealed]);
}

const hkdf = (secret: Uint8Array, salt: Uint8Array, info: string | Uint8Array, length: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length));
