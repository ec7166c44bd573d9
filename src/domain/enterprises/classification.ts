/** The classes by which an enterprise is counted, and the days on which each one holds. */
import { addDays } from '../calendar/day.ts';
import type { Sector, SizeClass } from './industry.ts';

export interface Classification {
  readonly sector: Sector;
  readonly sizeClass: SizeClass;
}

/** A classification that was replaced, with the last day on which it holds. */
export interface FormerClassification extends Classification {
  readonly to: string;
}

/** The current classification of an enterprise, and the replaced ones. */
export interface Classified extends Classification {
  /** Oldest first; absent where the classes never changed. */
  readonly formerClasses?: readonly FormerClassification[];
}

/** Returns the classes by which an enterprise counts on a day. */
export function classesOn(of: Classified, day: string): Classification {
  const { sector, sizeClass } = of.formerClasses?.find(({ to }) => day <= to) ?? of;
  return { sector, sizeClass };
}

/** Returns the replaced classifications after a change of classes that holds from a day on. */
export function replacedClasses(
  before: Classified,
  after: Classification,
  on: string,
): readonly FormerClassification[] {
  const former = before.formerClasses ?? [];
  if (isSameClass(before, after)) return former;
  const to = addDays(on, -1);
  const replaced = [...former.filter((one) => one.to < to), { ...classesOn(before, to), to }];
  const last = replaced.at(-1);
  return last && isSameClass(last, after) ? replaced.slice(0, -1) : replaced;
}

function isSameClass(a: Classification, b: Classification): boolean {
  return a.sector === b.sector && a.sizeClass === b.sizeClass;
}
