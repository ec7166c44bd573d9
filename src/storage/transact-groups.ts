import type { Table } from './table.ts';
import { MOST_WRITES, type Outcome, transact } from './transaction.ts';
import type { Write } from './write.ts';

/** Transactions of one call that are under way at once. */
const MOST_AT_ONCE = 4;

type Group<Refusal> = readonly Write<Refusal>[];

/**
 * Commits groups of writes, each group wholly or not at all, and as many groups in one transaction as it holds. A group
 * whose condition fails keeps the others of its transaction from nothing: they are sent again without it.
 * @returns one outcome for each group, in their order
 * @throws as `transact`; groups that were committed before stay so
 */
export async function transactGroups<Refusal>(
  table: Table,
  groups: readonly Group<Refusal>[],
): Promise<Outcome<Refusal>[]> {
  const outcomes = new Map<Group<Refusal>, Outcome<Refusal>>();
  const transactions = pack(groups);
  const worker = async () => {
    for (let together = transactions.shift(); together; together = transactions.shift()) {
      for (const [group, outcome] of await commitTogether(table, together)) outcomes.set(group, outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, transactions.length) }, worker));
  return groups.map((group) => outcomes.get(group) ?? { committed: true });
}

async function commitTogether<Refusal>(
  table: Table,
  together: readonly Group<Refusal>[],
): Promise<Map<Group<Refusal>, Outcome<Refusal>>> {
  const outcomes = new Map<Group<Refusal>, Outcome<Refusal>>();
  let rest = together;
  while (rest.length > 0) {
    const outcome = await transact(table, rest.flat());
    if (outcome.committed) {
      for (const group of rest) outcomes.set(group, outcome);
      break;
    }
    let start = 0;
    for (const group of rest) {
      const end = start + group.length;
      const from = start;
      const refusals = outcome.refusals
        .filter(({ write }) => from <= write && write < end)
        .map(({ write, refusal }) => ({ write: write - from, refusal }));
      if (refusals.length > 0) outcomes.set(group, { committed: false, refusals });
      start = end;
    }
    rest = rest.filter((group) => !outcomes.has(group));
  }
  return outcomes;
}

function pack<Refusal>(groups: readonly Group<Refusal>[]): Group<Refusal>[][] {
  const transactions: Group<Refusal>[][] = [];
  let writes = MOST_WRITES;
  for (const group of groups) {
    if (group.length === 0) continue;
    writes += group.length;
    if (writes > MOST_WRITES) {
      transactions.push([]);
      writes = group.length;
    }
    transactions.at(-1)?.push(group);
  }
  return transactions;
}
