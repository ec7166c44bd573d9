import { addDays } from '../../../domain/calendar/day.ts';
import { touchedByReport } from '../../../domain/published-figures/touched-days.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { WithdrawalSituation } from '../../../domain/reports/withdrawal.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { readFirst, readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import type { Stale } from '../../dynamodb/transaction.ts';
import { put, versionIs, type Write } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import { withHistories } from '../history/history.ts';
import type { EnterpriseItem, OperationReportedEvent, OperationReportItem, ReportingItem } from '../items.ts';
import { operationReported, operationReportItem, versionOf } from '../make-items.ts';
import { loadClosedDays } from '../published-figures/closed-days.ts';
import { type EnterpriseDay, reportOf } from './reports.ts';
import { setLastDay } from './rest-on-stays.ts';

/** Stores withdrawals of reports of open days. */
export interface Withdrawals {
  load(once: OnceRequest, of: EnterpriseDay): Promise<LoadedWithdrawal>;
  /** Commits the withdrawing version with its event and the reporting item, in one transaction. */
  commit(once: OnceRequest, loaded: LoadedWithdrawal, reason: string): Promise<OnceOutcome<WithdrawalConflict>>;
  /** Returns the item that `commit` writes. */
  itemOf(loaded: LoadedWithdrawal, reason: string, now: Date): OperationReportItem;
  /** Returns the version that `commit` wrote, from its recorded answer. */
  written(answer: readonly string[]): Promise<OperationReportItem>;
}

export type WithdrawalConflict = Refusal<'OTHER_VERSION'> | Stale;

export interface LoadedWithdrawal extends WithdrawalSituation {
  readonly earlier: Earlier;
  readonly report: (OperationReportItem & { readonly isWithdrawn: boolean }) | null;
  readonly reporting: ReportingItem | null;
  readonly enterprise: EnterpriseItem | null;
  /** The enterprise's last reported day after the withdrawal; null where none is left. */
  readonly lastDayAfter: string | null;
  /** Returns checks that the park has published no figures since the decision. */
  checks(): readonly Write<Stale>[];
}

export function openWithdrawals(table: Table): Withdrawals {
  return {
    load: (once, of) => load(table, once, of),
    itemOf,
    commit: (once, loaded, reason) => {
      const { enterprise, reporting, lastDayAfter } = loaded;
      if (!enterprise) throw new Error('a report of an enterprise that does not exist');
      const item = itemOf(loaded, reason, once.now);
      const { enterpriseId, on, version } = item;
      const conflict: Refusal<'OTHER_VERSION'> = {
        code: 'OTHER_VERSION',
        field: ['version'],
        message: `Another person has changed the report since version ${version - 1}.`,
      };
      return commitOnce<WithdrawalConflict>(
        table,
        once,
        [enterpriseId, on, String(version)],
        [
          put(item, { when: versionIs(version - 1), otherwise: conflict }),
          put(operationReported(enterprise, loaded.report, item)),
          setLastDay(enterpriseId, reporting, lastDayAfter),
          ...loaded.checks(),
        ],
      );
    },
    async written([enterpriseId = '', day = '', version = '']) {
      const key = enterpriseKeys.reportVersion(enterpriseId, day, Number(version));
      const event = await readItem<OperationReportedEvent>(table, key, { consistent: true });
      if (!event) throw new Error('a version of a recorded answer does not exist');
      return reportOf(event);
    },
  };
}

async function load(table: Table, once: OnceRequest, { enterpriseId, day }: EnterpriseDay): Promise<LoadedWithdrawal> {
  const reportKey = enterpriseKeys.report(enterpriseId, day);
  const keys = [
    onceKey(table, once),
    enterpriseKeys.reporting(enterpriseId),
    reportKey,
    enterpriseKeys.enterprise(enterpriseId),
  ];
  const [record = null, second = null, third = null, fourth = null] = await batchRead<PrimaryKey>(table, keys, {
    consistent: true,
  });
  const reporting = second as ReportingItem | null;
  const report = third as OperationReportItem | null;
  const stored = fourth as EnterpriseItem | null;
  const histories = await withHistories(table, stored ? [{ enterprise: stored, day }] : []);
  const touched = report ? [touchedByReport({ parkId: report.parkId, day })] : [];
  const closed = await loadClosedDays(table, touched, once.now);
  const isLast = reporting?.lastDay === day;
  return {
    earlier: await earlierOf(table, record, once),
    report: report && versionOf(report),
    reporting,
    enterprise: histories.get(enterpriseId) ?? null,
    isClosed: touched.some((one) => closed.within(one).length > 0),
    lastDayAfter: isLast ? await lastDayBefore(table, enterpriseId, day) : (reporting?.lastDay ?? null),
    checks: () => closed.checks(touched),
  };
}

/** Reports per Query when looking for the last one that is not withdrawn. */
const REPORTS_A_QUERY = 10;

/** Returns the last day before another with a report that is not withdrawn; null where there is none. */
async function lastDayBefore(table: Table, enterpriseId: string, day: string): Promise<string | null> {
  const first = enterpriseKeys.report(enterpriseId, '');
  const sort = { from: first.sk, to: enterpriseKeys.report(enterpriseId, addDays(day, -1)).sk };
  const found = await readFirst<OperationReportItem>(
    table,
    { partition: first.pk, sort, backwards: true, consistent: true },
    REPORTS_A_QUERY,
    ({ withdrawalReason }) => withdrawalReason === undefined,
  );
  return found?.on ?? null;
}

function itemOf({ report }: LoadedWithdrawal, reason: string, now: Date): OperationReportItem {
  if (!report) throw new Error('the withdrawal of a report that does not exist');
  const { isWithdrawn: _, ...facts } = report;
  const version = report.version + 1;
  return operationReportItem({ ...facts, version, withdrawalReason: reason, reportedAt: now.toISOString() });
}
