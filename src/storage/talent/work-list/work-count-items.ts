/** The items that agencies' lists are counted in: as what each entry is counted, and the sums. */
import { CASE_STATES } from '../../../domain/cases/state.ts';
import type { WorkOfDay } from '../../../domain/work-list/count.ts';
import type { Work } from '../../../domain/work-list/work-item.ts';
import { type PrimaryKey, talentKeys } from '../../tables.ts';

/** What an entry is counted by. */
export type CountedAs = Pick<Work, 'caseId' | 'agency' | 'zoneId' | 'state' | 'dueOn'>;

/** As what an entry is counted: there is none where it isn't. */
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

/** The sums of a list's entries that are due on a day: a counter for each state, and one of all. */
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

/** What is to be added to one item of sums. */
export interface WorkAddition {
  readonly key: PrimaryKey;
  readonly identity: Pick<WorkTallyItem, 'type' | 'zoneId' | 'agency' | 'dueOn'>;
  readonly add: Readonly<Record<string, number>> & { readonly total: number };
}

/** What so many entries more, and so many less, add to the sums: one addition for each item. */
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

/** The items of sums of so many entries, where there are no others. */
export function workTallyItems(entries: Iterable<{ readonly entry: CountedAs; readonly by: number }>): WorkTallyItem[] {
  return workAdditions(entries).map(({ key, identity, add }) => ({ ...key, ...identity, ...add }));
}
