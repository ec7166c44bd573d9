import type { Who } from './callers.ts';

/** Who may see what, in the words of the law's own terms; on purpose not by the system's tables. */

/** The case's applicant, who has its secret, and the agencies that handle it, take it in, or are asked. */
export const HOME_FILE: readonly Who[] = ['applicant', 'handling', 'asked', 'receiving'];
/** What came of it, the phone and the applicant's own words: of the agencies only who handles it. */
export const HOME_OUTCOME: readonly Who[] = ['applicant', 'handling'];
/** That there is such a case: the officers of its zone too. */
export const HOME_SUMMARY: readonly Who[] = ['applicant', 'handling', 'asked', 'receiving', 'bystander'];
export const AWAY_CASE: readonly Who[] = ['otherApplicant', 'away'];
/** A draft is the applicant's alone, but for the employer who is to recommend them. */
export const DRAFT: readonly Who[] = ['applicant'];
export const DRAFT_TO_EMPLOYER: readonly Who[] = ['applicant', 'clerk'];

/** Whole values: only one by one, for a stated purpose, on record. */
export const REVEALED: readonly Who[] = ['applicant', 'handling', 'asked', 'receiving'];
export const REVEALED_PHONE: readonly Who[] = ['applicant', 'handling'];
export const REVEALED_AWAY: readonly Who[] = ['otherApplicant', 'away'];

/** An enterprise's own, and the officers of the zones that it resides in. */
export const HOME_ENTERPRISE: readonly Who[] = ['handling', 'asked', 'receiving', 'bystander', 'clerk'];
export const AWAY_ENTERPRISE: readonly Who[] = ['away', 'otherClerk'];

/** An admission: for the enterprise, the officers of both zones, and the administration. */
export const ADMISSION: readonly Who[] = [...HOME_ENTERPRISE, 'away', 'admin'];

/** The officers of the park's zone have the desk's number; clerks and the administration its masked form. */
export const HOME_OFFICERS: readonly Who[] = ['handling', 'asked', 'receiving', 'bystander'];
export const MASKED_DESK: readonly Who[] = ['clerk', 'otherClerk', 'admin'];
export const PLANNED_AMOUNT: readonly Who[] = [...HOME_OFFICERS, 'admin'];

/** An answer to a directive: for the enterprise, the officers of the authority's and the park's zones, the administration. */
export const ANSWERED: readonly Who[] = [...HOME_OFFICERS, 'admin', 'clerk'];

/** What is proposed of a park's published figures: officers of its zone who publish or accept figures. */
export const PROPOSED_FIGURES: readonly Who[] = [...HOME_OFFICERS];

/** The parties' officers, and a party's system for the purpose that the agreement grants. */
export const AGREED_TERMS: readonly Who[] = [...HOME_OFFICERS, 'away', 'sharingPartner'];
export const RELOCATED: readonly Who[] = [...AGREED_TERMS, 'clerk'];

/** What a partner's subgraph shows to those who may read enterprises, and to partners. */
export const BONDED: readonly Who[] = [
  ...HOME_OFFICERS,
  'away',
  'third',
  'clerk',
  'otherClerk',
  'admin',
  'partner',
  'sharingPartner',
  'otherPartner',
];
