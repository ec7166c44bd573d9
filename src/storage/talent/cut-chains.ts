import { checkpointText } from '../../domain/chain-signature.ts';
import { CodedError } from '../../errors.ts';
import type { LogVerifier } from '../access-log/signing.ts';
import { attributeIs } from '../condition.ts';
import { readItem } from '../read.ts';
import type { Table } from '../table.ts';
import { chainKeys } from '../tables.ts';
import { transactGroups } from '../transact-groups.ts';
import { STALE, transact } from '../transaction.ts';
import { put, remove } from '../write.ts';
import { chainsOlderThan, readOldEntries } from './chain-ranges.ts';
import { type ChainEntryItem, type ChainHeadItem, type CheckpointItem, chainHeadItem } from './look-items.ts';

/**
 * Takes away the entries whose retention is over, of each chain up to its signed checkpoint and not one further. Cut short,
 * the same again goes on.
 * @returns how many entries are gone
 * @throws CodedError CONFIGURATION where a checkpoint isn't the signer's
 */
export async function cutChains(table: Table, verifier: LogVerifier, keptSince: Date): Promise<number> {
  let cut = 0;
  for (const chain of await chainsOlderThan(table, keptSince.toISOString())) {
    const checkpoint = await readItem<CheckpointItem>(table, chainKeys.checkpoint(chain), { consistent: true });
    if (!checkpoint) continue;
    if (!verifier.verify(checkpointText(checkpoint), checkpoint.signature)) {
      throw new CodedError('CONFIGURATION', `The checkpoint of the chain ${chain} is not signed by the signer.`);
    }
    cut += await cutChain(table, checkpoint);
  }
  return cut;
}

async function cutChain(table: Table, { chain, sequence, before }: CheckpointItem): Promise<number> {
  const old = (await readOldEntries(table, chain, before)).filter((entry) => entry.sequence <= sequence);
  await transactGroups(
    table,
    old.map((entry) => [remove(entry), remove(chainKeys.look(chain, entry.at, entry.look))]),
  );
  await nameOldest(table, chain, sequence + 1);
  return old.length;
}

/** The head says which entry is the oldest now; others may be lengthening the chain meanwhile. */
async function nameOldest(table: Table, chain: string, sequence: number): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const [head, oldest] = await Promise.all([
      readItem<ChainHeadItem>(table, chainKeys.head(chain), { consistent: true }),
      readItem<ChainEntryItem>(table, chainKeys.entry(chain, sequence), { consistent: true }),
    ]);
    if (!head) return;
    const item = chainHeadItem({ ...head, oldestAt: oldest?.at ?? null });
    const outcome = await transact(table, [put(item, { when: attributeIs('hash', head.hash), otherwise: STALE })]);
    if (outcome.committed) return;
  }
}
