import { dayFiguresOf, fingerprintOf } from '../../../domain/published-figures/figures.ts';
import { currentRevision } from '../../../domain/published-figures/published-day.ts';
import { EMPTY_TALLY } from '../../../domain/published-figures/resumption.ts';
import type { ParkDayItem, ParkFiguresItem, ParkPublicationItem, PublishedDayItem } from '../items.ts';
import { residencyLevelOn } from './figures.ts';

/** A published day whose figures differ from those counted from reports and stays, each as a fingerprint. */
export interface Difference {
  readonly parkId: string;
  readonly on: string;
  readonly published: string;
  readonly computed: string;
}

/** Returns the published days that differ from the counted figures, by park and day. */
export function differencesOf(
  published: readonly (PublishedDayItem | ParkPublicationItem)[],
  counted: readonly (ParkDayItem | ParkFiguresItem)[],
): readonly Difference[] {
  const applied = new Map(
    published.flatMap((item) => (item.type === 'ParkPublication' ? [[item.parkId, item.applied]] : [])),
  );
  const figures = new Map(counted.flatMap((item) => (item.type === 'ParkFigures' ? [[item.parkId, item]] : [])));
  const tallies = new Map(
    counted.flatMap((item) => (item.type === 'ParkDay' ? [[`${item.parkId} ${item.on}`, item]] : [])),
  );
  return published.flatMap((item): Difference[] => {
    if (item.type !== 'PublishedDay') return [];
    const { parkId, on } = item;
    const revision = currentRevision(item, applied.get(parkId) ?? 0);
    if (!revision) return [];
    const ofPark = figures.get(parkId);
    const level = ofPark ? residencyLevelOn(ofPark, on) : { residents: 0, registeredStaff: 0 };
    const computed = fingerprintOf(dayFiguresOf(tallies.get(`${parkId} ${on}`) ?? EMPTY_TALLY, level));
    const shown = fingerprintOf(revision.figures);
    return shown === computed ? [] : [{ parkId, on, published: shown, computed }];
  });
}
