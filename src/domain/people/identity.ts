/** Whether a person's identity number is verified, and by whom. What a person types is what they say, and no more. */

/** Who has verified an identity number: the issuer of the applicant's token, or an officer who saw a proof. */
export const IDENTITY_VERIFIERS = ['ISSUER', 'OFFICER'] as const;
export type IdentityVerifier = (typeof IDENTITY_VERIFIERS)[number];

/** What is known of a person's identity number beside the number itself. */
export interface IdentityFacts {
  /** 1 for the first number that the person stated, and one more for each other number after it. */
  readonly number: number;
  /** Null while nobody has. */
  readonly verifiedBy: IdentityVerifier | null;
  /** RFC 3339. Null while nobody has verified it. */
  readonly verifiedAt: string | null;
}

/** Identity of a person whose number nobody has verified: the first that they stated. */
export const UNVERIFIED: IdentityFacts = { number: 1, verifiedBy: null, verifiedAt: null };

/** A number that a person had stated before, whole, with what is known of it. */
export interface KnownIdentity extends IdentityFacts {
  readonly idNumber: string;
}

/** A number as it comes now: typed by the applicant, or vouched for by the issuer of their token. */
export interface StatedIdentity {
  readonly idNumber: string;
  readonly isVouchedFor: boolean;
}

/**
 * Returns a person's identity after they stated a number. It depends on their own numbers only, and on nobody else's.
 * @returns null where they typed a number other than the one of theirs that is verified
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
