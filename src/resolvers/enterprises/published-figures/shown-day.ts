import { type DayFigures, dayFiguresOf } from '../../../domain/published-figures/figures.ts';
import { currentRevision, revisionAsOf, statusAt } from '../../../domain/published-figures/published-day.ts';
import { EMPTY_TALLY, type ResidencyLevel } from '../../../domain/published-figures/resumption.ts';
import type { ParkPublicationItem } from '../../../storage/enterprises/items.ts';
import type { DayItems, ParkFigures } from '../../../storage/enterprises/published-figures/park-figures.ts';
import type { ParkResumption } from '../parents.ts';
import { present } from '../present.ts';

/** The stored data of a park and one of its days. */
export interface StoredDay {
  readonly parkId: string;
  readonly level: ResidencyLevel;
  readonly publication: ParkPublicationItem | null;
  readonly day: DayItems;
  readonly now: Date;
}

/** Loads one day, in the same BatchGet as the request's other days and parks. */
export async function dayOf(
  { ofDay, publishedDay, levelOn }: ParkFigures,
  parkId: string,
  on: string,
): Promise<{ readonly day: DayItems; readonly level: ResidencyLevel }> {
  const [counted, published, level] = await Promise.all([
    ofDay.load({ parkId, on }),
    publishedDay.load({ parkId, on }),
    levelOn(parkId, on),
  ]);
  return { day: { on, counted, published }, level };
}

/** Returns the day as it is shown now: its current revision, else the sums of reports and stays. */
export function shownDay(stored: StoredDay): ParkResumption {
  const { publication, day, now } = stored;
  const applied = publication?.applied ?? 0;
  const revision = currentRevision(day.published, applied);
  const computed = computedOf(stored);
  return {
    ...nameOf(stored),
    figures: revision?.figures ?? computed,
    computed,
    revision,
    status: statusAt(day.published, revision, now.toISOString()),
  };
}

/** Returns the day with the revision that was current at an instant; null if there was none. */
export async function shownAsOf(
  stored: StoredDay,
  instant: string,
  { revision: revisions }: ParkFigures,
): Promise<ParkResumption | null> {
  const { parkId, publication, day } = stored;
  const revision = revisionAsOf(day.published, publication?.applied ?? 0, instant);
  if (!revision) return null;
  const found = await revisions.load({ parkId, on: day.on, revision: revision.revision });
  const { figures } = present(found, `revision ${revision.revision} of ${parkId} on ${day.on}`);
  const status = statusAt(day.published, revision, instant);
  return { ...nameOf(stored), figures, computed: computedOf(stored), revision, status };
}

function nameOf({ parkId, publication, day }: StoredDay) {
  return { on: day.on, parkId, published: day.published, applied: publication?.applied ?? 0 };
}

function computedOf({ level, day }: StoredDay): DayFigures {
  return dayFiguresOf(day.counted ?? EMPTY_TALLY, level);
}
