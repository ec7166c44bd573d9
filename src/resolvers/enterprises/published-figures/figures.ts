import { rateOf } from '../../../domain/indicators/indicator.ts';
import {
  currentRevision,
  type DayFigures,
  dayFiguresOf,
  fingerprintOf,
  ratiosOf,
  revisionAsOf,
  sameFigures,
  statusAt,
  visibleRevisions,
} from '../../../domain/published-figures/published-day.ts';
import { EMPTY_TALLY, RESUMPTION_RATES, type ResidencyLevel } from '../../../domain/published-figures/resumption.ts';
import { CodedError } from '../../../errors.ts';
import type { ParkPublicationItem } from '../../../storage/enterprises/items.ts';
import type { DayItems, ParkFigures } from '../../../storage/enterprises/published-figures/park-figures.ts';
import { localizedField } from '../../../subgraph/context.ts';
import type { RatioResolvers, ResumptionResolvers, ResumptionRevisionResolvers } from '../generated/types.ts';
import type { ParkResumption, RevisionOfDay } from '../parents.ts';
import { present } from '../present.ts';

/** Returns the resolvers of the fields that all types with a day's figures share. */
export function figuresFields<Parent>(
  figuresOf: (parent: Parent) => DayFigures,
  isUnreported: (parent: Parent) => boolean = () => false,
) {
  return {
    production: (parent: Parent) => ({
      ratio: ratiosOf(figuresOf(parent)).production,
      definition: RESUMPTION_RATES.production,
      isUnreported: isUnreported(parent),
    }),
    returnToWork: (parent: Parent) => ({
      ratio: ratiosOf(figuresOf(parent)).returnToWork,
      definition: RESUMPTION_RATES.returnToWork,
      isUnreported: isUnreported(parent),
    }),
    onSite: (parent: Parent) => figuresOf(parent).resumedOnSite,
    onlineOffline: (parent: Parent) => figuresOf(parent).resumedOnline,
    reported: (parent: Parent) => figuresOf(parent).reported,
  };
}

export const Resumption: ResumptionResolvers = {
  ...figuresFields<ParkResumption>(
    ({ figures }) => figures,
    ({ figures, revision }) => revision === null && figures.reported === 0,
  ),
  revision: ({ revision }) => revision?.revision ?? null,
  publishedAt: ({ published, revision }) => (published && revision ? published.publishedAt : null),
  closesAt: ({ published, revision }) => (published && revision ? published.closesAt : null),
  fingerprint: ({ computed }) => fingerprintOf(computed),
  differs: ({ figures, computed }) => !sameFigures(figures, computed),
  revisions: async ({ parkId, on, published, applied }, _, { store }) => {
    const marks = visibleRevisions(published, applied);
    const found = await store.parkFigures.revision.loadMany(marks.map(({ revision }) => ({ parkId, on, revision })));
    return found.map((item, i) => present(item, `revision ${marks[i]?.revision} of ${parkId} on ${on}`)).reverse();
  },
};

export const ResumptionRevision: ResumptionRevisionResolvers = figuresFields<RevisionOfDay>(({ figures }) => figures);

const MAX_DECIMALS = 6;

export const Ratio: RatioResolvers = {
  numerator: ({ ratio }) => ratio.numerator,
  denominator: ({ ratio }) => ratio.denominator,
  rate: ({ ratio, definition, isUnreported }, given) => {
    const decimals = given.decimals ?? definition.decimals;
    if (decimals < 0 || decimals > MAX_DECIMALS) {
      throw new CodedError('BAD_USER_INPUT', `\`decimals\` must be from 0 to ${MAX_DECIMALS}.`, {
        details: { argument: 'decimals' },
      });
    }
    return isUnreported ? null : rateOf(ratio, given.rounding ?? definition.rounding, 'PER_CENT', decimals);
  },
  scope: localizedField(({ definition }) => definition.scope),
};

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
