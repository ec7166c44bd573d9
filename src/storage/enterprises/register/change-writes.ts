/** The writes of every change of an enterprise and its stays. */
import { isDeepStrictEqual } from 'node:util';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { replacedClasses } from '../../../domain/enterprises/classification.ts';
import { settle, settledIn } from '../../../domain/enterprises/history.ts';
import { type TouchedDays, touchedBySteps } from '../../../domain/published-figures/touched-days.ts';
import type { RegisterEvent } from '../../../domain/register/event.ts';
import { firstOpenDay } from '../../../domain/register/stays.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { isNew, put, remove, versionIs, type Write } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import { settledItems } from '../history/items.ts';
import type { EnterpriseItem, ReportingItem } from '../items.ts';
import {
  enterpriseChanges,
  enterpriseItem,
  enterpriseNameItems,
  type RecordOf,
  registerEventItems,
  reportingItem,
  residentItems,
  usccItem,
} from '../make-items.ts';
import { type ParkNeedsItem, parkNeedsItems } from '../park-needs.ts';
import { sameReports } from '../reports/rest-on-stays.ts';

export interface LoadedEnterprise {
  /** Null where no enterprise has the code. */
  readonly enterprise: EnterpriseItem | null;
  readonly reporting: ReportingItem | null;
}

export interface EnterpriseWrite {
  readonly before: LoadedEnterprise;
  readonly after: RecordOf<EnterpriseItem>;
  /** The register event of the change; null for a change of facts only. */
  readonly event: RegisterEvent | null;
}

/** Returns the change with the replaced classes of the enterprise: new ones hold from the first open day on. */
function dated({ before, after }: EnterpriseWrite, now: Date): RecordOf<EnterpriseItem> {
  const { enterprise, reporting } = before;
  if (!enterprise) return after;
  const on = firstOpenDay(dayInShanghai(now), reporting?.lastDay ?? null);
  const formerClasses = replacedClasses(enterprise, after, on);
  return formerClasses.length === 0 ? after : { ...after, formerClasses };
}

/** Returns the item of a changed enterprise, without stays and classes that settle with the change. */
export function changedItem(after: RecordOf<EnterpriseItem>, now: Date): EnterpriseItem {
  return enterpriseItem(settle(after, dayInShanghai(now)).recent);
}

/** Returns the parks and days whose figures the change affects. */
export function touchedBy({ before, after }: Pick<EnterpriseWrite, 'before' | 'after'>): readonly TouchedDays[] {
  return touchedBySteps(enterpriseChanges(before.enterprise, after, '').flatMap(({ steps }) => steps));
}

/**
 * Returns the writes of an enterprise's change: its item, its names, stays and classes that settle, its list entries, the
 * event for the figures, its reporting item, and the register events.
 * @param reported set where the same transaction writes reports: the last reported day after it, if any
 */
export function changeWrites(
  change: EnterpriseWrite,
  now: Date,
  reported?: { readonly lastDay: string | null },
): Write<Stale>[] {
  const { before, event } = change;
  const { enterprise } = before;
  const after = dated(change, now);
  const residentsAfter = residentItems(after);
  const remaining = new Set(residentsAfter.map(({ pk }) => pk));
  const at = now.toISOString();
  const { recent, settled } = settle(after, dayInShanghai(now));
  const changes = enterpriseChanges(enterprise, after, at);
  return [
    put<Stale>(enterpriseItem(recent), { when: versionIs(enterprise?.version ?? 0), otherwise: STALE }),
    ...settledWrites(enterprise, settledItems(after.id, settled)),
    ...nameWrites(enterprise, after),
    ...(enterprise ? [] : [put<Stale>(usccItem(after), { when: isNew, otherwise: STALE })]),
    ...(changes.length > 0 ? [...residentsAfter, ...changes].map((item) => put(item)) : []),
    ...(enterprise
      ? residentItems(enterprise)
          .filter(({ pk }) => !remaining.has(pk))
          .map((item) => remove(item))
      : []),
    ...needsWrites(enterprise, after),
    ...(reported || changes.some(({ steps }) => steps.length > 0)
      ? [changeStays(before.reporting, after, reported)]
      : []),
    ...(event ? registerEventItems(after, event, at).map((item) => put(item)) : []),
  ];
}

/** Returns the writes of the goods that the enterprise needs in its parks, where they differ. */
function needsWrites(before: EnterpriseItem | null, after: RecordOf<EnterpriseItem>): Write<Stale>[] {
  const stored = before ? parkNeedsItems(before) : [];
  const wanted = parkNeedsItems(after);
  const isSame = (one: ParkNeedsItem) => stored.some((other) => isDeepStrictEqual(one, other));
  return [
    ...stored.filter(({ pk }) => !wanted.some((one) => one.pk === pk)).map((item) => remove<Stale>(item)),
    ...wanted.filter((item) => !isSame(item)).map((item) => put<Stale>(item)),
  ];
}

/** Returns the writes that list an enterprise's new names and take its former ones from their lists. */
function nameWrites(before: EnterpriseItem | null, after: RecordOf<EnterpriseItem>): Write<Stale>[] {
  const [former, current] = [before ? enterpriseNameItems(before) : [], enterpriseNameItems(after)];
  const isIn = (items: typeof current, { pk, sk }: PrimaryKey) =>
    items.some((item) => item.pk === pk && item.sk === sk);
  return [
    ...former.filter((item) => !isIn(current, item)).map((item) => remove<Stale>(item)),
    ...current.filter((item) => !isIn(former, item)).map((item) => put<Stale>(item)),
  ];
}

/** Returns the writes that store what settles, and those that replace settled stays by corrected ones. */
function settledWrites(before: EnterpriseItem | null, after: ReturnType<typeof settledItems>): Write<Stale>[] {
  const stored = before ? settledItems(before.id, settledIn(before)) : [];
  const isIn = (items: typeof after, sk: string) => items.some((item) => item.sk === sk);
  const isStored = (item: (typeof after)[number]) => stored.some((one) => isDeepStrictEqual(one, item));
  return [
    ...stored.filter(({ sk }) => !isIn(after, sk)).map((item) => remove<Stale>(item)),
    ...after.filter((item) => !isStored(item)).map((item) => put<Stale>(item)),
  ];
}

/** Returns the write that fails if a report was written since the stays were read. */
function changeStays(
  reporting: ReportingItem | null,
  { id, version }: RecordOf<EnterpriseItem>,
  reported: { readonly lastDay: string | null } | undefined,
): Write<Stale> {
  const lastDay = (reported ? reported.lastDay : reporting?.lastDay) ?? undefined;
  const reportsVersion = (reporting?.reportsVersion ?? 0) + (reported ? 1 : 0);
  const item = { ...reportingItem(id, version, lastDay), ...(reportsVersion === 0 ? {} : { reportsVersion }) };
  return put<Stale>(item, { when: reporting ? sameReports(reporting) : isNew, otherwise: STALE });
}
