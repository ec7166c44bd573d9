import type { CaseTypeFacts } from '../../domain/cases/type.ts';
import { isIdOf } from '../../domain/ids.ts';
import { batchRead } from '../batch-read.ts';
import { attributeIs, isNew, versionIs } from '../condition.ts';
import { commitOnce, type Earlier, earlierOf, type OnceOutcome, type OnceRequest, onceKey } from '../idempotency.ts';
import { readItem } from '../read.ts';
import type { Table } from '../table.ts';
import { type PrimaryKey, talentKeys } from '../tables.ts';
import { STALE, type Stale } from '../transaction.ts';
import { put, type Write } from '../write.ts';
import {
  type CaseTypeItem,
  type CaseTypeVersionItem,
  caseTypeItem,
  caseTypeVersionItem,
  type PolicyCaseTypesItem,
  policyCaseTypesItem,
} from './items.ts';

/** What a new version is decided by, and what its policies list. */
export interface LoadedCaseType {
  readonly earlier: Earlier;
  /** The current version; null where there is no such case type. */
  readonly before: CaseTypeItem | null;
  /** The case types of the policy that it carried out, and of the one that it is to. */
  readonly ofPolicies: ReadonlyMap<string, PolicyCaseTypesItem | null>;
}

/** Publishing a version is one transaction: the version, which is new, the current one in its place, the policies' lists, the key's record. */
export interface CaseTypeChanges {
  load(once: OnceRequest, caseTypeId: string, policyId: string | null): Promise<LoadedCaseType>;
  publish(once: OnceRequest, loaded: LoadedCaseType, version: CaseTypeFacts): Promise<OnceOutcome<Stale>>;
  /** The version that was answered to a key before. */
  answered(answer: readonly string[]): Promise<CaseTypeVersionItem>;
}

export function openCaseTypeChanges(table: Table): CaseTypeChanges {
  return {
    async load(once, caseTypeId, policyId) {
      const record = onceKey(table, once);
      const isKnowable = isIdOf('ctype', caseTypeId);
      const keys = isKnowable ? [record, talentKeys.caseType(caseTypeId)] : [record];
      const [earlier = null, current = null] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
      const before = current as CaseTypeItem | null;
      const policies = [...new Set([before?.policyId ?? null, policyId])].filter(
        (id): id is string => id !== null && isIdOf('policy', id),
      );
      const lists = await batchRead<PolicyCaseTypesItem>(table, policies.map(talentKeys.caseTypesOfPolicy), {
        consistent: true,
      });
      const ofPolicies = new Map(policies.map((id, i) => [id, lists[i] ?? null]));
      return { earlier: await earlierOf(table, earlier, once), before, ofPolicies };
    },
    publish: (once, { before, ofPolicies }, version) =>
      commitOnce<Stale>(
        table,
        once,
        [version.id, `${version.version}`],
        [
          put<Stale>(caseTypeVersionItem(version), { when: isNew, otherwise: STALE }),
          put<Stale>(caseTypeItem(version), { when: versionIs(before?.version ?? 0), otherwise: STALE }),
          ...listWrites(version, ofPolicies),
        ],
      ),
    async answered([id = '', version = '']) {
      const key = talentKeys.caseTypeVersion(id, Number(version));
      const item = await readItem<CaseTypeVersionItem>(table, key, { consistent: true });
      if (!item) throw new Error('a version of a case type that was answered is not there');
      return item;
    },
  };
}

/** The lists that change: it stands in that of the policy that it carries out, and in no other. */
function listWrites({ id, policyId }: CaseTypeFacts, ofPolicies: LoadedCaseType['ofPolicies']): Write<Stale>[] {
  return [...ofPolicies].flatMap(([policy, item]) => {
    const listed = item?.caseTypeIds ?? [];
    if (listed.includes(id) === (policy === policyId)) return [];
    const ids = policy === policyId ? [...listed, id].sort() : listed.filter((other) => other !== id);
    const asLoaded = item ? attributeIs('caseTypeIds', listed) : isNew;
    return [put<Stale>(policyCaseTypesItem(policy, ids), { when: asLoaded, otherwise: STALE })];
  });
}
