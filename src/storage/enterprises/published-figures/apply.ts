/**
 * Applies an accepted proposal. Each enterprise's change is one transaction, then each day's next revision is written,
 * and one last write makes all of them visible. Every step is repeatable, and any instance that finds an unfinished
 * proposal continues it.
 */
import { addDays, earlierDay, isDay } from '../../../domain/calendar/day.ts';
import type { KnownReport, SettledDays } from '../../../domain/published-figures/correction.ts';
import { isChangedOn, restatedReports, withStays } from '../../../domain/published-figures/enterprise-correction.ts';
import { GRACE_DAYS, type Revision, withRevision } from '../../../domain/published-figures/published-day.ts';
import { CodedError } from '../../../errors.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale, transact } from '../../dynamodb/transaction.ts';
import { attributeIs, check, isNew, put, versionIs, type Write } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import { withHistories } from '../history/history.ts';
import type {
  AppliedChangeItem,
  EnterpriseItem,
  FiguresProposalItem,
  KnownParkItem,
  OperationReportItem,
  ParkPublicationItem,
  ProposalInHand,
  PublishedDayItem,
  ReportingItem,
} from '../items.ts';
import {
  figureRevisionItem,
  figuresProposalItem,
  operationReported,
  operationReportItem,
  parkPublicationItem,
  publishedDayItem,
} from '../make-items.ts';
import { changeWrites } from '../register/change-writes.ts';
import { setLastDay } from '../reports/rest-on-stays.ts';

/** Days per transaction: two writes each, and the check that this instance still applies the proposal. */
const DAYS_A_TRANSACTION = 45;
/** Upper bound of the attempts at an enterprise's change while other requests change the enterprise. */
const MAX_ATTEMPTS = 5;
/** Time after which another instance takes over a proposal. Its revisions then become current at a later instant. */
const TAKE_OVER_AFTER_MS = 30_000;

/** Sorts after any day. */
const NO_DAY = '9999-12-31';

type Progress = Stale | 'TAKEN_OVER' | 'APPLIED';

interface Application {
  readonly table: Table;
  readonly publication: ParkPublicationItem;
  readonly hand: ProposalInHand;
  readonly proposal: FiguresProposalItem;
  readonly now: Date;
  readonly check: Write<'TAKEN_OVER'>;
}

/**
 * Completes the proposal that a park is applying, if any. Call it again after a fault.
 * @param accepted the proposal that has been accepted, where one has: it is read beside the park's publication
 * @returns the proposal as applied; null where another instance has applied it, or none is being applied
 * @throws CodedError CONFLICT where other requests change the same items at each attempt; faults of the store
 */
export async function finishProposal(
  table: Table,
  parkId: string,
  now: Date,
  accepted?: string,
): Promise<FiguresProposalItem | null> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const found = await joinOrTakeOver(table, parkId, now, accepted);
    if (found === null) return null;
    if (found === STALE) continue;
    const applied = await applyAll(found);
    if (applied) return applied;
  }
  throw new CodedError('CONFLICT', 'The figures of this park are being corrected. Try again in a moment.');
}

/** Joins the application of a proposal, or takes it over from an instance that has been silent too long. */
async function joinOrTakeOver(
  table: Table,
  parkId: string,
  now: Date,
  accepted?: string,
): Promise<Application | null | Stale> {
  const key = enterpriseKeys.parkPublication(parkId);
  const proposalOf = (id: string) =>
    readItem<FiguresProposalItem>(table, enterpriseKeys.figuresProposal(parkId, id), { consistent: true });
  const [publication, known] = await Promise.all([
    readItem<ParkPublicationItem>(table, key, { consistent: true }),
    accepted === undefined ? null : proposalOf(accepted),
  ]);
  if (!publication?.applying) return null;
  const isLate = now.getTime() - Date.parse(publication.applying.at) > TAKE_OVER_AFTER_MS;
  const hand = isLate ? { ...publication.applying, at: now.toISOString() } : publication.applying;
  const mine = attributeIs('applying', hand);
  if (isLate) {
    const when = attributeIs('applying', publication.applying);
    const outcome = await transact(table, [
      put<Stale>(parkPublicationItem({ ...publication, applying: hand }), { when, otherwise: STALE }),
    ]);
    if (!outcome.committed) return STALE;
  }
  const proposal = known?.id === hand.proposal ? known : await proposalOf(hand.proposal);
  if (!proposal) throw new Error(`${parkId} is applying ${hand.proposal}, which does not exist`);
  const isOurs = check<'TAKEN_OVER'>(key, { when: mine, otherwise: 'TAKEN_OVER' });
  return { table, publication: { ...publication, applying: hand }, hand, proposal, now, check: isOurs };
}

