import { readEntries } from '../../dynamodb/page.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { attributeIs, check, isNew, put, type Write } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

/** The attributes of an enterprise of version 11 that this migration reads. */
interface OldEnterprise extends PrimaryKey {
  readonly type: 'Enterprise';
  readonly id: string;
  readonly version: number;
  readonly homeZoneId: string;
  readonly sector: string;
  readonly registration: string;
  readonly successors?: readonly { readonly kind: string }[];
  readonly residencies: readonly { readonly parkId: string; readonly to: string | null }[];
  readonly supplyLinks: readonly OldLink[];
}

interface OldLink {
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
  readonly partnerId: string | null;
  readonly regionCode?: string;
  readonly goodsCode?: string;
}

type Copied = ReturnType<typeof copyOf>;
type Done = 'DONE';

/** Copies to linkages what each enterprise needs and supplies, and makes the lists of both. */
export const copySupplyLinks: Migration = {
  version: 12,
  name: 'copy-supply-links',
  async run({ table, pages }) {
    const linkages = table('linkages');
    for await (const page of pages<OldEnterprise>('enterprises', ['Enterprise'])) {
      const copies = page.map(copyOf);
      await transactGroups<Done>(
        linkages,
        copies.map((copy) => [put<Done>(copy, { when: isNew, otherwise: 'DONE' })]),
      );
      const rows = copies.flatMap((copy) =>
        [...needsOf(copy), ...suppliesOf(copy)].map((row) => [isStored(copy), put<Done>(row)]),
      );
      await transactGroups<Done>(linkages, rows);
      const places = new Map(copies.flatMap(suppliesOf).map((row) => [row.pk, row]));
      for (const { goodsCode, placeId } of places.values()) await list(linkages, goodsCode, placeId);
    }
  },
};

function copyOf(enterprise: OldEnterprise) {
  const { id, version, homeZoneId, sector, registration, residencies, supplyLinks, successors = [] } = enterprise;
  const hasEnded = registration === 'VOID' || successors.some(({ kind }) => kind !== 'SPLIT_OFF');
  const state = hasEnded ? 'ENDED' : registration === 'CONFIRMED' ? 'CONFIRMED' : 'UNCONFIRMED';
  const links = state === 'CONFIRMED' ? supplyLinks : [];
  const codesOf = (direction: OldLink['direction']) =>
    [...new Set(links.flatMap((link) => (link.direction === direction ? (link.goodsCode ?? []) : [])))].sort();
  const needs = codesOf('UPSTREAM').map((goodsCode) => {
    const named = links.filter((link) => link.direction === 'UPSTREAM' && link.goodsCode === goodsCode);
    return {
      goodsCode,
      supplierIds: named.flatMap(({ partnerId }) => partnerId ?? []).sort(),
      hasOther: named.some(({ partnerId, regionCode }) => partnerId === null && regionCode !== undefined),
    };
  });
  return {
    ...{ pk: id, sk: 'SUPPLY', type: 'EnterpriseSupply', enterpriseId: id, sourceVersion: version },
    ...{ homeZoneId, sector, state, needs, supplies: codesOf('DOWNSTREAM') },
    parkIds: [...new Set(residencies.flatMap(({ parkId, to }) => (to === null ? parkId : [])))].sort(),
  };
}

const needsOf = ({ enterpriseId, parkIds, sector, needs }: Copied) =>
  parkIds.flatMap((parkId) =>
    needs.map((need) => ({
      ...{ pk: `NEEDS#${parkId}#${sector}`, sk: `${need.goodsCode}#${enterpriseId}`, type: 'GoodsNeed' },
      ...{ ...need, enterpriseId, parkId },
    })),
  );

const suppliesOf = ({ enterpriseId, homeZoneId, parkIds, supplies }: Copied) =>
  supplies.flatMap((goodsCode) =>
    [homeZoneId, ...parkIds].map((placeId) => ({
      ...{ pk: `GOODS#${goodsCode}#${placeId}`, sk: enterpriseId, type: 'GoodsSupply' },
      ...{ goodsCode, placeId, enterpriseId },
    })),
  );

/** Returns the check that the stream has not brought another version meanwhile. */
function isStored({ pk, sk, sourceVersion }: Copied): Write<Done> {
  const guard = { when: attributeIs('sourceVersion', sourceVersion), otherwise: 'DONE' } as const;
  return { ...check<Done>({ pk, sk }, guard), sharedAs: `${pk} ${sk}` };
}

/** Lists the first 10 suppliers of goods in a place, until no consumer writes the list meanwhile. */
async function list(table: Table, goodsCode: string, placeId: string): Promise<void> {
  const key = { pk: `SUPPLIERS#${goodsCode}#${placeId}`, sk: 'FIRST' };
  let committed = false;
  while (!committed) {
    const before = await readItem<PrimaryKey & { readonly changes: number }>(table, key, { consistent: true });
    const range = { partition: `GOODS#${goodsCode}#${placeId}`, consistent: true };
    const { entries } = await readEntries<{ readonly enterpriseId: string }>(table, range, undefined, 10);
    const after = {
      ...{ ...key, type: 'GoodsSuppliers', goodsCode, placeId },
      ...{ enterpriseIds: entries.map(({ enterpriseId }) => enterpriseId), changes: (before?.changes ?? 0) + 1 },
    };
    const when = before ? attributeIs('changes', before.changes) : isNew;
    committed = (await transact<Done>(table, [put(after, { when, otherwise: 'DONE' })])).committed;
  }
}
