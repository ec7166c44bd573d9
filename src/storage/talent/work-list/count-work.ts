import type { Agency } from '../../../domain/cases/agency.ts';
import { CodedError } from '../../../errors.ts';
import { backOff } from '../../dynamodb/backoff.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { and, attributeIs, type Condition, isNew } from '../../dynamodb/condition.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { check, put, remove, update } from '../../dynamodb/write.ts';
import { type PrimaryKey, talentKeys } from '../../tables.ts';
import type { WorkItem } from '../items.ts';
import {
  type CountedAs,
  type CountedWorkItem,
  countedWorkItem,
  type WorkAddition,
  type WorkTallyItem,
  workAdditions,
} from './work-count-items.ts';

/** An entry of an agency's list, whether it is there or not any more. */
export interface WorkName {
  readonly caseId: string;
  readonly agency: Agency;
}

/** For each: a look at the entry, as what it is counted, and at most two sums; and a look at the lock. A transaction holds a hundred. */
const MAX_ENTRIES = 24;

/**
 * Brings what is counted of entries up to what they are now. Whatever was told of them before, twice, late or not at all, makes
 * no difference: what an entry is counted as is kept, and is changed in the transaction that changes the sums.
 * @throws CodedError CONFLICT where a rebuild lasts beyond the deadline; what `transact` throws
 */
export async function countEntries(table: Table, names: readonly WorkName[]): Promise<void> {
  const distinct = [...new Map(names.map((name) => [`${name.caseId} ${name.agency}`, name])).values()];
  for (let at = 0; at < distinct.length; at += MAX_ENTRIES) {
    await countBatch(table, distinct.slice(at, at + MAX_ENTRIES));
  }
}

async function countBatch(table: Table, names: readonly WorkName[]): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const changes = await changesOf(table, names);
    if (changes.length === 0) return;
    const additions = workAdditions(
      changes.flatMap(({ work, counted }) => [
        ...(counted ? [{ entry: counted, by: -1 }] : []),
        ...(work ? [{ entry: work, by: 1 }] : []),
      ]),
    );
    const outcome = await transact<Refusal>(table, [
      check<Refusal>(talentKeys.rebuildLock(), { when: isNew, otherwise: 'REBUILDING' }),
      ...changes.flatMap(({ name: { caseId, agency }, work, counted }) => {
        const asCounted = { when: isStill(counted), otherwise: 'CHANGED' } as const;
        return [
          check<Refusal>(talentKeys.work(caseId, agency), { when: isStill(work), otherwise: 'CHANGED' }),
          work
            ? put<Refusal>(countedWorkItem(work), asCounted)
            : remove<Refusal>(talentKeys.countedWork(caseId, agency), asCounted),
        ];
      }),
      ...additions.map(({ key, identity, add }) => update(key, { set: identity, add })),
    ]);
    if (outcome.committed) return removeEmpty(table, additions);
    if (!(await backOff(table, attempt))) {
      throw new CodedError('CONFLICT', 'What agencies have to do changes, or is being counted anew, just now.');
    }
  }
}

type Refusal = 'REBUILDING' | 'CHANGED';

interface Change {
  readonly name: WorkName;
  /** Null where the list has it no more. */
  readonly work: WorkItem | null;
  /** Null where it isn't counted. */
  readonly counted: CountedWorkItem | null;
}

/** Entries that are not counted as what they are. */
async function changesOf(table: Table, names: readonly WorkName[]): Promise<Change[]> {
  const keys = names.flatMap(({ caseId, agency }) => [
    talentKeys.work(caseId, agency),
    talentKeys.countedWork(caseId, agency),
  ]);
  const items = await batchRead<PrimaryKey>(table, keys, { consistent: true });
  return names
    .map((name, i) => ({
      name,
      work: items[2 * i] as WorkItem | null,
      counted: items[2 * i + 1] as CountedWorkItem | null,
    }))
    .filter(({ work, counted }) => !isSame(work, counted));
}

function isSame(work: CountedAs | null, counted: CountedAs | null): boolean {
  if (work === null || counted === null) return work === counted;
  return work.zoneId === counted.zoneId && work.state === counted.state && work.dueOn === counted.dueOn;
}

/** It is in the place where it was read, or as then isn't there. */
function isStill(entry: CountedAs | null): Condition {
  if (entry === null) return isNew;
  const inZone = and(attributeIs('zoneId', entry.zoneId), attributeIs('state', entry.state));
  return and(inZone, attributeIs('dueOn', entry.dueOn));
}

/** A day on which nothing is due any more keeps no item: a list is counted by as many as it has days. */
async function removeEmpty(table: Table, additions: readonly WorkAddition[]): Promise<void> {
  const lessened = additions.filter(({ add }) => add.total < 0).map(({ key }) => key);
  const tallies = await batchRead<WorkTallyItem>(table, lessened, { consistent: true });
  for (const tally of tallies) {
    if (tally?.total !== 0) continue;
    await transact(table, [remove(tally, { when: attributeIs('total', 0), otherwise: 'COUNTED_AGAIN' })]);
  }
}
