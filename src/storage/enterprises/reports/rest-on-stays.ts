import { and, attributeIs, isNew, missingOrLess } from '../../dynamodb/condition.ts';
import { STALE } from '../../dynamodb/transaction.ts';
import { check, update, type Write } from '../../dynamodb/write.ts';
import { enterpriseKeys } from '../../tables.ts';
import type { ReportingItem } from '../items.ts';

/** Returns the write that checks the stays on which reports were decided, and raises the last reported day. */
export function restOn(enterpriseId: string, reporting: ReportingItem | null, day: string): Write<typeof STALE> {
  const key = enterpriseKeys.reporting(enterpriseId);
  const sameStays = reporting ? attributeIs('staysVersion', reporting.staysVersion) : isNew;
  if (day <= (reporting?.lastDay ?? '')) return check(key, { when: sameStays, otherwise: STALE });
  const set = { type: 'Reporting', lastDay: day, staysVersion: reporting?.staysVersion ?? 0 };
  return update(key, { set }, { when: and(sameStays, missingOrLess('lastDay', day)), otherwise: STALE });
}
