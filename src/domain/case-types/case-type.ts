/** A case type: versioned data. An open case stays on its version of the type. */

import type { Agency } from '../cases/agency.ts';
import type { StepLimit } from '../cases/deadline.ts';
import type { MediaType } from '../documents/media-type.ts';
import type { Localized } from '../locale.ts';
import type { Publication } from '../records/publication.ts';
import type { Rule } from '../rules/rule.ts';
import type { CaseTerms } from './terms.ts';

export const CASE_KINDS = ['HUKOU', 'HOUSING', 'SCHOOLING'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

export type CaseRoute =
  | 'ACADEMIC'
  | 'QUALIFICATION'
  | 'SKILL'
  | 'ENTREPRENEUR'
  | 'URGENTLY_NEEDED'
  | 'TALENT_APARTMENT'
  | 'PUBLIC_RENTAL'
  | 'RENT_SUBSIDY'
  | 'PURCHASE_SUBSIDY'
  | 'KINDERGARTEN'
  | 'PRIMARY_SCHOOL';

/** The routes of each kind. */
export const ROUTES_OF_KIND = {
  HUKOU: ['ACADEMIC', 'QUALIFICATION', 'SKILL', 'ENTREPRENEUR', 'URGENTLY_NEEDED'],
  HOUSING: ['TALENT_APARTMENT', 'PUBLIC_RENTAL', 'RENT_SUBSIDY', 'PURCHASE_SUBSIDY'],
  SCHOOLING: ['KINDERGARTEN', 'PRIMARY_SCHOOL'],
} as const satisfies Record<CaseKind, readonly CaseRoute[]>;

/** The period in which applications may be submitted, both days included. */
export interface ApplicationWindow {
  readonly opensOn: string;
  readonly closesOn: string;
}

export interface RequiredDocument {
  readonly code: string;
  readonly name: Localized;
  readonly required: boolean;
  /** Upper bound of each of its files; 10,000,000 where absent. */
  readonly maxBytes?: number;
  /** Media types of its files; every accepted type where absent. */
  readonly mediaTypes?: readonly MediaType[];
}

/** The differences from the case type in some zones, or for a kind of applicant. An absent part is the case type's. */
export interface CaseArrangement
  extends CaseTerms,
    Partial<Pick<CaseTypeFacts, 'policyId' | 'requiredDocuments' | 'limits' | 'childAgeOn'>> {
  /** Unique within its case type, in all versions the same arrangement. */
  readonly code: string;
  readonly name: Localized;
  /** The applicants that it is for, by their statements; missing where it is for all. */
  readonly applicants?: Rule;
  readonly window?: ApplicationWindow;
}

export interface CaseTypeFacts extends CaseTerms {
  readonly id: string;
  readonly version: number;
  readonly kind: CaseKind;
  readonly route: CaseRoute;
  readonly name: Localized;
  /** The policy that it implements. */
  readonly policyId: string | null;
  readonly requiredDocuments: readonly RequiredDocument[];
  readonly opinionsFrom: readonly Agency[];
  /** Null where applications are open all year. */
  readonly window: ApplicationWindow | null;
  /** The day on which a child's age counts; missing where it is the day of the application. */
  readonly childAgeOn?: string;
  readonly limits: readonly StepLimit[];
  /** The first one that fits an application holds. */
  readonly arrangements?: readonly CaseArrangement[];
  readonly retentionYears: number;
  /** Absent for versions that are older than the mutation. */
  readonly publication?: Publication;
}
