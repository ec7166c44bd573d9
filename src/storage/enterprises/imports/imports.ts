import { batchRead } from '../../dynamodb/batch.ts';
import {
  claimKey,
  type Earlier,
  earlierAnswer,
  type OnceOutcome,
  type OnceRequest,
} from '../../dynamodb/idempotency.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { enterpriseKeys } from '../../tables.ts';
import type { EnterpriseItem, ReportingItem, UsccItem } from '../items.ts';
import { loadClosedDays } from '../published-figures/closed-days.ts';
import { changeWrites, type EnterpriseWrite, type LoadedEnterprise, touchedBy } from '../register/change-writes.ts';
import { handOverLapsed } from '../register/register.ts';
import { commitChange, type DayClosed } from '../register/register-writes.ts';

export interface Imports {
  /** Records the key of a call that commits in parts, and returns its earlier outcome. */
  claim(once: OnceRequest): Promise<Earlier>;
  /** Loads the enterprises with these codes, in their order. */
  load(codes: readonly string[], now: Date): Promise<readonly LoadedEnterprise[]>;
  /** Commits each change as a whole or not at all. Changes that would affect figures of closed days are refused. */
  commit(changes: readonly EnterpriseWrite[], now: Date): Promise<readonly ChangeOutcome[]>;
  /** Loads the enterprise with a code, and the earlier outcome of the key. */
  loadOnce(once: OnceRequest, code: string): Promise<LoadedEnterprise & { readonly earlier: Earlier }>;
  /** Commits one change with the key's record, in one transaction. */
  commitOnce(once: OnceRequest, change: EnterpriseWrite): Promise<OnceOutcome<Stale | DayClosed>>;
}

/** STALE where an item that the change was decided on has changed. */
export type ChangeOutcome = 'COMMITTED' | typeof STALE | { readonly closedDays: readonly string[] };

export function openImports(table: Table): Imports {
  return {
    claim: (once) => claimKey(table, once),
    load: (codes, now) => loadSettled(table, codes, now),
    commit: (changes, now) => commit(table, changes, now),
    async loadOnce(once, code) {
      const [earlier, [loaded]] = await Promise.all([earlierAnswer(table, once), loadSettled(table, [code], once.now)]);
      return { earlier, enterprise: loaded?.enterprise ?? null, reporting: loaded?.reporting ?? null };
    },
    commitOnce: (once, change) => commitChange(table, once, change),
  };
}

/** Completes lapsed moves first, so that an old zone changes nothing any more. */
async function loadSettled(table: Table, codes: readonly string[], now: Date): Promise<readonly LoadedEnterprise[]> {
  for (;;) {
    const loaded = await load(table, codes);
    const outcomes = await Promise.all(loaded.map((each) => handOverLapsed(table, each, now)));
    if (!outcomes.includes(true)) return loaded;
  }
}

async function commit(table: Table, changes: readonly EnterpriseWrite[], now: Date): Promise<readonly ChangeOutcome[]> {
  const touched = changes.map(touchedBy);
  const closed = await loadClosedDays(table, touched.flat(), now);
  const closedDays = touched.map((ofOne) => [...new Set(ofOne.flatMap(closed.within))].sort());
  const groups = changes.map((change, i) =>
    closedDays[i]?.length ? [] : [...changeWrites(change, now), ...closed.checks(touched[i] ?? [])],
  );
  const outcomes = await transactGroups(table, groups);
  return outcomes.map(({ committed }, i) => {
    const days = closedDays[i] ?? [];
    if (days.length > 0) return { closedDays: days };
    return committed ? 'COMMITTED' : STALE;
  });
}

async function load(table: Table, codes: readonly string[]): Promise<LoadedEnterprise[]> {
  const consistent = { consistent: true };
  const found = await batchRead<UsccItem>(table, codes.map(enterpriseKeys.uscc), consistent);
  const ids = found.flatMap((item) => (item ? [item.enterpriseId] : []));
  const [enterprises, reportings] = await Promise.all([
    batchRead<EnterpriseItem>(table, ids.map(enterpriseKeys.enterprise), consistent),
    batchRead<ReportingItem>(table, ids.map(enterpriseKeys.reporting), consistent),
  ]);
  return found.map((item) => {
    const at = item ? ids.indexOf(item.enterpriseId) : -1;
    return { enterprise: enterprises[at] ?? null, reporting: reportings[at] ?? null };
  });
}
