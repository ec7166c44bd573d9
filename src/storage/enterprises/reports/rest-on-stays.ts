/** The writes of an enterprise's reporting item, on which reports and changes of stays conflict. */

import { STALE } from '../../dynamodb/transaction.ts';
import {
  and,
  attributeIs,
  type Condition,
  existsWithout,
  isNew,
  missingOrLess,
  update,
  type Write,
} from '../../dynamodb/write.ts';
import { enterpriseKeys } from '../../tables.ts';
import type { ReportingItem } from '../items.ts';

/** Returns the write that checks the stays on which reports were decided, and raises the last reported day. */
export function restOn(enterpriseId: string, reporting: ReportingItem | null, day: string): Write<typeof STALE> {
  const lastDay = reporting?.lastDay;
  // A withdrawal may lower the last day, so a report of an earlier day checks it.
  const isCovered = lastDay !== undefined && day <= lastDay;
  const sameDay = isCovered ? attributeIs('lastDay', lastDay) : missingOrLess('lastDay', day);
  return countReport(enterpriseId, reporting, isCovered ? lastDay : day, and(sameStays(reporting), sameDay));
}

/** Returns the write that sets the last reported day, which is known as long as no other report is written. */
export function setLastDay(
  enterpriseId: string,
  reporting: ReportingItem | null,
  lastDay: string | null,
): Write<typeof STALE> {
  const when = reporting ? and(sameStays(reporting), sameReports(reporting)) : isNew;
  return countReport(enterpriseId, reporting, lastDay, when);
}

/** Returns the condition that no report has been written since the item was read. */
export function sameReports({ reportsVersion }: ReportingItem): Condition {
  return reportsVersion === undefined ? existsWithout('reportsVersion') : attributeIs('reportsVersion', reportsVersion);
}

function sameStays(reporting: ReportingItem | null): Condition {
  return reporting ? attributeIs('staysVersion', reporting.staysVersion) : isNew;
}

function countReport(
  enterpriseId: string,
  reporting: ReportingItem | null,
  lastDay: string | null,
  when: Condition,
): Write<typeof STALE> {
  const set = { type: 'Reporting', staysVersion: reporting?.staysVersion ?? 0 };
  const change = lastDay === null ? { set, remove: ['lastDay'] } : { set: { ...set, lastDay } };
  const add = { reportsVersion: 1 };
  return update(enterpriseKeys.reporting(enterpriseId), { ...change, add }, { when, otherwise: STALE });
}
