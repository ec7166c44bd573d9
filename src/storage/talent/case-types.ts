import { isIdOf } from '../../domain/ids.ts';
import { itemLoader, keyLoader } from '../item-loader.ts';
import type { Loader } from '../loader.ts';
import { type Page, type PageRequest, readPage } from '../page.ts';
import type { Table } from '../table.ts';
import { type PrimaryKey, talentIndexes, talentKeys } from '../tables.ts';
import type { CaseKind, CaseTypeItem, CaseTypeVersionItem, PolicyCaseTypesItem } from './items.ts';

export interface CaseTypeVersionName {
  readonly id: string;
  readonly version: number;
}

export interface CaseTypes {
  /** Their current versions. */
  readonly byId: Loader<string, CaseTypeItem | null>;
  readonly version: Loader<CaseTypeVersionName, CaseTypeVersionItem | null>;
  /** Those that carry a policy out, in their current versions: two BatchGets for many policies. */
  ofPolicy(policy: string): Promise<readonly CaseTypeItem[]>;
  /** Current versions, by id; those of one kind where given. */
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
