import type { Agency } from '../../../domain/cases/agency.ts';
import type { CaseState } from '../../../domain/cases/state.ts';
import type { Claim } from '../../../domain/work-list/claim.ts';
import type { WorkOfDay } from '../../../domain/work-list/count.ts';
import type { Work } from '../../../domain/work-list/work-item.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { keyLoader } from '../../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import { type KeyRange, readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { and, attributeIs, type Condition, put, update, type Write } from '../../dynamodb/write.ts';
import { type PrimaryKey, talentIndexes, talentKeys, talentPartitions } from '../../tables.ts';
import type { Cases } from '../cases/cases.ts';
import { type CaseItem, type WorkItem, workItem } from '../items.ts';
import { type WorkTallyItem, workOfDay } from './work-count-items.ts';

/** A work item with its case. */
export interface ListedWork {
  readonly work: WorkItem;
  readonly case: CaseItem | null;
}

/** The facts that decide a claim, and the earlier outcome of its key. */
export interface LoadedWork {
  readonly earlier: Earlier;
  readonly work: WorkItem | null;
  readonly case: CaseItem | null;
}

interface ListChoice {
  readonly zone: string;
  readonly agency: Agency;
  /** All states where null. */
  readonly state: CaseState | null;
  /** Only items due before that day; null for all. */
  readonly dueBefore: string | null;
}

/** Loads agencies' work lists and stores claims. */
export interface Worklist {
  /**
   * Lists work items, oldest due first; items without a due day come last. Takes one Query and one BatchGet for up to
   * 50.
   */
  list(choice: ListChoice, page: PageRequest): Promise<Page<ListedWork>>;
  /**
   * Returns the number of a list's entries by due day and state, with a short delay: one Query of as many items as it
   * has due days.
   */
  days(zone: string, agency: Agency): Promise<readonly WorkOfDay[]>;
  load(once: OnceRequest, caseId: string, agency: Agency): Promise<LoadedWork>;
  commit(once: OnceRequest, loaded: LoadedWork, claim: Claim | null): Promise<OnceOutcome<Stale>>;
  /** Returns the work item with its case; null where the list no longer has it. */
  answered(caseId: string, agency: Agency): Promise<ListedWork | null>;
}

export function openWorklist(table: Table, cases: Cases): Worklist {
  const entries = keyLoader<PrimaryKey, WorkItem>(table, (key) => key);
  const read = async (caseId: string, agency: Agency, more: readonly PrimaryKey[]) => {
    const keys = [talentKeys.work(caseId, agency), talentKeys.case(caseId), ...more];
    const [work = null, of = null, record = null] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
    return { work: work as WorkItem | null, case: of as CaseItem | null, record };
  };
  return {
    async list(choice, page) {
      const { zone, agency, state, dueBefore } = choice;
      return readPage<PrimaryKey, ListedWork>(table, page, {
        range: rangeOf(choice),
        binding: { field: 'Query.worklist', arguments: { zone, agency, state, dueBefore } },
        nodes: async (keys) => {
          const [works, found] = await Promise.all([
            entries.loadMany(keys),
            cases.byId.loadMany(keys.map(({ pk }) => pk)),
          ]);
          return works.map((work, i) =>
            // The entry may have changed since the index was read.
            work && isOf(work, choice) ? { work, case: found[i] ?? null } : null,
          );
        },
      });
    },
    async days(zone, agency) {
      const tallies = await readRange<WorkTallyItem>(table, { partition: talentPartitions.workTallies(zone, agency) });
      return tallies.map(workOfDay);
    },
    async load(once, caseId, agency) {
      const { record, ...loaded } = await read(caseId, agency, [onceKey(table, once)]);
      return { ...loaded, earlier: await earlierOf(table, record, once) };
    },
    commit(once, { work }, claim) {
      if (!work) throw new Error('a claim of a work item that is in no list');
      return commitOnce<Stale>(table, once, [work.caseId, work.agency], [writeClaim(work, claim)]);
    },
    async answered(caseId, agency) {
      const { work, case: of } = await read(caseId, agency, []);
      return work && { work, case: of };
    },
  };
}

function rangeOf({ zone, agency, state, dueBefore }: ListChoice): KeyRange {
  // A sort key begins with its day and so sorts after the bare day.
  const until = dueBefore === null ? {} : { sort: { from: '0', to: dueBefore } };
  return state === null
    ? { index: 'gsi1', partition: talentIndexes.workOfAgency(zone, agency, null, '').gsi1pk, ...until }
    : { index: 'gsi2', partition: talentIndexes.workInState(zone, agency, state, null, '').gsi2pk, ...until };
}

function isOf(work: WorkItem, { zone, state, dueBefore }: ListChoice): boolean {
  const isInTime = dueBefore === null || (work.dueOn !== null && work.dueOn < dueBefore);
  return work.zoneId === zone && (state === null || work.state === state) && isInTime;
}

/** Sets the claim of a work item, unless its claim or list has changed since it was loaded. */
function writeClaim({ caseId, agency, zoneId, claim: before }: WorkItem, claim: Claim | null): Write<Stale> {
  const when = and(attributeIs('zoneId', zoneId), claimIs(before));
  return update<Stale>(talentKeys.work(caseId, agency), { set: { claim } }, { when, otherwise: STALE });
}

function claimIs(claim: Claim | null | undefined): Condition {
  if (claim) return attributeIs('claim', claim);
  const isNull = attributeIs('claim', null);
  return { ...isNull, expression: `attribute_not_exists(#c_claim) OR ${isNull.expression}` };
}

/**
 * Puts a work item into an agency's list, or updates it.
 * @param keepsClaim set where the list has it already, whose claim stays
 */
export function writeWork(work: Work, keepsClaim: boolean): Write<never> {
  if (!keepsClaim) return put(workItem(work));
  const { pk: _, sk: __, claim: ___, ...rest } = workItem(work);
  return update(talentKeys.work(work.caseId, work.agency), { set: rest });
}
