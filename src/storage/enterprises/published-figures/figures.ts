/**
 * The counters of a park's figures: attributes of one item, each added to by itself. `step/<day>/…` is a step of
 * residency; `listed…` counts the stays in the park's lists.
 */
import type { Sector, SizeClass } from '../../../domain/enterprises/industry.ts';
import { levelOn, type ResidencyStep } from '../../../domain/enterprises/residency.ts';
import type { ResidencyLevel } from '../../../domain/published-figures/resumption.ts';
import type { Listing, ParkFiguresItem } from '../items.ts';

export type Counters = Readonly<Record<string, number>>;

export function stepCounters({ on, residents, registeredStaff }: ResidencyStep): Counters {
  return { [`step/${on}/residents`]: residents, [`step/${on}/registeredStaff`]: registeredStaff };
}

export function listingCounters({ sector, sizeClass }: Listing, by: 1 | -1): Counters {
  return { listed: by, [`listed/${sector}`]: by, [`listed/${sizeClass}`]: by };
}

/** Returns the residents of the park and their registered staff on a day. */
export function residencyLevelOn(figures: ParkFiguresItem, day: string): ResidencyLevel {
  const steps = Object.entries(figures).flatMap(([name, value]) => {
    const [kind, on, counter] = name.split('/');
    if (kind !== 'step' || on === undefined || typeof value !== 'number') return [];
    return [{ on, residents: 0, registeredStaff: 0, [String(counter)]: value }];
  });
  return levelOn(steps, day);
}

/** Returns the number of stays in a park's list; only those of one sector or one size class where given. */
export function listedCount(
  figures: ParkFiguresItem | null,
  of: { readonly sector: Sector } | { readonly size: SizeClass } | null,
): number {
  const count = figures?.[of === null ? 'listed' : `listed/${'sector' in of ? of.sector : of.size}`];
  return typeof count === 'number' ? count : 0;
}
