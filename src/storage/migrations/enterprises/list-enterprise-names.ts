import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { attributeIs, check, put } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

/** The attributes of an enterprise that this migration reads. */
interface Enterprise extends PrimaryKey {
  readonly type: 'Enterprise';
  readonly id: string;
  readonly name: { readonly zh: string; readonly ja: string; readonly en: string };
  readonly version: number;
  readonly successors?: readonly { readonly kind: string }[];
}

/** Lists enterprises by their names. A change of an enterprise keeps its lists right. */
export const listEnterpriseNames: Migration = {
  version: 20,
  name: 'list-enterprise-names',
  async run({ pages, table }) {
    for await (const page of pages<Enterprise>('enterprises', ['Enterprise'])) {
      await transactGroups<'CHANGED'>(
        table('enterprises'),
        page
          .filter(isListed)
          .map(({ pk, sk, version, ...enterprise }) => [
            check<'CHANGED'>({ pk, sk }, { when: attributeIs('version', version), otherwise: 'CHANGED' }),
            ...namesOf(enterprise).map((item) => put<'CHANGED'>(item)),
          ]),
      );
    }
  },
};

function isListed({ successors = [] }: Enterprise): boolean {
  return successors.every(({ kind }) => kind === 'SPLIT_OFF');
}

function namesOf({ id, name }: Pick<Enterprise, 'id' | 'name'>): PrimaryKey[] {
  const texts = { ZH: name.zh, JA: name.ja, EN: name.en };
  return Object.entries(texts).flatMap(([locale, text]) => {
    const characters = [...text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trimStart()];
    if (characters.length < 2) return [];
    const listed = characters.slice(0, 200).join('');
    const first = characters.slice(0, 2).join('');
    return [{ pk: `NAMES#${locale}#${first}`, sk: `${listed}#${id}`, type: 'EnterpriseName', enterpriseId: id }];
  });
}
