/**
 * Why somebody looks. Personal data are used for a stated purpose only (Personal Information Protection Law, art. 6), and a
 * partner zone sees what an agreement of its own grants for the purpose that it declares.
 */
import type { ViewerKind } from '../viewer.ts';

/** Nothing was said: a look in passing, as every ordinary question is. */
export const LOOK = 'LOOK';

/** What a partner may declare: what an agreement between zones is made for. */
export const PARTNER_PURPOSES = ['POLICY_COVERAGE', 'BENEFIT_SHARING', 'RECOGNITION', 'JOINT_DEVELOPMENT'] as const;
export type PartnerPurpose = (typeof PARTNER_PURPOSES)[number];

/** Why a full value of a person's data is revealed: to an officer, or to whom it is about. */
export const REVEAL_PURPOSES = ['CASE_HANDLING', 'SUPERVISION', 'CORRECTION', 'OWN_DATA'] as const;
export type RevealPurpose = (typeof REVEAL_PURPOSES)[number];

/** The purposes that each kind of viewer can have. */
export const PURPOSES = {
  anonymous: [LOOK],
  applicant: [LOOK, 'OWN_DATA', 'CORRECTION'],
  caseHolder: [LOOK],
  officer: [LOOK, 'CASE_HANDLING', 'SUPERVISION', 'CORRECTION'],
  clerk: [LOOK],
  partner: [LOOK, ...PARTNER_PURPOSES],
  analyst: [LOOK],
  admin: [LOOK],
} as const satisfies Record<ViewerKind, readonly (typeof LOOK | PartnerPurpose | RevealPurpose)[]>;

export type PurposeOf<Kind extends ViewerKind> = (typeof PURPOSES)[Kind][number];
export type Purpose = PurposeOf<ViewerKind>;

export function isPartnerPurpose(text: string | undefined): text is PartnerPurpose {
  return PARTNER_PURPOSES.some((purpose) => purpose === text);
}

/** What can be declared. */
export const DECLARED_PURPOSES = [...PARTNER_PURPOSES, ...REVEAL_PURPOSES] as const;

export function isDeclaredPurpose(text: string): text is (typeof DECLARED_PURPOSES)[number] {
  return DECLARED_PURPOSES.some((purpose) => purpose === text);
}