/** @returns the proposal as applied; null where another instance has taken over or completed it meanwhile */
async function applyAll(application: Application): Promise<FiguresProposalItem | null> {
  for (const change of application.proposal.changes) {
    if (!(await applyChange(application, change))) return null;
  }
  const { days } = application.proposal;
  for (let start = 0; start < days.length; start += DAYS_A_TRANSACTION) {
    if (!(await prepareDays(application, days.slice(start, start + DAYS_A_TRANSACTION)))) return null;
  }
  return makeVisible(application);
}

type Change = FiguresProposalItem['changes'][number];

async function applyChange(application: Application, change: Change): Promise<boolean> {
  const { table, proposal, check: isOurs } = application;
  const marker = enterpriseKeys.appliedChange(proposal.parkId, proposal.id, change.enterpriseId);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const writes = await changeOf(application, change);
    if (writes === 'APPLIED') return true;
    const mark: AppliedChangeItem = { ...marker, type: 'AppliedChange', applied: writes !== null };
    const outcome = await transact<Progress>(table, [
      isOurs,
      put<Progress>(mark, { when: isNew, otherwise: 'APPLIED' }),
      ...(writes ?? []),
    ]);
    if (outcome.committed) return true;
    if (outcome.refusals.some(({ refusal }) => refusal === 'TAKEN_OVER')) return false;
  }
  throw new CodedError('CONFLICT', 'Other requests are changing the same enterprise. Try again in a moment.');
}

/** Returns the writes of one enterprise's change as the enterprise is now; null where the change no longer applies. */
async function changeOf(
  { table, proposal, now }: Application,
  { enterpriseId, stays, settledDays, reports }: Change,
): Promise<Write<Stale>[] | null | 'APPLIED'> {
  const { parkId } = proposal;
  const keys = [
    enterpriseKeys.appliedChange(parkId, proposal.id, enterpriseId),
    enterpriseKeys.enterprise(enterpriseId),
    enterpriseKeys.reporting(enterpriseId),
  ];
  const [marker, found, rest] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
  if (marker) return 'APPLIED';
  const stored = found as EnterpriseItem | null;
  if (!stored) return null;
  const day = [...reports.map((report) => report.day), ...dayBefore(settledDays)].reduce(earlierDay, NO_DAY);
  const enterprise = (await withHistories(table, [{ enterprise: stored, day }])).get(enterpriseId) ?? stored;
  const reporting = rest as ReportingItem | null;
  const known = await reportsOf(table, enterpriseId);
  const own = reports.filter(({ day, version }) => (known.find(({ on }) => on === day)?.version ?? 0) < version);
  const residencies = stays ? withStays(enterprise, parkId, stays, settledDays) : enterprise.residencies;
  const changed = known.filter(({ on }) => isChangedOn(on, enterprise, settledDays));
  const restated = stays
    ? restatedReports(changed.map(knownReport), residencies, new Set(own.map((one) => one.day)))
    : [];
  if (!restated) return null;
  const written = [...own, ...restated].map(({ day, before: _, isWithdrawn, ...report }) => {
    const before = known.find(({ on }) => on === day) ?? null;
    const item = operationReportItem({
      ...report,
      version: (before?.version ?? 0) + 1,
      enterpriseId,
      on: day,
      reportedAt: now.toISOString(),
      ...(isWithdrawn ? { withdrawalReason: proposal.reason } : {}),
    });
    return { before, item };
  });
  const lastDay = lastDayOf([
    ...known.filter(({ on }) => !written.some(({ item }) => item.on === on)),
    ...written.map(({ item }) => item),
  ]);
  const after = { ...enterprise, residencies, version: enterprise.version + 1 };
  return [
    ...(stays ? changeWrites({ before: { enterprise, reporting }, after, event: null }, now, { lastDay }) : []),
    ...(stays || written.length === 0 ? [] : [setLastDay(enterpriseId, reporting, lastDay)]),
    ...written.flatMap(({ before, item }) => [
      put<Stale>(item, { when: versionIs(item.version - 1), otherwise: STALE }),
      put(operationReported(enterprise, before, item)),
    ]),
  ];
}

