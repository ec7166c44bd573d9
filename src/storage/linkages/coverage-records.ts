import type { CoverageRecord } from '../../domain/linkages/covering.ts';
import type { Publication } from '../../domain/records/publication.ts';
import type { RecordRefusalCode } from '../../domain/records/record.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Earlier, OnceOutcome, OnceRequest } from '../dynamodb/idempotency.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale } from '../dynamodb/transaction.ts';
import { answeredVersion, commitVersion, readBesideKey } from '../dynamodb/versioned-item.ts';
import { check, hasFewer, update, versionIs, type Write } from '../dynamodb/write.ts';
import { linkageKeys, type PrimaryKey } from '../tables.ts';
import {
  type AgreementItem,
  type CoverageItem,
  coverageItem,
  coverageVersionItem,
  type PolicyFactsItem,
} from './items.ts';

/** The stored facts that a change of a coverage is decided by; each null where there is none. */
export interface LoadedCoverage {
  readonly earlier: Earlier;
  readonly before: CoverageItem | null;
  readonly agreement: AgreementItem | null;
  readonly policy: PolicyFactsItem | null;
}

type CoverageRefusal = Refusal<RecordRefusalCode> | Stale;

/**
 * Coverages that change version by version. A new one is one transaction: its item, its history item, its id under its
 * agreement, its policy and its zone, and the key's record, while the agreement is in the version that was read.
 */
export interface CoverageRecords {
  load(once: OnceRequest, ids: CoverageIds): Promise<LoadedCoverage>;
  commit(
    once: OnceRequest,
    loaded: LoadedCoverage,
    coverage: CoverageRecord,
    publication: Publication,
  ): Promise<OnceOutcome<CoverageRefusal>>;
  /** Returns the coverage of an answer that was given before, as it is now. */
  answered(answer: readonly string[]): Promise<CoverageItem>;
}

/** The records that a change of a coverage reads: a new one its agreement and policy, another one itself. */
export interface CoverageIds {
  readonly coverage: string;
  readonly agreement?: string;
  readonly policy?: string;
}

export function openCoverageRecords(table: Table): CoverageRecords {
  return {
    async load(once, { coverage, agreement, policy }) {
      const { earlier, itemAt } = await readBesideKey(table, once, [
        linkageKeys.coverage(coverage),
        ...(agreement === undefined ? [] : [linkageKeys.agreement(agreement)]),
        ...(policy === undefined ? [] : [linkageKeys.policyFacts(policy)]),
      ]);
      return {
        earlier,
        before: itemAt<CoverageItem>('COVERAGE'),
        agreement: itemAt<AgreementItem>('AGREEMENT'),
        policy: itemAt<PolicyFactsItem>('FACTS'),
      };
    },
    commit(once, { before, agreement }, coverage, publication) {
      const history = coverageVersionItem(coverage, publication);
      return commitVersion<Refusal<RecordRefusalCode>>(
        table,
        once,
        { before, after: coverageItem(coverage), history },
        agreement ? adding(coverage, agreement) : [],
      );
    },
    answered: (answer) => answeredVersion<CoverageItem>(table, answer),
  };
}

/** Upper bounds of the coverages that one item lists, ended ones among them. */
export const MAX_COVERAGES = { ofAgreement: 400, ofPolicy: 400, intoZone: 1_000 } as const;

function adding(
  { id, policyId, toZoneId, agreementId }: CoverageRecord,
  agreement: AgreementItem,
): readonly Write<CoverageRefusal>[] {
  const coverageIds = new Set([id]);
  const listed = (key: PrimaryKey, set: object, limit: number, field: string) =>
    update<CoverageRefusal>(
      key,
      { set: { ...set }, add: { coverageIds } },
      { when: hasFewer('coverageIds', limit), otherwise: tooMany(field, limit) },
    );
  return [
    check<CoverageRefusal>(linkageKeys.agreement(agreementId), {
      when: versionIs(agreement.version),
      otherwise: STALE,
    }),
    listed(
      linkageKeys.coveragesOfAgreement(agreementId),
      { type: 'AgreementCoverages', agreementId },
      MAX_COVERAGES.ofAgreement,
      'agreement',
    ),
    listed(
      linkageKeys.coveragesOfPolicy(policyId),
      { type: 'PolicyCoverages', policyId },
      MAX_COVERAGES.ofPolicy,
      'policy',
    ),
    listed(
      linkageKeys.zonePolicies(toZoneId),
      { type: 'ZonePolicies', zoneId: toZoneId },
      MAX_COVERAGES.intoZone,
      'toZone',
    ),
  ];
}

const tooMany = (field: string, limit: number): Refusal<RecordRefusalCode> => ({
  code: 'KEPT',
  field: [field],
  message: `It has ${limit} coverages already, which is the limit.`,
});
