import { batchRead } from '../batch-read.ts';
import { attributeIs, existsWithout, isNew, versionIs } from '../condition.ts';
import { claimKey, type Earlier, type OnceRequest } from '../idempotency.ts';
import type { Table } from '../table.ts';
import { enterpriseKeys } from '../tables.ts';
import { transactGroups } from '../transact-groups.ts';
import { STALE, type Stale } from '../transaction.ts';
import { put, remove, type Write } from '../write.ts';
import type { EnterpriseItem, ReportingItem, UsccItem } from './items.ts';
import {
  enterpriseChanged,
  enterpriseItem,
  type RecordOf,
  reportingItem,
  residentItems,
  usccItem,
} from './make-items.ts';

export interface Imports {
  /** Notes the key of a call that commits in parts; says what became of the key before. */
  claim(once: OnceRequest): Promise<Earlier>;
  /** The enterprises of these codes, in their order, as they are now. */
  load(codes: readonly string[]): Promise<readonly LoadedEnterprise[]>;
  /** Each change wholly or not at all; false where it rests on what is no more. */
  commit(changes: readonly EnterpriseWrite[], now: Date): Promise<readonly boolean[]>;
}

export interface LoadedEnterprise {
  /** Null where no enterprise has the code. */
  readonly enterprise: EnterpriseItem | null;
  readonly reporting: ReportingItem | null;
}

export interface EnterpriseWrite {
  readonly before: LoadedEnterprise;
  readonly after: RecordOf<EnterpriseItem>;
}

export function openImports(table: Table): Imports {
  return {
    claim: (once) => claimKey(table, once),
    load: (codes) => load(table, codes),
    async commit(changes, now) {
      const outcomes = await transactGroups(
        table,
        changes.map((change) => writesOf(change, now)),
      );
      return outcomes.map(({ committed }) => committed);
    },
  };
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

function writesOf({ before, after }: EnterpriseWrite, now: Date): Write<Stale>[] {
  const { enterprise } = before;
  const residentsAfter = residentItems(after);
  const kept = new Set(residentsAfter.map(({ pk }) => pk));
  const changed = enterpriseChanged(enterprise, after, now.toISOString());
  return [
    put<Stale>(enterpriseItem(after), { when: versionIs(enterprise?.version ?? 0), otherwise: STALE }),
    ...(enterprise ? [] : [put<Stale>(usccItem(after), { when: isNew, otherwise: STALE })]),
    ...(changed ? [...residentsAfter.map((item) => put(item)), put(changed)] : []),
    ...(enterprise
      ? residentItems(enterprise)
          .filter(({ pk }) => !kept.has(pk))
          .map((item) => remove(item))
      : []),
    ...(changed && changed.steps.length > 0 ? [changeStays(before.reporting, after)] : []),
  ];
}

/** No report has come that rests on the stays as they were. */
function changeStays(reporting: ReportingItem | null, after: RecordOf<EnterpriseItem>): Write<Stale> {
  const item = reportingItem(after.id, after.version, reporting?.lastDay);
  if (!reporting) return put<Stale>(item, { when: isNew, otherwise: STALE });
  const { lastDay } = reporting;
  const unreported = lastDay === undefined ? existsWithout('lastDay') : attributeIs('lastDay', lastDay);
  return put<Stale>(item, { when: unreported, otherwise: STALE });
}
