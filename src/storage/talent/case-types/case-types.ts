import {
  type ArrangedCaseType,
  arrangementFor,
  policiesOf,
  withArrangement,
} from '../../../domain/case-types/arrangement.ts';
import type { CaseTypeFacts } from '../../../domain/case-types/case-type.ts';
import { isIdOf } from '../../../domain/ids.ts';
import type { CopiedPolicy } from '../../../domain/policies/policy-version.ts';
import type { Facts } from '../../../domain/rules/rule.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { itemLoader, keyLoader, type Loader } from '../../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { attributeIs, isNew, put, versionIs, type Write } from '../../dynamodb/write.ts';
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
import { openCasePolicies } from './case-policies.ts';

export interface CaseTypeVersionName {
  readonly id: string;
  readonly version: number;
}

/** The zone of an application, and the statements that decide its arrangement. */
export interface ApplicationPlace {
  readonly zoneId: string;
  readonly facts: Facts;
}

export interface Arranged {
  readonly arranged: ArrangedCaseType;
  /** Null where the case type names no policy, or one that is not known. */
  readonly policy: CopiedPolicy | null;
}

export interface CaseTypes {
  /** Loads case types in their current versions. */
  readonly byId: Loader<string, CaseTypeItem | null>;
  readonly version: Loader<CaseTypeVersionName, CaseTypeVersionItem | null>;
  /** Lists the case types that implement a policy, in their current versions. Many policies take two BatchGets. */
  ofPolicy(policy: string): Promise<readonly CaseTypeItem[]>;
  /** Loads what decides an application: the case type in its arrangement, and the policy that it rests on. */
  arranged(caseType: CaseTypeFacts, where: ApplicationPlace): Promise<Arranged>;
  /** Lists current versions by id; only those of one kind where given. */
  list(kind: CaseKind | null, page: PageRequest): Promise<Page<CaseTypeItem>>;
}

export function openCaseTypes(table: Table): CaseTypes {
  const byId = itemLoader<CaseTypeItem>(table, 'ctype', talentKeys.caseType);
  const idsOfPolicy = itemLoader<PolicyCaseTypesItem>(table, 'policy', talentKeys.caseTypesOfPolicy);
  const policies = openCasePolicies(table);
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
    async arranged(caseType, where) {
      const arranged = withArrangement(caseType, arrangementFor(caseType, where)?.code ?? null);
      const { policyId } = arranged;
      return { arranged, policy: policyId === null ? null : await policies.load(policyId) };
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

/** The id of a case type, and the policies that it names. */
export interface CaseTypeName extends Pick<CaseTypeFacts, 'id' | 'policyId'> {
  readonly arrangements?: readonly { readonly policyId?: string | null }[];
}

/**
 * Publishes versions, each in one transaction: the new version, the current version's item, the policies' lists, and
 * the key's record.
 */
export interface CaseTypeChanges {
  load(once: OnceRequest, stated: CaseTypeName): Promise<LoadedCaseType>;
  publish(once: OnceRequest, loaded: LoadedCaseType, version: CaseTypeFacts): Promise<OnceOutcome<Stale>>;
  /** Returns the version of a recorded answer. */
  answered(answer: readonly string[]): Promise<CaseTypeVersionItem>;
}

export function openCaseTypeChanges(table: Table): CaseTypeChanges {
  return {
    async load(once, stated) {
      const record = onceKey(table, once);
      const keys = isIdOf('ctype', stated.id) ? [record, talentKeys.caseType(stated.id)] : [record];
      const [earlier = null, current = null] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
      const before = current as CaseTypeItem | null;
      const policies = [...new Set([...(before ? policiesOf(before) : []), ...policiesOf(stated)])].filter((id) =>
        isIdOf('policy', id),
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

/** Returns the writes of changed lists. A case type is in the list of each of its policies, and in no other. */
function listWrites(caseType: CaseTypeFacts, ofPolicies: LoadedCaseType['ofPolicies']): Write<Stale>[] {
  const { id } = caseType;
  const own = policiesOf(caseType);
  return [...ofPolicies].flatMap(([policy, item]) => {
    const listed = item?.caseTypeIds ?? [];
    if (listed.includes(id) === own.includes(policy)) return [];
    const ids = own.includes(policy) ? [...listed, id].sort() : listed.filter((other) => other !== id);
    const asLoaded = item ? attributeIs('caseTypeIds', listed) : isNew;
    return [put<Stale>(policyCaseTypesItem(policy, ids), { when: asLoaded, otherwise: STALE })];
  });
}
