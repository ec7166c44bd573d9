/**
 * Purposes of access. Personal data are processed for a stated purpose only (Personal Information Protection Law, art.
 * 6). A partner zone sees what its agreement grants for the declared purpose.
 */
import type { ViewerKind } from '../viewer.ts';

/** No declared purpose: ordinary queries. */
export const LOOK = 'LOOK';

/** Purposes that a partner may declare. Agreements between zones are concluded for them. */
export const PARTNER_PURPOSES = [
  'POLICY_COVERAGE',
  'BENEFIT_SHARING',
  'RECOGNITION',
  'JOINT_DEVELOPMENT',
  'CROSS_ZONE_CASES',
] as const;
export type PartnerPurpose = (typeof PARTNER_PURPOSES)[number];

/** Purposes for which an officer, or the person themselves, reveals a whole personal value. */
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

/** The purposes that a client can declare. */
export const DECLARED_PURPOSES = [...PARTNER_PURPOSES, ...REVEAL_PURPOSES] as const;

export function isDeclaredPurpose(text: string): text is (typeof DECLARED_PURPOSES)[number] {
  return DECLARED_PURPOSES.some((purpose) => purpose === text);
}
