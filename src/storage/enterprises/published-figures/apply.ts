/**
 * Applies an accepted proposal: each enterprise's change in a transaction of its own, then each day's next revision, then one
 * write that makes all of them visible. Every step may come twice, and whoever meets an unfinished one goes on with it.
 */
import { laterDay } from '../../../domain/calendar/day.ts';
import { restatedReports, withStays } from '../../../domain/published-figures/correction.ts';
import { GRACE_DAYS, type Revision, withRevision } from '../../../domain/published-figures/published-day.ts';
import { CodedError } from '../../../errors.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { attributeIs, isNew, versionIs } from '../../dynamodb/condition.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale, transact } from '../../dynamodb/transaction.ts';
import { check, put, type Write } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
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
import { restOn } from '../reports/rest-on-stays.ts';

/** Days of one transaction: two writes each, and the check that the proposal is still in hand. */
const DAYS_A_TRANSACTION = 45;
/** How often an enterprise's change is decided anew where others have changed the enterprise meanwhile. */
const MAX_ATTEMPTS = 5;
/** Who finds a proposal in hand for longer takes it over, and its revisions become current at a later instant. */
const TAKEN_OVER_AFTER_MS = 30_000;

type Progress = Stale | 'NOT_IN_HAND' | 'APPLIED';

interface InHand {
  readonly table: Table;
  readonly publication: ParkPublicationItem;
  readonly hand: ProposalInHand;
  readonly proposal: FiguresProposalItem;
  readonly now: Date;
  readonly held: Write<'NOT_IN_HAND'>;
}

/**
 * Finishes the proposal that a park has in hand, if it has one.
 * @throws CodedError CONFLICT where others change the same each time; what storage throws: to be called again
 */
export async function finishProposal(table: Table, parkId: string, now: Date): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const found = await takeInHand(table, parkId, now);
    if (found === null) return;
    if (found === STALE) continue;
    if (await applyAll(found)) return;
  }
  throw new CodedError('CONFLICT', 'The figures of this park are being corrected just now. Try again in a moment.');
}

/** Joins who applies it, or takes it over from who has not been heard of for long. */
async function takeInHand(table: Table, parkId: string, now: Date): Promise<InHand | null | Stale> {
  const key = enterpriseKeys.parkPublication(parkId);
  const publication = await readItem<ParkPublicationItem>(table, key, { consistent: true });
  if (!publication?.applying) return null;
  const isLate = now.getTime() - Date.parse(publication.applying.at) > TAKEN_OVER_AFTER_MS;
  const hand = isLate ? { ...publication.applying, at: now.toISOString() } : publication.applying;
  const mine = attributeIs('applying', hand);
  if (isLate) {
    const when = attributeIs('applying', publication.applying);
    const outcome = await transact(table, [
      put<Stale>(parkPublicationItem({ ...publication, applying: hand }), { when, otherwise: STALE }),
    ]);
    if (!outcome.committed) return STALE;
  }
  const proposal = await readItem<FiguresProposalItem>(table, enterpriseKeys.figuresProposal(parkId, hand.proposal), {
    consistent: true,
  });
  if (!proposal) throw new Error(`${hand.proposal} of ${parkId} is in hand and is not there`);
  const held = check<'NOT_IN_HAND'>(key, { when: mine, otherwise: 'NOT_IN_HAND' });
  return { table, publication: { ...publication, applying: hand }, hand, proposal, now, held };
}

/** @returns false where another has taken it over or finished it meanwhile */
async function applyAll(inHand: InHand): Promise<boolean> {
  for (const change of inHand.proposal.changes) {
    if (!(await applyChange(inHand, change))) return false;
  }
  const { days } = inHand.proposal;
  for (let start = 0; start < days.length; start += DAYS_A_TRANSACTION) {
    if (!(await prepareDays(inHand, days.slice(start, start + DAYS_A_TRANSACTION)))) return false;
  }
  return makeVisible(inHand);
}

type Change = FiguresProposalItem['changes'][number];

