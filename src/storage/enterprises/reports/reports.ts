import { earlierDay } from '../../../domain/calendar/day.ts';
import { countingResidency } from '../../../domain/enterprises/residency.ts';
import { touchedByReport } from '../../../domain/published-figures/touched-days.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { AcceptedVersion, ReportedBefore } from '../../../domain/reports/operation-report.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import type { STALE, Stale } from '../../dynamodb/transaction.ts';
import { put, versionIs, type Write } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import { withHistories } from '../history/history.ts';
import type { EnterpriseItem, OperationReportedEvent, OperationReportItem, ReportingItem } from '../items.ts';
import { operationReported, operationReportItem } from '../make-items.ts';
import { loadClosedDays } from '../published-figures/closed-days.ts';
import { restOn } from './rest-on-stays.ts';

export interface Reports {
  /** Lists the newest version of each day, oldest first; both ends included. */
  ofEnterprise(enterpriseId: string, from: string, to: string): Promise<readonly OperationReportItem[]>;
  /** Loads the facts that decide reports of these days. It takes two calls, since the stays state the parks. */
  load(once: OnceRequest, days: readonly EnterpriseDay[]): Promise<LoadedReports>;
  /** Commits the reports with their versions, events and reporting items, in one transaction. */
  commit(once: OnceRequest, loaded: LoadedReports, reports: readonly AcceptedVersion[]): Promise<OnceOutcome<Conflict>>;
  /** Returns the items that `commit` writes. */
  itemsOf(reports: readonly AcceptedVersion[], now: Date): readonly OperationReportItem[];
  /** Returns the versions that `commit` wrote, from its recorded answer. */
  written(answer: readonly string[]): Promise<readonly OperationReportItem[]>;
}

export type Conflict = Refusal<'OTHER_VERSION'> | typeof STALE;

export interface EnterpriseDay {
  readonly enterpriseId: string;
  readonly day: string;
}

export interface LoadedReports extends ReportedBefore {
  readonly earlier: Earlier;
  /** Returns the reporting item of an enterprise. Its stays' version is never newer than the stays that were read. */
  reportingOf(enterpriseId: string): ReportingItem | null;
  reportOf(enterpriseId: string, day: string): OperationReportItem | null;
  enterpriseOf(enterpriseId: string): EnterpriseItem | null;
  /** Returns checks that no park of the reports has published figures since the decision. */
  checks(): readonly Write<Stale>[];
}

export function openReports(table: Table): Reports {
  return {
    ofEnterprise: (enterpriseId, from, to) =>
      readRange<OperationReportItem>(table, {
        partition: enterpriseKeys.report(enterpriseId, from).pk,
        sort: { from: enterpriseKeys.report(enterpriseId, from).sk, to: enterpriseKeys.report(enterpriseId, to).sk },
      }),
    load: (once, days) => load(table, once, days),
    itemsOf,
    commit: (once, loaded, reports) => {
      const items = itemsOf(reports, once.now);
      const answer = items.map(({ enterpriseId, on, version }) => `${enterpriseId} ${on} ${version}`);
      return commitOnce<Conflict>(table, once, answer, writesOf(items, loaded));
    },
    written: (answer) => written(table, answer),
  };
}

