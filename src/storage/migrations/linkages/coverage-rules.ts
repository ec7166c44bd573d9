import { batchRead } from '../../dynamodb/batch.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { attributeIs, isNew, put, update, type Write } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration, MigrationContext } from '../migration.ts';

interface OldCondition {
  readonly kind: 'SECTOR' | 'QUALIFICATION' | 'SITE_KIND';
  readonly anyOf: readonly string[];
}

/** A coverage with conditions in their own form; later, with a rule. */
interface OldCoverage extends PrimaryKey {
  readonly type: 'PolicyCoverage';
  readonly conditions?: readonly OldCondition[];
}

/** An agreement that lists its coverages; later, an item of its own does. */
interface OldAgreement extends PrimaryKey {
  readonly type: 'Agreement';
  readonly id: string;
  readonly kind: string;
  readonly coverageIds?: readonly string[];
}

/** A zone's agreements in short, without their kinds. */
interface OldLinks extends PrimaryKey {
  readonly type: 'ZoneLinks';
  readonly links: Readonly<Record<string, { readonly kind?: string }>>;
}

interface Zone extends PrimaryKey {
  readonly type: 'Zone';
  readonly id: string;
  readonly version: number;
}

/**
 * Writes conditions of coverages as rules, the coverages of an agreement as an item of their own, the kinds of
 * agreements into the links of zones, and a copy of every zone into linkages.
 */
export const coverageRules: Migration = {
  version: 13,
  name: 'coverage-rules',
  async run({ pages, table }) {
    const linkages = table('linkages');
    for await (const page of pages<OldCoverage>('linkages', ['PolicyCoverage'], 'coverages')) {
      for (const { conditions, ...item } of page) {
        if (!conditions) continue;
        const set = { rule: ruleOf(conditions) };
        await change(table, item, [
          update(item, { set, remove: ['conditions'] }, { when: attributeIs('conditions', conditions), otherwise }),
        ]);
      }
    }
    for await (const page of pages<OldAgreement>('linkages', ['Agreement'], 'agreements')) {
      for (const { coverageIds, ...item } of page) {
        if (!coverageIds) continue;
        const listed = { pk: item.id, sk: 'COVERAGES', type: 'AgreementCoverages', agreementId: item.id };
        const list = { ...listed, coverageIds: new Set(coverageIds) };
        await change(table, item, [
          update(item, { remove: ['coverageIds'] }, { when: attributeIs('coverageIds', coverageIds), otherwise }),
          ...(coverageIds.length > 0 ? [put<typeof otherwise>(list, { when: isNew, otherwise })] : []),
        ]);
      }
    }
    for await (const page of pages<OldLinks>('linkages', ['ZoneLinks'], 'links')) {
      for (const item of page) {
        const ids = Object.keys(item.links);
        const keys = ids.map((id) => ({ pk: id, sk: 'AGREEMENT' }));
        const agreements = await batchRead<OldAgreement>(linkages, keys, { consistent: true });
        const links = Object.fromEntries(ids.map((id, i) => [id, { ...item.links[id], kind: agreements[i]?.kind }]));
        if (ids.every((id) => item.links[id]?.kind !== undefined)) continue;
        await change(table, item, [
          update(item, { set: { links } }, { when: attributeIs('links', item.links), otherwise }),
        ]);
      }
    }
    for await (const page of pages<Zone>('parks', ['Zone'], 'zones')) {
      for (const { id, version } of page) {
        const copy = { pk: id, sk: 'FACTS', type: 'ZoneFacts', zoneId: id, sourceVersion: version };
        // A copy that the stream has made already is newer.
        await transact(linkages, [put<typeof otherwise>(copy, { when: isNew, otherwise })]);
      }
    }
  },
};

const otherwise = 'CHANGED' as const;

async function change(
  table: MigrationContext['table'],
  { pk }: PrimaryKey,
  writes: readonly Write<typeof otherwise>[],
): Promise<void> {
  const outcome = await transact(table('linkages'), writes);
  if (!outcome.committed) throw new Error(`${pk} was changed while it was migrated: run the migration again`);
}

const WORDS = {
  SECTOR: { term: 'sector', fact: 'sector', op: 'in', zh: '行业为', ja: '業種は次のいずれか：', en: 'The sector is' },
  QUALIFICATION: {
    ...{ term: 'qualification', fact: 'qualifications', op: 'has' },
    ...{ zh: '资质为', ja: '資格は次のいずれか：', en: 'A qualification is' },
  },
  SITE_KIND: {
    ...{ term: 'site-kind', fact: 'siteKinds', op: 'has' },
    ...{ zh: '场所类型为', ja: '拠点の種類は次のいずれか：', en: 'A kind of site is' },
  },
} as const;

function ruleOf(conditions: readonly OldCondition[]) {
  if (conditions.length === 0) return null;
  const terms = conditions.map(({ kind, anyOf }, i) => {
    const { term, fact, op, zh, ja, en } = WORDS[kind];
    const same = conditions.slice(0, i).filter((other) => other.kind === kind).length;
    const text = {
      zh: `${zh}${anyOf.join('或')}`,
      ja: `${ja}${anyOf.join('、')}`,
      en: `${en} ${anyOf.join(' or ')}`,
    };
    return { term: same === 0 ? term : `${term}-${same + 1}`, text, is: { l: { fact }, op, r: anyOf } };
  });
  return { language: 1, when: terms.length === 1 ? terms[0] : { all: terms } };
}