async function applyChange(inHand: InHand, change: Change): Promise<boolean> {
  const { table, proposal, held } = inHand;
  const marker = enterpriseKeys.appliedChange(proposal.parkId, proposal.id, change.enterpriseId);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const writes = await changeOf(inHand, change);
    if (writes === 'APPLIED') return true;
    const mark: AppliedChangeItem = { ...marker, type: 'AppliedChange', applied: writes !== null };
    const outcome = await transact<Progress>(table, [
      held,
      put<Progress>(mark, { when: isNew, otherwise: 'APPLIED' }),
      ...(writes ?? []),
    ]);
    if (outcome.committed) return true;
    if (outcome.refusals.some(({ refusal }) => refusal === 'NOT_IN_HAND')) return false;
  }
  throw new CodedError('CONFLICT', 'Others are changing the same enterprise just now. Try again in a moment.');
}

/** The writes of one enterprise's change as it is now; null where nothing of the kind can be applied to it any more. */
async function changeOf(
  { table, proposal, now }: InHand,
  { enterpriseId, stays, reports }: Change,
): Promise<Write<Stale>[] | null | 'APPLIED'> {
  const { parkId } = proposal;
  const keys = [
    enterpriseKeys.appliedChange(parkId, proposal.id, enterpriseId),
    enterpriseKeys.enterprise(enterpriseId),
    enterpriseKeys.reporting(enterpriseId),
  ];
  const [marker, found, rest] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
  if (marker) return 'APPLIED';
  const enterprise = found as EnterpriseItem | null;
  if (!enterprise) return null;
  const reporting = rest as ReportingItem | null;
  const known = await reportsOf(table, enterpriseId);
  const own = reports.filter(({ day, version }) => (known.find(({ on }) => on === day)?.version ?? 0) < version);
  const residencies = stays ? withStays(enterprise.residencies, parkId, stays) : enterprise.residencies;
  const restated = stays
    ? restatedReports(known.map(knownReport), residencies, new Set(own.map(({ day }) => day)))
    : [];
  if (!restated) return null;
  const written = [...own, ...restated].map(({ day, before: _, ...report }) => {
    const before = known.find(({ on }) => on === day) ?? null;
    const item = operationReportItem({
      ...report,
      version: (before?.version ?? 0) + 1,
      enterpriseId,
      on: day,
      reportedAt: now.toISOString(),
    });
    return { before, item };
  });
  const lastDay = written.reduce((last, { item }) => laterDay(last, item.on), '');
  const after = { ...enterprise, residencies, version: enterprise.version + 1 };
  return [
    ...(stays ? changeWrites({ before: { enterprise, reporting }, after, event: null }, now, lastDay) : []),
    ...(stays || written.length === 0 ? [] : [restOn(enterpriseId, reporting, lastDay)]),
    ...written.flatMap(({ before, item }) => [
      put<Stale>(item, { when: versionIs(item.version - 1), otherwise: STALE }),
      put(operationReported(before, item)),
    ]),
  ];
}

function reportsOf(table: Table, enterpriseId: string): Promise<OperationReportItem[]> {
  const { pk, sk } = enterpriseKeys.report(enterpriseId, '');
  return readRange<OperationReportItem>(table, { partition: pk, sort: { beginsWith: sk }, consistent: true });
}

/** Returns a stored report as corrections are decided by it. */
export function knownReport({ on, ...report }: OperationReportItem) {
  const { parkId, version, mode, staffTotal, staffReturned, registeredStaff } = report;
  return { day: on, parkId, version, mode, staffTotal, staffReturned, registeredStaff };
}

async function prepareDays(
  { table, proposal, publication, hand, held }: InHand,
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
  const outcome = await transact<'NOT_IN_HAND'>(table, [held, ...writes]);
  return outcome.committed;
}

async function makeVisible({ table, publication, proposal, hand }: InHand): Promise<boolean> {
  const { applying, type: _, pk: __, sk: ___, ...rest } = publication;
  const last = proposal.days.at(-1)?.on ?? '';
  const lastPublishedOn = last > (rest.lastPublishedOn ?? '') ? last : rest.lastPublishedOn;
  const after = parkPublicationItem({
    ...rest,
    version: publication.version + 1,
    applied: hand.sequence,
    ...(lastPublishedOn === undefined ? {} : { lastPublishedOn }),
  });
  const outcome = await transact<'NOT_IN_HAND'>(table, [
    put<'NOT_IN_HAND'>(after, { when: attributeIs('applying', applying ?? null), otherwise: 'NOT_IN_HAND' }),
    put(figuresProposalItem({ ...proposal, state: 'APPLIED', version: proposal.version + 1, appliedAt: hand.at })),
  ]);
  return outcome.committed;
}
