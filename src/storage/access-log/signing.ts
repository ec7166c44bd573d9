/** Signs what is said of the access log: ECDSA on P-256 with SHA-256, the signature in DER, as base64url. */
export interface LogSigner {
  sign(text: string): Promise<string>;
}

/** Says whether a signature is the signer's, without being able to make one. */
export interface LogVerifier {
  verify(text: string, signature: string): boolean;
}