async function load(table: Table, once: OnceRequest, days: readonly EnterpriseDay[]): Promise<LoadedReports> {
  const keys = days.flatMap(({ enterpriseId, day }) => [
    enterpriseKeys.enterprise(enterpriseId),
    enterpriseKeys.reporting(enterpriseId),
    enterpriseKeys.report(enterpriseId, day),
  ]);
  const record = onceKey(table, once);
  const items = await batchRead(table, [record, ...keys], { consistent: true });
  const found = new Map(items.flatMap((item) => (item ? [[`${item.pk}\0${item.sk}`, item]] : [])));
  const at = <Item extends PrimaryKey>({ pk, sk }: PrimaryKey) =>
    (found.get(`${pk}\0${sk}`) as Item | undefined) ?? null;
  const earliest = new Map<string, string>();
  for (const { enterpriseId, day } of days) {
    earliest.set(enterpriseId, earlierDay(day, earliest.get(enterpriseId) ?? day));
  }
  const asked = Array.from(earliest, ([id, day]) => ({ id, day })).flatMap(({ id, day }) => {
    const enterprise = at<EnterpriseItem>(enterpriseKeys.enterprise(id));
    return enterprise ? { enterprise, day } : [];
  });
  const enterprises = await withHistories(table, asked);
  const enterpriseOf = (id: string) => enterprises.get(id) ?? null;
  const staysOf = (id: string) => enterpriseOf(id)?.residencies ?? null;
  const touched = days.flatMap(({ enterpriseId, day }) => {
    const stay = countingResidency(staysOf(enterpriseId) ?? [], day);
    return stay ? [touchedByReport({ parkId: stay.parkId, day })] : [];
  });
  const closed = await loadClosedDays(table, touched, once.now);
  const newest = (id: string, day: string) => at<OperationReportItem>(enterpriseKeys.report(id, day));
  return {
    earlier: await earlierOf(table, at(record), once),
    residenciesOf: staysOf,
    isClosed: (parkId, day) => closed.within(touchedByReport({ parkId, day })).length > 0,
    checks: () => closed.checks(touched),
    versionOf: (id, day) => newest(id, day)?.version ?? 0,
    isWithdrawn: (id, day) => newest(id, day)?.withdrawalReason !== undefined,
    reportingOf: (id) => {
      const reporting = at<ReportingItem>(enterpriseKeys.reporting(id));
      const { version } = enterpriseOf(id) ?? { version: 0 };
      // A batch is not read at one instant. With the older version, the commit detects a difference.
      return reporting && { ...reporting, staysVersion: Math.min(reporting.staysVersion, version) };
    },
    reportOf: newest,
    enterpriseOf,
  };
}

function itemsOf(reports: readonly AcceptedVersion[], now: Date): OperationReportItem[] {
  return reports.map(({ day, ...report }) =>
    operationReportItem({ ...report, on: day, reportedAt: now.toISOString() }),
  );
}

function writesOf(items: readonly OperationReportItem[], loaded: LoadedReports): Write<Conflict>[] {
  const lastDays = new Map<string, string>();
  for (const { enterpriseId, on } of items) {
    if (on > (lastDays.get(enterpriseId) ?? '')) lastDays.set(enterpriseId, on);
  }
  return [
    ...items.flatMap((item, place) => {
      const before = loaded.reportOf(item.enterpriseId, item.on);
      const enterprise = loaded.enterpriseOf(item.enterpriseId);
      if (!enterprise) throw new Error('a report of an enterprise that does not exist');
      const conflict: Refusal<'OTHER_VERSION'> = {
        code: 'OTHER_VERSION',
        field: ['reports', String(place), 'corrects'],
        message: `Another person has reported this day since version ${item.version - 1}.`,
      };
      return [
        put(item, { when: versionIs(item.version - 1), otherwise: conflict }),
        put(operationReported(enterprise, before, item)),
      ];
    }),
    ...loaded.checks(),
    ...Array.from(lastDays, ([enterpriseId, day]) => restOn(enterpriseId, loaded.reportingOf(enterpriseId), day)),
  ];
}

async function written(table: Table, answer: readonly string[]): Promise<readonly OperationReportItem[]> {
  const keys = answer.map((text) => {
    const [enterpriseId = '', day = '', version = ''] = text.split(' ');
    return enterpriseKeys.reportVersion(enterpriseId, day, Number(version));
  });
  const events = await batchRead<OperationReportedEvent>(table, keys, { consistent: true });
  return events.map((event) => {
    if (!event) throw new Error('a version of a recorded answer does not exist');
    return reportOf(event);
  });
}

/** Returns the version of a report that an event has written. */
export function reportOf({ before, after, at, ...event }: OperationReportedEvent): OperationReportItem {
  const figures = after ?? before;
  if (!figures) throw new Error('an event of a report without figures');
  const { enterpriseId, on, parkId, version, withdrawalReason } = event;
  const reason = withdrawalReason === undefined ? {} : { withdrawalReason };
  return operationReportItem({ enterpriseId, on, parkId, version, ...figures, reportedAt: at, ...reason });
}
