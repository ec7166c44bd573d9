import { PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Anchor,
  anchorText,
  checkpointText,
  hashOfAnchor,
  headText,
  type SignedAnchor,
} from '../../domain/chain-signature.ts';
import { addDays, dayInShanghai, daysBetween } from '../../domain/day.ts';
import type { ChainHead } from '../../domain/look-chain.ts';
import { CodedError } from '../../errors.ts';
import { type Anchors, anchorName } from '../access-log/anchors.ts';
import type { LogSigner } from '../access-log/signing.ts';
import { batchRead } from '../batch-read.ts';
import { missingOrLess } from '../condition.ts';
import { readRange } from '../read.ts';
import { sendWrite } from '../send.ts';
import type { Table } from '../table.ts';
import { CHAIN_PARTS, chainIndexes, chainKeys, type PrimaryKey } from '../tables.ts';
import { chainOf, chainsOlderThan, readOldEntries } from './chain-ranges.ts';
import {
  type ChainEntryItem,
  type ChainHeadItem,
  checkpointItem,
  type SignedHeadItem,
  signedHeadItem,
} from './look-items.ts';

export interface Signed {
  /** Chains whose new ends are signed and anchored. */
  readonly signed: number;
  /** Chains that no longer have what was signed of them before: what they are now is not signed. */
  readonly refused: readonly string[];
  /** Chains that may be cut. */
  readonly cuttable: number;
}

/**
 * Signs where the chains end that have changed since the last anchor, and anchors those ends outside the table; signs up to
 * where chains may be cut because their retention is over. A chain that lost what was signed of it is left as it was signed.
 * @param keptSince the instant before which looks aren't kept any more
 */
export async function signChains(
  table: Table,
  { signer, anchors, now, keptSince }: { signer: LogSigner; anchors: Anchors; now: Date; keptSince: Date },
): Promise<Signed> {
  const last = (await anchors.list()).at(-1);
  const lastFile = last === undefined ? null : await anchors.read(last);
  const changed = await changedChains(table, lastFile === null ? null : (JSON.parse(lastFile) as SignedAnchor).at, now);
  const { heads, refused } = await signHeads(table, changed, signer, now);
  const anchor: Anchor = {
    at: now.toISOString(),
    previous: lastFile === null ? null : hashOfAnchor(lastFile),
    heads,
  };
  const file = JSON.stringify({ ...anchor, signature: await signer.sign(anchorText(anchor)) } satisfies SignedAnchor);
  if (!(await anchors.add(anchorName(anchor.at), file))) {
    throw new CodedError('CONFLICT', 'There is an anchor of this very instant already.');
  }
  return { signed: heads.length, refused, cuttable: await signCheckpoints(table, keptSince, signer) };
}

/** After so many days without an anchor all chains are fewer Queries than those of each day. */
const MOST_DAYS = 31;

/** All chains where nothing was anchored lately, else those of the days since: the last anchor's own day again. */
async function changedChains(table: Table, since: string | null, now: Date): Promise<readonly string[]> {
  const today = dayInShanghai(now);
  const firstDay = since === null ? today : dayInShanghai(new Date(since));
  const partitions: { readonly index: 'gsi1' | 'gsi2'; readonly partition: string }[] = [];
  for (const part of CHAIN_PARTS) {
    if (since === null || daysBetween(firstDay, today) > MOST_DAYS) {
      partitions.push({ index: 'gsi1', partition: chainIndexes.all('', part).gsi1pk });
      continue;
    }
    for (let day = firstDay; day <= today; day = addDays(day, 1)) {
      partitions.push({ index: 'gsi2', partition: chainIndexes.changedOn(day, '', part).gsi2pk });
    }
  }
  const chains: string[] = [];
  for (const range of partitions) chains.push(...(await readRange<PrimaryKey>(table, range)).map(chainOf));
  return [...new Set(chains)].sort();
}

async function signHeads(table: Table, chains: readonly string[], signer: LogSigner, now: Date) {
  const consistent = true;
  const [found, before] = await Promise.all([
    batchRead<ChainHeadItem>(table, chains.map(chainKeys.head), { consistent }),
    batchRead<SignedHeadItem>(table, chains.map(chainKeys.signed), { consistent }),
  ]);
  // The entry that was the last when the chain was signed before must be there still.
  const keys = before.flatMap((item) => (item ? [chainKeys.entry(item.chain, item.count)] : []));
  const kept = await batchRead<ChainEntryItem>(table, keys, { consistent });
  const hashes = new Map(kept.flatMap((entry) => (entry ? [[entry.chain, entry.hash] as const] : [])));
  const heads: ChainHead[] = [];
  const refused: string[] = [];
  for (const [i, head] of found.entries()) {
    const chain = chains[i] ?? '';
    const signed = before[i] ?? null;
    if (!head || (signed && (head.count < signed.count || hashes.get(chain) !== signed.hash))) {
      refused.push(chain);
    } else if (!signed || head.count > signed.count) {
      const { count, hash } = head;
      await putHigher(
        table,
        signedHeadItem({ chain, count, hash }, now.toISOString(), await signer.sign(headText(head))),
      );
      heads.push({ chain, count, hash });
    }
  }
  return { heads, refused };
}

async function signCheckpoints(table: Table, keptSince: Date, signer: LogSigner): Promise<number> {
  const before = keptSince.toISOString();
  const chains = await chainsOlderThan(table, before);
  for (const chain of chains) {
    const last = (await readOldEntries(table, chain, before)).at(-1);
    if (!last) continue;
    const checkpoint = { chain, sequence: last.sequence, hash: last.hash, before };
    await putHigher(table, checkpointItem(checkpoint, await signer.sign(checkpointText(checkpoint))));
  }
  return chains.length;
}

/** Puts it in the place of one that reaches less far; another signer may have been faster. */
async function putHigher(
  table: Table,
  item: PrimaryKey & ({ readonly count: number } | { readonly sequence: number }),
) {
  const condition = 'count' in item ? missingOrLess('count', item.count) : missingOrLess('sequence', item.sequence);
  const command = new PutCommand({
    TableName: table.name,
    Item: item,
    ConditionExpression: condition.expression,
    ExpressionAttributeNames: { ...condition.names },
    ExpressionAttributeValues: { ...condition.values },
  });
  await sendWrite(table, () => table.dynamo.send(command)).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
  });
}
