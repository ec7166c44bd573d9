import { randomBytes } from 'node:crypto';
import { dayInShanghai } from '../../domain/day.ts';
import { headAfter, nextEntry } from '../../domain/look-chain.ts';
import { CodedError } from '../../errors.ts';
import { attributeIs, isNew } from '../condition.ts';
import { readItem, readRange } from '../read.ts';
import type { Table } from '../table.ts';
import { chainKeys } from '../tables.ts';
import { transactGroups } from '../transact-groups.ts';
import { STALE, transact } from '../transaction.ts';
import { put, remove } from '../write.ts';
import {
  type ChainedLookItem,
  type ChainHeadItem,
  chainEntryItem,
  chainedLookItem,
  chainHeadItem,
  type PersonChainItem,
} from './look-items.ts';

/**
 * Takes away what a person's chain says of looks, and that it is theirs. The entries stay, whose hashes are of salted digests:
 * the chain holds, with one entry more that says that contents before it are gone. The same again does what is left of it.
 * @returns how many contents were taken away
 * @throws CodedError CONFLICT where somebody else lengthens the chain at the same time
 */
export async function eraseLooks(table: Table, person: string, now: Date): Promise<number> {
  const named = await readItem<PersonChainItem>(table, chainKeys.ofPerson(person), { consistent: true });
  if (!named) return 0;
  const { chain } = named;
  const head = await readItem<ChainHeadItem>(table, chainKeys.head(chain), { consistent: true });
  if (head) await chainErasure(table, head, now);
  const { pk: partition } = chainKeys.head(chain);
  const looks = await readRange<ChainedLookItem>(table, { partition, sort: { beginsWith: 'LOOK#' } });
  const told = looks.filter((item) => item.told !== null);
  await transactGroups(
    table,
    told.map(({ chain, sequence, at, look }) => [put(chainedLookItem({ chain, sequence, at, look, told: null }))]),
  );
  await transact(table, [remove(named)]);
  return told.length;
}

async function chainErasure(table: Table, head: ChainHeadItem, now: Date): Promise<void> {
  const at = now.toISOString();
  const entry = nextEntry(head, { kind: 'ERASURE', at, look: randomBytes(16).toString('hex'), digest: '' });
  const end = { ...headAfter(entry), changedOn: dayInShanghai(now), oldestAt: head.oldestAt ?? at };
  const outcome = await transact(table, [
    put(chainEntryItem(entry), { when: isNew, otherwise: STALE }),
    put(chainHeadItem(end), { when: attributeIs('hash', head.hash), otherwise: STALE }),
  ]);
  if (!outcome.committed) {
    throw new CodedError('CONFLICT', 'Others are changing the same just now. Try again in a moment.');
  }
}
