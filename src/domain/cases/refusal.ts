/** Reasons for refusing an action on a case. */
import type { EligibilityCode } from '../eligibility/eligibility.ts';
import type { Refusal } from '../refusal.ts';

export type CaseRefusalCode =
  | 'UNKNOWN_CASE'
  | 'NOT_YOURS'
  | 'OTHER_VERSION'
  | 'WRONG_STATE'
  | 'INVALID_DAY'
  | 'INVALID_DOCUMENT'
  | 'UNKNOWN_UPLOAD'
  | 'UNKNOWN_DOCUMENT'
  | 'FILE_MISSING'
  | 'FILE_DIFFERS'
  | 'TOO_MANY_VERSIONS'
  | 'INVALID_REASONS'
  | 'INVALID_RATING'
  | 'INVALID_EXTENSION'
  | 'INVALID_OUTCOME'
  | 'INVALID_ZONE'
  | 'NO_AGREEMENT'
  | 'UNKNOWN_FACILITY'
  | 'OTHER_FACILITY'
  | 'FACILITY_FULL'
  | 'NO_PLACE'
  | 'OTHER_NUMBER'
  | 'DONE_ALREADY'
  | 'EMPLOYER_ENDED'
  | 'TOO_EARLY'
  | 'TOO_LATE'
  | 'OPINIONS_AWAITED'
  | 'OPINION_AGAINST'
  | 'TERM_NOT_MET'
  | EligibilityCode;
export type CaseRefusal = Refusal<CaseRefusalCode>;
