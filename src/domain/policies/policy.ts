import type { SubjectKind } from '../linkages/coverage.ts';
import type { Localized } from '../locale.ts';
import type { AuthorityRecord } from '../records/authority.ts';
import type { Versioned } from '../records/record.ts';
import type { PolicyVersionFacts } from './policy-version.ts';
import type { PolicyTerms } from './terms.ts';

/** A loan, guarantee or other product of a financial-product package. */
export interface FinancialProductRecord {
  readonly name: Localized;
  /** The bank or other institution that offers it. */
  readonly lender: Localized;
  /** The highest amount, in fen; null where none is stated. */
  readonly amount: string | null;
  /** The longest term; null where none is stated. */
  readonly termMonths: number | null;
  /** The applicants to whom it is open, in words. */
  readonly eligibility: Localized;
}

export interface PolicyPackageRecord {
  readonly kind: 'POLICY_PACKAGE' | 'FINANCIAL_PRODUCT_PACKAGE';
  readonly title: Localized;
  /** Missing where it isn't stated, and in packages that were stored before packages had contents. */
  readonly contents?: Localized | null;
  /** Missing in packages that were stored before packages had products. */
  readonly products?: readonly FinancialProductRecord[];
}

export interface PolicyVersionRecord extends PolicyVersionFacts {
  readonly documentNumber: string | null;
  /** Missing where nobody has stated them as data; then nobody's answer is known. */
  readonly terms?: PolicyTerms;
}

/** A policy with all its versions. The versions' clauses are stored apart. */
export interface PolicyFacts extends Versioned {
  readonly code: string;
  readonly title: Localized;
  readonly issuer: AuthorityRecord;
  /** Where the issuer's word holds by itself: its own zone, or every zone of its district, its city or the State. */
  readonly homeZoneIds: readonly string[];
  readonly subject: SubjectKind;
  readonly packages: readonly PolicyPackageRecord[];
  /** Newest first. */
  readonly versions: readonly PolicyVersionRecord[];
}

/** A clause of a version (条款). */
export interface ClauseRecord {
  /** 1, 2, 3 … in the version. */
  readonly number: number;
  readonly text: Localized;
}
