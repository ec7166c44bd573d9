/** The items of work-list counts: the counted state of each entry, and the sums. */
import { CASE_STATES } from '../../../domain/cases/state.ts';
import type { WorkOfDay } from '../../../domain/work-list/count.ts';
import type { Work } from '../../../domain/work-list/work-item.ts';
import { type PrimaryKey, talentKeys } from '../../tables.ts';

/** The facts by which an entry is counted. */
export type CountedAs = Pick<Work, 'caseId' | 'agency' | 'zoneId' | 'state' | 'dueOn'>;

/** The counted state of an entry; absent where it isn't counted. */
export type CountedWorkItem = ReturnType<typeof countedWorkItem>;
export function countedWorkItem({ caseId, agency, zoneId, state, dueOn }: CountedAs) {
  return {
    caseId,
    agency,
    zoneId,
    state,
    dueOn,
    ...talentKeys.countedWork(caseId, agency),
    type: 'CountedWork' as const,
  };
}

/** The sums of a list's entries that are due on a day: a counter for each state, and a total. */
export type WorkTallyItem = PrimaryKey & {
  readonly type: 'WorkTally';
  readonly zoneId: string;
  readonly agency: string;
  readonly dueOn: string | null;
  readonly total: number;
} & Readonly<Record<string, unknown>>;

export function workOfDay(item: WorkTallyItem): WorkOfDay {
  const counts = CASE_STATES.flatMap((state) => {
    const count = item[state];
    return typeof count === 'number' ? [[state, count] as const] : [];
  });
  return { dueOn: item.dueOn, inState: Object.fromEntries(counts) };
}

/** An addition to one item of sums. */
export interface WorkAddition {
  readonly key: PrimaryKey;
  readonly identity: Pick<WorkTallyItem, 'type' | 'zoneId' | 'agency' | 'dueOn'>;
  readonly add: Readonly<Record<string, number>> & { readonly total: number };
}

/** Returns the additions to the sums for added and removed entries, one for each item. */
export function workAdditions(entries: Iterable<{ readonly entry: CountedAs; readonly by: number }>): WorkAddition[] {
  const sums = new Map<string, WorkAddition>();
  for (const { entry, by } of entries) {
    const { zoneId, agency, state, dueOn } = entry;
    const key = talentKeys.workTally(zoneId, agency, dueOn);
    const add = sums.get(`${key.pk} ${key.sk}`)?.add ?? { total: 0 };
    const more = { ...add, total: add.total + by, [state]: (add[state] ?? 0) + by };
    sums.set(`${key.pk} ${key.sk}`, { key, identity: { type: 'WorkTally', zoneId, agency, dueOn }, add: more });
  }
  return [...sums.values()];
}

/** Returns the items of sums that consist of these entries alone. */
export function workTallyItems(entries: Iterable<{ readonly entry: CountedAs; readonly by: number }>): WorkTallyItem[] {
  return workAdditions(entries).map(({ key, identity, add }) => ({ ...key, ...identity, ...add }));
}
