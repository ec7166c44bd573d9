import type { Agency } from '../../../domain/cases/agency.ts';
import { CodedError } from '../../../errors.ts';
import { backOff } from '../../dynamodb/backoff.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { and, attributeIs, type Condition, check, isNew, put, remove, update } from '../../dynamodb/write.ts';
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

/** An entry of a work list, which may be gone. */
export interface WorkName {
  readonly caseId: string;
  readonly agency: Agency;
}

/**
 * Upper bound of entries per transaction of 100 writes: each takes a check, its counted item and at most two sums, and
 * all share a check of the lock.
 */
const MAX_ENTRIES = 24;

/**
 * Updates the counts of entries to their present state. The counted state of each entry is stored and changes in the
 * transaction that changes the sums. So repeated, late or lost notifications make no difference.
 * @throws CodedError CONFLICT where a rebuild lasts beyond the deadline; faults of `transact`
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
      throw new CodedError('CONFLICT', 'The work list is changing or being counted again. Try again in a moment.');
    }
  }
}

type Refusal = 'REBUILDING' | 'CHANGED';

interface Change {
  readonly name: WorkName;
  /** Null where the list no longer has it. */
  readonly work: WorkItem | null;
  /** Null where it isn't counted. */
  readonly counted: CountedWorkItem | null;
}

/** Returns the entries whose counted state differs from their present one. */
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

/** Returns the condition that the entry is unchanged since it was read, or still absent. */
function isStill(entry: CountedAs | null): Condition {
  if (entry === null) return isNew;
  const inZone = and(attributeIs('zoneId', entry.zoneId), attributeIs('state', entry.state));
  return and(inZone, attributeIs('dueOn', entry.dueOn));
}

/** Removes the sums of days without entries, so that a list has as many sums as due days. */
async function removeEmpty(table: Table, additions: readonly WorkAddition[]): Promise<void> {
  const lessened = additions.filter(({ add }) => add.total < 0).map(({ key }) => key);
  const tallies = await batchRead<WorkTallyItem>(table, lessened, { consistent: true });
  for (const tally of tallies) {
    if (tally?.total !== 0) continue;
    await transact(table, [remove(tally, { when: attributeIs('total', 0), otherwise: 'COUNTED_AGAIN' })]);
  }
}
