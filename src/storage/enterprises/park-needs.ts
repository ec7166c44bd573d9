/** Goods that enterprises of a park need: a site fills only a gap that is among them. */
import type { FilledGap } from '../../domain/enterprises/holdings.ts';
import { type LinkedEnterprise, supplyFactsOf } from '../../domain/supply-chains/supply.ts';
import { readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { enterpriseKeys } from '../tables.ts';

export type ParkNeedsItem = ReturnType<typeof parkNeedsItems>[number];

/** Returns an item for each park in which the enterprise stays; none where it needs no goods with a code. */
export function parkNeedsItems(enterprise: LinkedEnterprise) {
  const { enterpriseId, parkIds, sector, needs } = supplyFactsOf(enterprise);
  if (needs.length === 0) return [];
  return parkIds.map((parkId) => ({
    ...{ parkId, sector, enterpriseId, goodsCodes: needs.map(({ goodsCode }) => goodsCode) },
    ...enterpriseKeys.needsInPark(parkId, sector, enterpriseId),
    type: 'ParkNeeds' as const,
  }));
}

/** Counts the enterprises of a park and sector that need goods: one Query for each megabyte of the chain. */
export async function countNeeding(table: Table, { parkId, sector, goodsCode }: FilledGap): Promise<number> {
  const { pk: partition } = enterpriseKeys.needsInPark(parkId, sector, '');
  const needs = await readRange<ParkNeedsItem>(table, { partition, consistent: true });
  return needs.filter(({ goodsCodes }) => goodsCodes.includes(goodsCode)).length;
}
