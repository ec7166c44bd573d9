import { earlierDay } from '../../../domain/calendar/day.ts';
import {
  type Correction,
  type CorrectionSituation,
  MAX_PROPOSED_DAYS,
} from '../../../domain/published-figures/correction.ts';
import { enterprisesOf } from '../../../domain/published-figures/decide-correction.ts';
import {
  type Backfill,
  type BackfillSituation,
  PROPOSAL_DAYS,
  type Proposal,
  type ProposalCourse,
} from '../../../domain/published-figures/proposal.ts';
import { type DayFigures, dayFiguresOf, type PublishedDay } from '../../../domain/published-figures/published-day.ts';
import { EMPTY_TALLY, type ResidencyLevel } from '../../../domain/published-figures/resumption.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { keyLoader, type Loader } from '../../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import { readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { isNew, put, versionIs } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import { withHistories } from '../history/history.ts';
import type {
  EnterpriseItem,
  FiguresProposalItem,
  KnownParkItem,
  OperationReportItem,
  ParkDayItem,
  ParkPublicationItem,
  ParkStepsItem,
  PublishedDayItem,
} from '../items.ts';
import { figuresProposalItem, parkPublicationItem } from '../make-items.ts';
import { dayBefore, finishProposal, knownReport } from './apply.ts';
import { periodsOf, residencyLevelOf } from './park-figures.ts';

/** Stores officers' proposals to change a park's published figures: backfills and corrections. */
export interface Proposals {
  readonly byId: Loader<ProposalName, FiguresProposalItem | null>;
  /** Lists the proposals of a park, newest first. */
  listOfPark(parkId: string, page: PageRequest): Promise<Page<FiguresProposalItem>>;
  /** Loads the facts that decide a backfill or a correction. */
  load(once: OnceRequest, asked: Correction | Backfill): Promise<LoadedFigures>;
  /** Loads a proposal for a step that changes no figures, with one call. */
  loadCourse(once: OnceRequest, name: ProposalName): Promise<LoadedProposal>;
  /** Loads a proposal, and the facts that decide it once more. */
  loadForAcceptance(once: OnceRequest, name: ProposalName): Promise<LoadedProposal & { figures: LoadedFigures | null }>;
  /** Stores a new proposal. */
  propose(once: OnceRequest, proposal: Proposal): Promise<OnceOutcome<Stale>>;
  /** Stores the rejection or withdrawal of a proposal. */
  close(once: OnceRequest, proposal: FiguresProposalItem, course: Partial<ProposalCourse>): Promise<OnceOutcome<Stale>>;
  /** Stores the acceptance and starts the application. `finish` completes it. */
  accept(
    once: OnceRequest,
    proposal: FiguresProposalItem,
    figures: LoadedFigures,
    by: string,
  ): Promise<OnceOutcome<Stale>>;
  /**
   * Completes an accepted proposal, or another one that its park is applying.
   * @returns the completed proposal; null where another instance has completed it
   */
  finish(accepted: ProposalName, now: Date): Promise<FiguresProposalItem | null>;
}

export interface ProposalName {
  readonly parkId: string;
  readonly id: string;
}

export interface LoadedProposal {
  readonly earlier: Earlier;
  readonly proposal: FiguresProposalItem | null;
}

export interface LoadedFigures extends CorrectionSituation, Pick<BackfillSituation, 'days' | 'applied' | 'now'> {
  readonly earlier: Earlier;
  readonly publication: ParkPublicationItem | null;
  readonly hasFigures: boolean;
  readonly proposalDays: number;
}

/** Concurrent Queries of enterprises' reports. */
const MAX_CONCURRENT_QUERIES = 8;

export function openProposals(table: Table): Proposals {
  const byId = keyLoader<ProposalName, FiguresProposalItem>(table, ({ parkId, id }) =>
    enterpriseKeys.figuresProposal(parkId, id),
  );
  const prefix = enterpriseKeys.figuresProposal('', '').sk;
  return {
    byId,
    listOfPark: (parkId, page) =>
      readPage<FiguresProposalItem, FiguresProposalItem>(table, page, {
        range: {
          partition: enterpriseKeys.figuresProposal(parkId, '').pk,
          sort: { beginsWith: prefix },
          backwards: true,
        },
        binding: { field: 'Park.figuresProposals', arguments: { parkId } },
        nodes: async (items) => [...items],
      }),
    load: (once, asked) => load(table, once, asked),
    loadCourse: (once, name) => loadCourse(table, once, name),
    async loadForAcceptance(once, name) {
      const loaded = await loadCourse(table, once, name);
      return { ...loaded, figures: loaded.proposal && (await load(table, once, loaded.proposal.asked)) };
    },
    propose: (once, proposal) => {
      const item = figuresProposalItem({ ...proposal, state: 'PROPOSED', version: 1 });
      return commitOnce<Stale>(
        table,
        once,
        [proposal.parkId, proposal.id],
        [put(item, { when: isNew, otherwise: STALE })],
      );
    },
    close: (once, proposal, course) =>
      commitOnce<Stale>(table, once, [proposal.parkId, proposal.id], [nextOf(proposal, course)]),
    accept: (once, proposal, { publication }, by) => {
      const at = once.now.toISOString();
      const version = (publication?.version ?? 0) + 1;
      const after = parkPublicationItem({
        ...(publication ?? { parkId: proposal.parkId, applied: 0 }),
        version,
        applying: { proposal: proposal.id, sequence: version, at },
      });
      return commitOnce<Stale>(
        table,
        once,
        [proposal.parkId, proposal.id],
        [
          put<Stale>(after, { when: versionIs(version - 1), otherwise: STALE }),
          nextOf(proposal, { state: 'ACCEPTED', decidedBy: by, decidedAt: at }),
        ],
      );
    },
    finish: ({ parkId, id }, now) => finishProposal(table, parkId, now, id),
  };
}

function nextOf(proposal: FiguresProposalItem, course: Partial<ProposalCourse>) {
  const item = figuresProposalItem({ ...proposal, ...course, version: proposal.version + 1 });
  return put<Stale>(item, { when: versionIs(proposal.version), otherwise: STALE });
}

async function loadCourse(table: Table, once: OnceRequest, { parkId, id }: ProposalName): Promise<LoadedProposal> {
  const record = onceKey(table, once);
  const keys = [record, enterpriseKeys.figuresProposal(parkId, id)];
  const [found = null, proposal] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
  return { earlier: await earlierOf(table, found, once), proposal: proposal as FiguresProposalItem | null };
}

async function load(table: Table, once: OnceRequest, asked: Correction | Backfill): Promise<LoadedFigures> {
  const { parkId } = asked;
  const ids = 'reports' in asked ? enterprisesOf(asked) : [];
  const record = onceKey(table, once);
  const keys = [
    record,
    enterpriseKeys.knownPark(parkId),
    enterpriseKeys.parkPublication(parkId),
    enterpriseKeys.parkFigures(parkId),
    ...ids.map(enterpriseKeys.enterprise),
  ];
  const [found = null, known, published, counted, ...rest] = await batchRead<PrimaryKey>(table, keys, {
    consistent: true,
  });
  const publication = published as ParkPublicationItem | null;
  if (publication?.applying) {
    await finishProposal(table, parkId, once.now);
    return load(table, once, asked);
  }
  const enterprises = await withHistories(
    table,
    (rest as (EnterpriseItem | null)[]).flatMap((enterprise) =>
      enterprise ? { enterprise, day: firstChanged(asked, enterprise.id) } : [],
    ),
  );
  const [days, levelOn, reports, others] = await Promise.all([
    daysOf(table, parkId, firstDayOf(asked, enterprises.values())),
    levelsOn(table, parkId, 'reports' in asked ? asked.recount : asked.days.map(({ on }) => on)),
    reportsOfAll(table, ids),
    publicationsOf(table, [...enterprises.values()]),
  ]);
  const tallies = new Map(days.flatMap((item) => (item.type === 'ParkDay' ? [[item.on, item]] : [])));
  return {
    earlier: await earlierOf(table, found, once),
    publication,
    hasFigures: counted !== null,
    proposalDays: (known as KnownParkItem | null)?.proposalDays ?? PROPOSAL_DAYS,
    applied: publication?.applied ?? 0,
    now: once.now,
    days: days.filter((item): item is PublishedDayItem => item.type === 'PublishedDay').map(publishedDayOf),
    computedOf: (day): DayFigures => dayFiguresOf(tallies.get(day) ?? EMPTY_TALLY, levelOn(day)),
    enterpriseOf: (id) => enterprises.get(id) ?? null,
    zoneId: (known as KnownParkItem | null)?.zoneId ?? '',
    reportsOf: (id) => (reports.get(id) ?? []).map(knownReport),
    lastPublishedOn: (id) => (id === parkId ? publication : others.get(id))?.lastPublishedOn ?? null,
  };
}

function publishedDayOf({ on, publishedAt, closesAt, current, next, history }: PublishedDayItem): PublishedDay {
  return { on, publishedAt, closesAt, current, next, history };
}

/**
 * Returns the first day of an enterprise whose report or settled stay a correction states; a day after any other where
 * there is none.
 */
function firstChanged(asked: Correction | Backfill, id: string): string {
  if (!('reports' in asked)) return '9999-12-31';
  const isOwn = ({ enterpriseId }: { readonly enterpriseId: string }) => enterpriseId === id;
  return [
    ...asked.reports.filter(isOwn).map(({ day }) => day),
    ...asked.stays.filter(isOwn).flatMap(({ settledDays }) => dayBefore(settledDays)),
  ].reduce(earlierDay, '9999-12-31');
}

/** Returns the first day that a request may affect. */
function firstDayOf(asked: Correction | Backfill, enterprises: Iterable<EnterpriseItem>): string {
  const days =
    'reports' in asked
      ? [
          ...asked.reports.map(({ day }) => day),
          ...(asked.withdrawals ?? []).map(({ day }) => day),
          ...asked.recount,
          ...asked.stays.flatMap(({ stays, settledDays }) => [
            ...stays.map(({ from }) => from),
            ...(settledDays ? [settledDays.from] : []),
          ]),
          ...(asked.stays.length === 0
            ? []
            : [...enterprises].flatMap((item) => item.residencies.map(({ from }) => from))),
        ]
      : asked.days.map(({ on }) => on);
  return days.toSorted()[0] ?? '9999-12-31';
}

/** Returns the days of a park from one on: their sums and publications. */
function daysOf(table: Table, parkId: string, from: string): Promise<(ParkDayItem | PublishedDayItem)[]> {
  const first = enterpriseKeys.parkDay(parkId, from);
  const sort = { from: first.sk, to: enterpriseKeys.publishedDay(parkId, '9999-12-31').sk };
  return readRange<ParkDayItem | PublishedDayItem>(table, { partition: first.pk, sort, consistent: true });
}

/** Loads the levels of some days, at most as many as a proposal may have. */
async function levelsOn(
  table: Table,
  parkId: string,
  days: readonly string[],
): Promise<(day: string) => ResidencyLevel> {
  const periods = new Set(
    days.slice(0, MAX_PROPOSED_DAYS).flatMap((day) => periodsOf(day).map(({ period }) => period)),
  );
  const keys = Array.from(periods, (period) => enterpriseKeys.parkSteps(parkId, 'ALL', period));
  const found = await batchRead<ParkStepsItem>(table, keys, { consistent: true });
  const items = new Map([...periods].map((period, i) => [period, found[i] ?? null]));
  return (day) =>
    residencyLevelOf(
      periodsOf(day).map(({ period }) => items.get(period) ?? null),
      day,
    );
}

async function reportsOfAll(table: Table, ids: readonly string[]): Promise<Map<string, OperationReportItem[]>> {
  const reports = new Map<string, OperationReportItem[]>();
  const waiting = [...ids];
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const { pk, sk } = enterpriseKeys.report(id, '');
      reports.set(id, await readRange(table, { partition: pk, sort: { beginsWith: sk }, consistent: true }));
    }
  };
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT_QUERIES, ids.length) }, worker));
  return reports;
}

async function publicationsOf(table: Table, enterprises: readonly EnterpriseItem[]) {
  const parkIds = [...new Set(enterprises.flatMap((item) => item.residencies.map(({ parkId }) => parkId)))];
  const found = await batchRead<ParkPublicationItem>(table, parkIds.map(enterpriseKeys.parkPublication), {
    consistent: true,
  });
  return new Map(parkIds.map((id, i) => [id, found[i] ?? null]));
}
