import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { rangeInput, readRange } from '../read.ts';
import { sendRead } from '../send.ts';
import type { Table } from '../table.ts';
import { CHAIN_PARTS, chainIndexes, chainKeys, type PrimaryKey } from '../tables.ts';
import type { ChainEntryItem } from './look-items.ts';

const ENTRIES_AT_ONCE = 500;

/** The chain whose item has this key. */
export const chainOf = ({ pk }: PrimaryKey): string => pk.slice(pk.indexOf('#') + 1);

/** All chains, as far as the index knows. */
export async function allChains(table: Table): Promise<readonly string[]> {
  const chains: string[] = [];
  for (const part of CHAIN_PARTS) {
    const partition = chainIndexes.all('', part).gsi1pk;
    chains.push(...(await readRange<PrimaryKey>(table, { index: 'gsi1', partition })).map(chainOf));
  }
  return chains;
}

/** The chains whose oldest entry is of an instant before this one. */
export async function chainsOlderThan(table: Table, before: string): Promise<readonly string[]> {
  const chains: string[] = [];
  for (const part of CHAIN_PARTS) {
    const sort = { from: '0', to: before };
    const range = { index: 'gsi3' as const, partition: chainIndexes.oldest('', '', part).gsi3pk, sort };
    chains.push(...(await readRange<PrimaryKey>(table, range)).map(chainOf));
  }
  return chains;
}

/** A chain's first entries, as long as all of them are of instants before this one. */
export async function readOldEntries(table: Table, chain: string, before: string): Promise<readonly ChainEntryItem[]> {
  const { pk: partition } = chainKeys.entry(chain, 0);
  const input = rangeInput(table, { partition, sort: { beginsWith: 'ENTRY#' } });
  const old: ChainEntryItem[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      ...input,
      ConsistentRead: true,
      Limit: ENTRIES_AT_ONCE,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const answer = await sendRead(table, (send) => table.dynamo.send(command, send));
    for (const entry of (answer.Items ?? []) as ChainEntryItem[]) {
      if (entry.at >= before) return old;
      old.push(entry);
    }
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return old;
}
