/**
 * Admissions: stays of an enterprise in a park of a zone other than its home. Enterprise and park agree, in either
 * order.
 */
import type { ResidencyKind } from '../enterprises/residency.ts';

/**
 * - AGREED: the enterprise has agreed, the park has recorded nothing yet.
 * - RECORDED: the park has recorded its terms, the enterprise has not agreed yet.
 * - OPEN: both have; the stay is one of the enterprise's residencies.
 */
export const ADMISSION_STATES = ['AGREED', 'RECORDED', 'OPEN'] as const;
export type AdmissionState = (typeof ADMISSION_STATES)[number];

/** The kinds of stay that a park admits. REGISTERED is for the home only. */
export const ADMISSION_KINDS = ['OPERATING', 'INCUBATED'] as const satisfies readonly ResidencyKind[];
export type AdmissionKind = (typeof ADMISSION_KINDS)[number];

/** The terms that the park records. */
export interface AdmissionTerms {
  readonly kind: AdmissionKind;
  /** Registered staff of the stay. */
  readonly staffCount: number;
}

export interface Admission {
  readonly parkId: string;
  /** The zone of the park, which hosts the enterprise. */
  readonly zoneId: string;
  readonly state: AdmissionState;
  /** The first day: the latest of the days that both sides named and the day of the second agreement. */
  readonly from: string;
  /** Null until the park has recorded them. */
  readonly terms: AdmissionTerms | null;
}

/** Upper bound of one zone's admissions of one enterprise, so that no zone fills an enterprise's record. */
export const MAX_ADMISSIONS_A_ZONE = 5;
