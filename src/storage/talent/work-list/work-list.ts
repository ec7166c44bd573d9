import type { Agency } from '../../../domain/cases/agency.ts';
import type { CaseState } from '../../../domain/cases/state.ts';
import type { Claim } from '../../../domain/work-list/claim.ts';
import type { WorkOfDay } from '../../../domain/work-list/count.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { keyLoader } from '../../dynamodb/item-loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import { type KeyRange, readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import type { Stale } from '../../dynamodb/transaction.ts';
import { type PrimaryKey, talentIndexes, talentKeys, talentPartitions } from '../../tables.ts';
import type { Cases } from '../cases/cases.ts';
import type { CaseItem, WorkItem } from '../items.ts';
import { type WorkTallyItem, workOfDay } from './work-count-items.ts';
import { writeClaim } from './work-writes.ts';

/** A case in an agency's list. */
export interface ListedWork {
  readonly work: WorkItem;
  readonly case: CaseItem | null;
}

/** What a claim is decided by, and what came of its key before. */
export interface LoadedWork {
  readonly earlier: Earlier;
  readonly work: WorkItem | null;
  readonly case: CaseItem | null;
}

interface ListChoice {
  readonly zone: string;
  readonly agency: Agency;
  /** All of them where null. */
  readonly state: CaseState | null;
  /** Only what is due before that day; null where it doesn't matter. */
  readonly dueBefore: string | null;
}

/** What agencies have to do. */
export interface Worklist {
  /** Oldest due first, what has no due day last: one Query and one BatchGet for up to 50. */
  list(choice: ListChoice, page: PageRequest): Promise<Page<ListedWork>>;
  /** How many entries a list has, by due day and state, a moment behind: one Query, of as many items as it has due days. */
  days(zone: string, agency: Agency): Promise<readonly WorkOfDay[]>;
  load(once: OnceRequest, caseId: string, agency: Agency): Promise<LoadedWork>;
  commit(once: OnceRequest, loaded: LoadedWork, claim: Claim | null): Promise<OnceOutcome<Stale>>;
  /** The case in the list, as it is now; null where the list has it no more. */
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
            // Others may have been at work since the index was read.
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
      if (!work) throw new Error('work was claimed that is in no list');
      return commitOnce<Stale>(table, once, [work.caseId, work.agency], [writeClaim(work, claim)]);
    },
    async answered(caseId, agency) {
      const { work, case: of } = await read(caseId, agency, []);
      return work && { work, case: of };
    },
  };
}

function rangeOf({ zone, agency, state, dueBefore }: ListChoice): KeyRange {
  // A sort key is a day and what follows it, and so comes after the day by itself.
  const until = dueBefore === null ? {} : { sort: { from: '0', to: dueBefore } };
  return state === null
    ? { index: 'gsi1', partition: talentIndexes.workOfAgency(zone, agency, null, '').gsi1pk, ...until }
    : { index: 'gsi2', partition: talentIndexes.workInState(zone, agency, state, null, '').gsi2pk, ...until };
}

function isOf(work: WorkItem, { zone, state, dueBefore }: ListChoice): boolean {
  const isInTime = dueBefore === null || (work.dueOn !== null && work.dueOn < dueBefore);
  return work.zoneId === zone && (state === null || work.state === state) && isInTime;
}
