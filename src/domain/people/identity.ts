/** Verification of a person's identity number. A typed number is a claim only. */

/** Verifiers of an identity number: the issuer of the applicant's token, or an officer who saw a proof. */
export const IDENTITY_VERIFIERS = ['ISSUER', 'OFFICER'] as const;
export type IdentityVerifier = (typeof IDENTITY_VERIFIERS)[number];

/** The stored facts about a person's identity number, without the number itself. */
export interface IdentityFacts {
  /** 1 for the first number that the person stated; 1 more for each later number. */
  readonly number: number;
  /** Null while the number is not verified. */
  readonly verifiedBy: IdentityVerifier | null;
  /** RFC 3339; null while the number is not verified. */
  readonly verifiedAt: string | null;
}

/** Identity of a person whose first stated number is not verified. */
export const UNVERIFIED: IdentityFacts = { number: 1, verifiedBy: null, verifiedAt: null };

/** A number that a person stated before, unmasked, with its facts. */
export interface KnownIdentity extends IdentityFacts {
  readonly idNumber: string;
}

/** A number as stated now: typed by the applicant, or confirmed by the issuer of their token. */
export interface StatedIdentity {
  readonly idNumber: string;
  readonly isVouchedFor: boolean;
}

/**
 * Returns a person's identity after they stated a number. It depends on no other person's numbers.
 * @returns null where they typed a number that differs from their verified one
 */
export function identityAfter(known: KnownIdentity | null, stated: StatedIdentity, now: Date): IdentityFacts | null {
  const isSame = known?.idNumber === stated.idNumber;
  if (known && isSame && (known.verifiedBy !== null || !stated.isVouchedFor)) {
    return { number: known.number, verifiedBy: known.verifiedBy, verifiedAt: known.verifiedAt };
  }
  const number = known ? known.number + (isSame ? 0 : 1) : 1;
  if (stated.isVouchedFor) return { number, verifiedBy: 'ISSUER', verifiedAt: now.toISOString() };
  return known && known.verifiedBy !== null ? null : { number, verifiedBy: null, verifiedAt: null };
}
