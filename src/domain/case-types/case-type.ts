/** What a case type says: versioned data, of which a running case keeps its version. */

import type { Agency } from '../cases/agency.ts';
import type { StepLimit } from '../cases/deadline.ts';
import type { MediaType } from '../documents/media-type.ts';
import type { Localized } from '../locale.ts';

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

/** Which routes there are of each kind. */
export const ROUTES_OF_KIND = {
  HUKOU: ['ACADEMIC', 'QUALIFICATION', 'SKILL', 'ENTREPRENEUR', 'URGENTLY_NEEDED'],
  HOUSING: ['TALENT_APARTMENT', 'PUBLIC_RENTAL', 'RENT_SUBSIDY', 'PURCHASE_SUBSIDY'],
  SCHOOLING: ['KINDERGARTEN', 'PRIMARY_SCHOOL'],
} as const satisfies Record<CaseKind, readonly CaseRoute[]>;

/** Both days included. */
export interface ApplicationWindow {
  readonly opensOn: string;
  readonly closesOn: string;
}

/** What must be true of an applicant beyond the documents; nothing where it isn't there. */
export interface CaseConditions {
  /** Whole years of the child on a day: `atLeast` reached, `below` not reached. */
  readonly childAge?: { readonly on: string; readonly atLeast: number; readonly below: number };
  /** The employer recommends the applicant. */
  readonly recommendation?: boolean;
  /** The applicant lives in the zone. */
  readonly residenceInZone?: boolean;
  /** The applicant owns no dwelling in the city. */
  readonly noOwnDwelling?: boolean;
}

export interface RequiredDocument {
  readonly code: string;
  readonly name: Localized;
  readonly required: boolean;
  /** Of each of its files; 10,000,000 where it isn't said. */
  readonly maxBytes?: number;
  /** What its files may be; all that is taken in where it isn't said. */
  readonly mediaTypes?: readonly MediaType[];
}

export interface Publication {
  readonly at: string;
  /** As the issuer calls them. */
  readonly by: string;
  /** Null where an administrator did. */
  readonly agency: Agency | null;
}

export interface CaseTypeFacts {
  readonly id: string;
  readonly version: number;
  readonly kind: CaseKind;
  readonly route: CaseRoute;
  readonly name: Localized;
  /** The policy that it carries out. */
  readonly policyId: string | null;
  readonly requiredDocuments: readonly RequiredDocument[];
  readonly opinionsFrom: readonly Agency[];
  /** Null where applications are taken always. */
  readonly window: ApplicationWindow | null;
  readonly conditions?: CaseConditions;
  readonly limits: readonly StepLimit[];
  readonly retentionYears: number;
  /** Of what nobody published it isn't known. */
  readonly publication?: Publication;
}
