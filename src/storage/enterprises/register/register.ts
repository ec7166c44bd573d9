import { addDays, dayInShanghai } from '../../../domain/calendar/day.ts';
import { lastFixedDay } from '../../../domain/enterprises/history.ts';
import type { FilledGap } from '../../../domain/enterprises/holdings.ts';
import { isIdOf } from '../../../domain/ids.ts';
import { lapsedMove } from '../../../domain/register/move-steps.ts';
import type { RegisterChange, RegisterSituation } from '../../../domain/register/situation.ts';
import { endStays } from '../../../domain/register/stays.ts';
import { MAX_SUCCESSORS } from '../../../domain/register/succession.ts';
import { log } from '../../../log.ts';
import { securityEvent } from '../../../security-event.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { type Earlier, earlierOf, type OnceOutcome, type OnceRequest, onceKey } from '../../dynamodb/idempotency.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { type Stale, transact } from '../../dynamodb/transaction.ts';
import type { Write } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { EnterpriseItem, KnownParkItem, RegisterEventItem, RegisterNoticeItem, ReportingItem } from '../items.ts';
import { ADMINISTRATORS } from '../make-items.ts';
import { countNeeding } from '../park-needs.ts';
import { loadClosedDays } from '../published-figures/closed-days.ts';
import { changedItem, type EnterpriseWrite, type LoadedEnterprise, touchedBy } from './change-writes.ts';
import { checkedWrites, commitChange, type DayClosed } from './register-writes.ts';

/** Stores the register of enterprises: their homes, admissions and registrations. */
export interface Register {
  /** Loads the facts that decide a command. A lapsed move is completed first. */
  load(once: OnceRequest, names: RegisterNames): Promise<LoadedRegister>;
  /** Writes a change, its events and the key's record, in one transaction. */
  commit(once: OnceRequest, loaded: LoadedRegister, change: RegisterChange): Promise<OnceOutcome<Stale | DayClosed>>;
  /** Returns the enterprise that `commit` writes. */
  changed(loaded: LoadedRegister, change: RegisterChange, now: Date): EnterpriseItem;
  /** Returns the enterprise of a recorded answer, as it is now. */
  answered(answer: readonly string[]): Promise<EnterpriseItem>;
  /** Lists the events of an enterprise that pass a test, newest first. */
  eventsOf(
    enterpriseId: string,
    page: PageRequest,
    isShown: (event: RegisterEventItem) => boolean,
  ): Promise<Page<RegisterEventItem>>;
  /** Lists the notices of a zone, or of the administrators for null, newest first. */
  noticesOf(zoneId: string | null, page: PageRequest): Promise<Page<RegisterNoticeItem>>;
}

/** The ids that a command names. */
export interface RegisterNames {
  readonly enterpriseId: string;
  readonly parkId?: string | null;
  /** The gap that a stated site fills. */
  readonly fills?: FilledGap;
  /** Absent for the successors of the succession that the enterprise stores. */
  readonly successorIds?: readonly string[];
}

export interface LoadedRegister extends LoadedEnterprise {
  readonly earlier: Earlier;
  /** Null where there is no such enterprise. */
  readonly situation: RegisterSituation | null;
  readonly successors: readonly EnterpriseItem[];
}

export function openRegister(table: Table): Register {
  return {
    load: (once, names) => load(table, once, names),
    commit: (once, loaded, change) => {
      const others = (change.others ?? []).map(({ enterpriseId, ...other }): EnterpriseWrite => {
        const enterprise = present({ enterprise: loaded.successors.find(({ id }) => id === enterpriseId) ?? null });
        // Stays of successors don't change, so their reported days don't matter.
        return { before: { enterprise, reporting: null }, after: afterOf(enterprise, other), event: other.event };
      });
      const write = { before: loaded, after: afterOf(present(loaded), change), event: change.event };
      return commitChange(table, once, write, others);
    },
    changed: (loaded, change, now) => changedItem(afterOf(present(loaded), change), now),
    async answered([id = '']) {
      const item = await readItem<EnterpriseItem>(table, enterpriseKeys.enterprise(id), { consistent: true });
      if (!item) throw new Error('the enterprise of a recorded answer does not exist');
      return item;
    },
    eventsOf: (enterpriseId, page, isShown) =>
      readPage<RegisterEventItem, RegisterEventItem>(table, page, {
        range: {
          partition: enterpriseId,
          sort: { beginsWith: REGISTER },
          backwards: true,
        },
        binding: { field: 'Enterprise.registerEvents', arguments: { enterpriseId } },
        nodes: (events) => events.map((event) => (isShown(event) ? event : null)),
      }),
    noticesOf: (zoneId, page) =>
      readPage<RegisterNoticeItem, RegisterNoticeItem>(table, page, {
        range: { partition: enterpriseKeys.registerNotice(zoneId ?? ADMINISTRATORS, '', '', 0).pk, backwards: true },
        binding: { field: 'Query.enterpriseNotices', arguments: { zoneId } },
        nodes: (notices) => notices,
      }),
  };
}

const REGISTER = enterpriseKeys.registerEvent('', 0).sk.slice(0, -'000000'.length);

