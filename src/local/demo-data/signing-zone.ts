/** A zone's own system, for demo data and tests: it has the private key, which a ledger never sees. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { SignedText } from '../../domain/linkages/ledger/entry.ts';

export interface SigningZone {
  readonly publicKey: string;
  sign(text: string): SignedText;
}

/** The beginning of a private key of Ed25519 in PKCS #8, before its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Makes the system of a zone. Anybody can derive its key from the name, so that it protects nothing. */
export function signingZone(name: string): SigningZone {
  const seed = createHash('sha256').update(name).digest();
  const key: KeyObject = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  return {
    publicKey: String(createPublicKey(key).export({ format: 'jwk' }).x),
    sign: (text) => ({ text, signature: sign(null, Buffer.from(text), key).toString('base64url') }),
  };
}
