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
  /** Notes the key of a call that commits in parts; says what became of the key before. */
  claim(once: OnceRequest): Promise<Earlier>;
  /** The enterprises of these codes, in their order, as they are now. */
  load(codes: readonly string[], now: Date): Promise<readonly LoadedEnterprise[]>;
  /** Commits each change wholly or not at all, but those that would move the figures of closed days. */
  commit(changes: readonly EnterpriseWrite[], now: Date): Promise<readonly ChangeOutcome[]>;
  /** The enterprise of one code, and what became of the key before. */
  loadOnce(once: OnceRequest, code: string): Promise<LoadedEnterprise & { readonly earlier: Earlier }>;
  /** One change with the key's record: one transaction. */
  commitOnce(once: OnceRequest, change: EnterpriseWrite): Promise<OnceOutcome<Stale | DayClosed>>;
}

/** STALE where the change rests on what is no more. */
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

/** Carries lapsed moves out first, so that an old zone changes nothing any more. */
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
    closedDays[i]?.length ? [] : [...changeWrites(change, now), ...closed.held(touched[i] ?? [])],
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