async function load(
  table: Table,
  once: OnceRequest,
  { enterpriseId, parkId = null, fills, successorIds }: RegisterNames,
): Promise<LoadedRegister> {
  const keys: PrimaryKey[] = [onceKey(table, once)];
  if (isIdOf('ent', enterpriseId)) {
    keys.push(enterpriseKeys.enterprise(enterpriseId), enterpriseKeys.reporting(enterpriseId));
  }
  const namedPark = parkId ?? fills?.parkId;
  if (namedPark !== undefined && isIdOf('park', namedPark)) keys.push(enterpriseKeys.knownPark(namedPark));
  const needing = fills && isIdOf('park', fills.parkId) ? await countNeeding(table, fills) : 0;
  for (;;) {
    const [record = null, ...items] = await batchRead<PrimaryKey & { readonly type?: string }>(table, keys, {
      consistent: true,
    });
    const ofType = <Item>(type: string) => (items.find((item) => item?.type === type) as Item | undefined) ?? null;
    const loaded = { enterprise: ofType<EnterpriseItem>('Enterprise'), reporting: ofType<ReportingItem>('Reporting') };
    if (await handOverLapsed(table, loaded, once.now)) continue;
    const { enterprise, reporting } = loaded;
    const ids = successorIds ?? enterprise?.succession?.successorIds ?? [];
    const successors = await loadSuccessors(table, ids.slice(0, MAX_SUCCESSORS), once.now);
    const park = ofType<KnownParkItem>('KnownPark');
    const lastReported = lastFixedDay(enterprise ?? {}, reporting?.lastDay ?? null);
    const lastClosed = enterprise?.succession ? await lastClosedDay(table, enterprise, once.now) : undefined;
    return {
      ...loaded,
      earlier: await earlierOf(table, record, once),
      situation: enterprise && {
        ...{ enterprise, successors, park, lastReported },
        ...(fills && { gap: { parkZoneId: park?.zoneId ?? null, needing } }),
        ...(lastClosed !== undefined && { lastClosed }),
      },
      successors,
    };
  }
}

/** Returns the last closed day on which the enterprise would no longer count if its succession took effect. */
async function lastClosedDay(table: Table, enterprise: EnterpriseItem, now: Date): Promise<string | undefined> {
  if (!enterprise.succession) return undefined;
  const residencies = endStays(enterprise.residencies, addDays(enterprise.succession.on, -1), () => true);
  const touched = touchedBy({ before: { enterprise, reporting: null }, after: { ...enterprise, residencies } });
  const closed = await loadClosedDays(table, touched, now);
  return touched.flatMap(closed.within).sort().at(-1);
}

/** Returns the successors that exist, with their lapsed moves completed. */
async function loadSuccessors(table: Table, ids: readonly string[], now: Date): Promise<readonly EnterpriseItem[]> {
  const known = [...new Set(ids)].filter((id) => isIdOf('ent', id));
  for (;;) {
    const keys = known.flatMap((id) => [enterpriseKeys.enterprise(id), enterpriseKeys.reporting(id)]);
    const found = await batchRead<EnterpriseItem | ReportingItem>(table, keys, { consistent: true });
    const enterprises = found.filter((item): item is EnterpriseItem => item?.type === 'Enterprise');
    const settled = await Promise.all(
      enterprises.map((enterprise) => {
        const reporting = found.find((item) => item?.type === 'Reporting' && item.pk === enterprise.pk) ?? null;
        return handOverLapsed(table, { enterprise, reporting: reporting as ReportingItem | null }, now);
      }),
    );
    if (!settled.includes(true)) return enterprises;
  }
}

/**
 * Completes a lapsed move, if there is one, and reports it as a security event.
 * @returns whether the enterprise differs from the loaded one
 */
export async function handOverLapsed(table: Table, loaded: LoadedEnterprise, now: Date): Promise<boolean> {
  const today = dayInShanghai(now);
  const outcome = await commitBehindClosedDays(table, loaded, (situation) => lapsedMove(situation, today), now);
  return outcome !== 'NOTHING_TO_DO';
}

/**
 * Commits a change that nobody could repair if closed days refused it: its stays then change after the last closed day, as
 * after a reported one. A completed move is a security event.
 * @param decide returns null where nothing changes
 * @returns STALE where another request came first, and where a further write is refused
 */
export async function commitBehindClosedDays(
  table: Table,
  loaded: LoadedEnterprise,
  decide: (situation: Pick<RegisterSituation, 'enterprise' | 'lastReported'>) => RegisterChange | null,
  now: Date,
  more: readonly Write<Stale>[] = [],
): Promise<'NOTHING_TO_DO' | 'COMMITTED' | 'STALE'> {
  const { enterprise, reporting } = loaded;
  if (!enterprise) return 'NOTHING_TO_DO';
  let lastReported = lastFixedDay(enterprise, reporting?.lastDay ?? null);
  for (;;) {
    const change = decide({ enterprise, lastReported });
    if (!change) return 'NOTHING_TO_DO';
    const after = afterOf(enterprise, change);
    const { writes, closedDays } = await checkedWrites(table, { before: loaded, after, event: change.event }, now);
    const lastClosed = closedDays.at(-1);
    if (lastClosed !== undefined) {
      lastReported = lastClosed;
      continue;
    }
    const { committed } = await transact<Stale>(table, [...writes, ...more]);
    const [fromZone, toZone] = change.event.zoneIds;
    if (committed && change.event.kind === 'MOVED' && fromZone !== undefined && toZone !== undefined) {
      securityEvent(log, { kind: 'ENTERPRISE_MOVED', enterprise: enterprise.id, fromZone, toZone });
    }
    return committed ? 'COMMITTED' : 'STALE';
  }
}

function afterOf(enterprise: EnterpriseItem, { change }: Pick<RegisterChange, 'change'>) {
  return { ...enterprise, ...change, version: enterprise.version + 1 };
}

function present({ enterprise }: Pick<LoadedEnterprise, 'enterprise'>): EnterpriseItem {
  if (!enterprise) throw new Error('a change of an enterprise that does not exist');
  return enterprise;
}
