/** Admissions: stays of an enterprise in a park of a zone that isn't its home. Enterprise and park agree, in either order. */
import type { ResidencyKind } from '../enterprises/residency.ts';

/**
 * - AGREED: the enterprise has agreed, the park has recorded nothing yet.
 * - RECORDED: the park has recorded its terms, the enterprise has not agreed yet.
 * - OPEN: both have; the stay is one of the enterprise's residencies.
 */
export const ADMISSION_STATES = ['AGREED', 'RECORDED', 'OPEN'] as const;
export type AdmissionState = (typeof ADMISSION_STATES)[number];

/** The kinds of stay that a park admits to: an enterprise is registered only at home. */
export const ADMISSION_KINDS = ['OPERATING', 'INCUBATED'] as const satisfies readonly ResidencyKind[];
export type AdmissionKind = (typeof ADMISSION_KINDS)[number];

/** What the park records. */
export interface AdmissionTerms {
  readonly kind: AdmissionKind;
  /** Staff registered with the stay. */
  readonly staffCount: number;
}

export interface Admission {
  readonly parkId: string;
  /** The zone of the park, which is the host of the enterprise. */
  readonly zoneId: string;
  readonly state: AdmissionState;
  /** The first day: the latest of those that enterprise and park have named, and of the day on which the second agreed. */
  readonly from: string;
  /** Null until the park has recorded them. */
  readonly terms: AdmissionTerms | null;
}

/** The limit of one zone's admissions of one enterprise, so that no zone fills an enterprise's record. */
export const MAX_ADMISSIONS_A_ZONE = 5;
