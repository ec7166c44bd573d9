import type { Table } from './table.ts';
import { MAX_WRITES, type Outcome, transact } from './transaction.ts';
import type { Write } from './write.ts';

/** Concurrent transactions of one call. */
const MAX_CONCURRENT_TRANSACTIONS = 4;

type Group<Refusal> = readonly Write<Refusal>[];

/**
 * Commits groups of writes, each as a whole or not at all, with as many groups per transaction as fit. If a group's
 * condition fails, the others of its transaction are sent again without it.
 * @returns one outcome for each group, in their order
 * @throws as `transact`; groups that were committed before stay committed
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
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT_TRANSACTIONS, transactions.length) }, worker));
  return groups.map((group) => outcomes.get(group) ?? { committed: true });
}

async function commitTogether<Refusal>(
  table: Table,
  together: readonly Group<Refusal>[],
): Promise<Map<Group<Refusal>, Outcome<Refusal>>> {
  const outcomes = new Map<Group<Refusal>, Outcome<Refusal>>();
  let rest = together;
  while (rest.length > 0) {
    const { writes, places } = withoutDuplicates(rest);
    const outcome = await transact(table, writes);
    if (outcome.committed) {
      for (const group of rest) outcomes.set(group, outcome);
      break;
    }
    for (const [i, group] of rest.entries()) {
      const refusals = outcome.refusals.flatMap(({ write, refusal }) => {
        const place = places[i]?.indexOf(write) ?? -1;
        return place < 0 ? [] : [{ write: place, refusal }];
      });
      if (refusals.length > 0) outcomes.set(group, { committed: false, refusals });
    }
    rest = rest.filter((group) => !outcomes.has(group));
  }
  return outcomes;
}

/** Returns the writes of groups with each shared write once, and the indexes of each group's writes. */
function withoutDuplicates<Refusal>(groups: readonly Group<Refusal>[]) {
  const writes: Write<Refusal>[] = [];
  const shared = new Map<string, number>();
  const places = groups.map((group) =>
    group.map((write) => {
      const known = write.sharedAs === undefined ? undefined : shared.get(write.sharedAs);
      if (known !== undefined) return known;
      const place = writes.push(write) - 1;
      if (write.sharedAs !== undefined) shared.set(write.sharedAs, place);
      return place;
    }),
  );
  return { writes, places };
}

function pack<Refusal>(groups: readonly Group<Refusal>[]): Group<Refusal>[][] {
  const transactions: Group<Refusal>[][] = [];
  let writes = MAX_WRITES;
  for (const group of groups) {
    if (group.length === 0) continue;
    writes += group.length;
    if (writes > MAX_WRITES) {
      transactions.push([]);
      writes = group.length;
    }
    transactions.at(-1)?.push(group);
  }
  return transactions;
}
