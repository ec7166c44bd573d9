/** A signer of the access log: ECDSA on P-256 with SHA-256; a signature is DER in base64url. */
export interface LogSigner {
  sign(text: string): Promise<string>;
}

/** A verifier of the signer's signatures, which can't make one. */
export interface LogVerifier {
  verify(text: string, signature: string): boolean;
}
