import type { CaseTypeFacts } from '../../../domain/case-types/case-type.ts';
import { isIdOf } from '../../../domain/ids.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { attributeIs, isNew, versionIs } from '../../dynamodb/condition.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { itemLoader, keyLoader } from '../../dynamodb/loaders/item-loader.ts';
import type { Loader } from '../../dynamodb/loaders/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { put, type Write } from '../../dynamodb/write.ts';
import { type PrimaryKey, talentIndexes, talentKeys } from '../../tables.ts';
import {
  type CaseKind,
  type CaseTypeItem,
  type CaseTypeVersionItem,
  caseTypeItem,
  caseTypeVersionItem,
  type PolicyCaseTypesItem,
  policyCaseTypesItem,
} from '../items.ts';

export interface CaseTypeVersionName {
  readonly id: string;
  readonly version: number;
}

export interface CaseTypes {
  /** Loads case types in their current versions. */
  readonly byId: Loader<string, CaseTypeItem | null>;
  readonly version: Loader<CaseTypeVersionName, CaseTypeVersionItem | null>;
  /** Lists the case types that implement a policy, in their current versions. Many policies take two BatchGets. */
  ofPolicy(policy: string): Promise<readonly CaseTypeItem[]>;
  /** Lists current versions by id; only those of one kind where given. */
  list(kind: CaseKind | null, page: PageRequest): Promise<Page<CaseTypeItem>>;
}

export function openCaseTypes(table: Table): CaseTypes {
  const byId = itemLoader<CaseTypeItem>(table, 'ctype', talentKeys.caseType);
  const idsOfPolicy = itemLoader<PolicyCaseTypesItem>(table, 'policy', talentKeys.caseTypesOfPolicy);
  const versions = keyLoader<CaseTypeVersionName, CaseTypeVersionItem>(table, ({ id, version }) =>
    talentKeys.caseTypeVersion(id, version),
  );
  const loadVersion = async (name: CaseTypeVersionName) => (isIdOf('ctype', name.id) ? versions.load(name) : null);
  return {
    byId,
    version: { load: loadVersion, loadMany: (names) => Promise.all(names.map(loadVersion)) },
    async ofPolicy(policy) {
      const types = await byId.loadMany((await idsOfPolicy.load(policy))?.caseTypeIds ?? []);
      return types.filter((type) => type !== null);
    },
    list: (kind, page) =>
      readPage<PrimaryKey, CaseTypeItem>(table, page, {
        range: kind
          ? { index: 'gsi2', partition: talentIndexes.caseTypesOfKind(kind, '').gsi2pk }
          : { index: 'gsi1', partition: talentIndexes.caseTypes('').gsi1pk },
        binding: { field: 'Query.caseTypes', arguments: { kind } },
        nodes: (keys) => byId.loadMany(keys.map(({ pk }) => pk)),
      }),
  };
}

/** The facts that decide a new version, and the lists of its policies. */
export interface LoadedCaseType {
  readonly earlier: Earlier;
  /** The current version; null where there is no such case type. */
  readonly before: CaseTypeItem | null;
  /** The case types of the former and of the new policy. */
  readonly ofPolicies: ReadonlyMap<string, PolicyCaseTypesItem | null>;
}

/**
 * Publishes versions, each in one transaction: the new version, the current version's item, the policies' lists, and
 * the key's record.
 */
export interface CaseTypeChanges {
  load(once: OnceRequest, caseTypeId: string, policyId: string | null): Promise<LoadedCaseType>;
  publish(once: OnceRequest, loaded: LoadedCaseType, version: CaseTypeFacts): Promise<OnceOutcome<Stale>>;
  /** Returns the version of a recorded answer. */
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
      if (!item) throw new Error('the case-type version of a recorded answer does not exist');
      return item;
    },
  };
}

/** Returns the writes of changed lists. A case type is in the list of its policy, and in no other. */
function listWrites({ id, policyId }: CaseTypeFacts, ofPolicies: LoadedCaseType['ofPolicies']): Write<Stale>[] {
  return [...ofPolicies].flatMap(([policy, item]) => {
    const listed = item?.caseTypeIds ?? [];
    if (listed.includes(id) === (policy === policyId)) return [];
    const ids = policy === policyId ? [...listed, id].sort() : listed.filter((other) => other !== id);
    const asLoaded = item ? attributeIs('caseTypeIds', listed) : isNew;
    return [put<Stale>(policyCaseTypesItem(policy, ids), { when: asLoaded, otherwise: STALE })];
  });
}
