import type { CaseTypeFacts } from '../../domain/cases/type.ts';
import { workOf } from '../../domain/cases/work.ts';
import type { PrimaryKey } from '../../storage/tables.ts';
import { workItem } from '../../storage/talent/items.ts';
import { type CountedAs, countedWorkItem, workTallyItems } from '../../storage/talent/work-list/work-count-items.ts';
import type { DemoCase } from './cases.ts';

/** Cases in the lists of agencies, and how many there are: an import tells no stream. */
export interface DemoWork {
  /** The entries of a case, each with as what it is counted. */
  of(made: DemoCase, caseType: CaseTypeFacts): Generator<PrimaryKey>;
  /** The sums of all that were made. */
  sums(): readonly PrimaryKey[];
}

/** @param anchor the day that counts as today: a clock that is paused is computed for it */
export function demoWork(anchor: string): DemoWork {
  // By place, of which there are few, and not by case.
  const counts = new Map<string, { readonly entry: CountedAs; readonly by: number }>();
  return {
    *of({ facts }, caseType) {
      for (const work of workOf(facts, caseType, anchor)) {
        yield workItem(work);
        yield countedWorkItem(work);
        const place = `${work.zoneId} ${work.agency} ${work.dueOn} ${work.state}`;
        counts.set(place, { entry: work, by: (counts.get(place)?.by ?? 0) + 1 });
      }
    },
    sums: () => workTallyItems(counts.values()),
  };
}