/** Returns the day before settled days: the stays of that day end where those of the first one begin. */
export function dayBefore(days: SettledDays | undefined): string[] {
  return days && isDay(days.from) ? [addDays(days.from, -1)] : [];
}

function reportsOf(table: Table, enterpriseId: string): Promise<OperationReportItem[]> {
  const { pk, sk } = enterpriseKeys.report(enterpriseId, '');
  return readRange<OperationReportItem>(table, { partition: pk, sort: { beginsWith: sk }, consistent: true });
}

/** Returns the last day with a report that is not withdrawn; null where there is none. */
function lastDayOf(reports: readonly OperationReportItem[]): string | null {
  const days = reports.filter(({ withdrawalReason }) => withdrawalReason === undefined).map(({ on }) => on);
  return days.toSorted().at(-1) ?? null;
}

/** Returns a stored report in the form that corrections read. */
export function knownReport({ on, withdrawalReason, ...report }: OperationReportItem): KnownReport {
  const { parkId, version, mode, staffTotal, staffReturned, registeredStaff } = report;
  const isWithdrawn = withdrawalReason === undefined ? {} : { isWithdrawn: true };
  return { day: on, parkId, version, mode, staffTotal, staffReturned, registeredStaff, ...isWithdrawn };
}

async function prepareDays(
  { table, proposal, publication, hand, check: isOurs }: Application,
  days: FiguresProposalItem['days'],
): Promise<boolean> {
  const { parkId, kind, id, proposedBy } = proposal;
  const [park, ...found] = await batchRead<PrimaryKey>(
    table,
    [enterpriseKeys.knownPark(parkId), ...days.map(({ on }) => enterpriseKeys.publishedDay(parkId, on))],
    { consistent: true },
  );
  const graceDays = (park as KnownParkItem | null)?.graceDays ?? GRACE_DAYS;
  const writes = days.flatMap(({ on, revision, after }, i) => {
    const next: Revision = {
      revision: revision + 1,
      kind,
      figures: after,
      at: hand.at,
      sequence: hand.sequence,
    };
    const day = found[i] as PublishedDayItem | null;
    return [
      put(publishedDayItem(parkId, withRevision(day, publication.applied, on, next, graceDays))),
      put(figureRevisionItem({ ...next, parkId, on, by: proposedBy, proposal: id })),
    ];
  });
  const outcome = await transact<'TAKEN_OVER'>(table, [isOurs, ...writes]);
  return outcome.committed;
}

async function makeVisible({ table, publication, proposal, hand }: Application): Promise<FiguresProposalItem | null> {
  const { applying, type: _, pk: __, sk: ___, ...rest } = publication;
  const last = proposal.days.at(-1)?.on ?? '';
  const lastPublishedOn = last > (rest.lastPublishedOn ?? '') ? last : rest.lastPublishedOn;
  const after = parkPublicationItem({
    ...rest,
    version: publication.version + 1,
    applied: hand.sequence,
    ...(lastPublishedOn === undefined ? {} : { lastPublishedOn }),
  });
  const applied = figuresProposalItem({
    ...proposal,
    state: 'APPLIED',
    version: proposal.version + 1,
    appliedAt: hand.at,
  });
  const outcome = await transact<'TAKEN_OVER'>(table, [
    put<'TAKEN_OVER'>(after, { when: attributeIs('applying', applying ?? null), otherwise: 'TAKEN_OVER' }),
    put(applied),
  ]);
  return outcome.committed ? applied : null;
}
