import { type DayFigures, fingerprintOf, ratiosOf, sameFigures } from '../../domain/published-figures/figures.ts';
import { visibleRevisions } from '../../domain/published-figures/published-day.ts';
import { RESUMPTION_RATES } from '../../domain/resumption-rates.ts';
import type { ResumptionResolvers, ResumptionRevisionResolvers } from './generated/types.ts';
import { present } from './present.ts';

/** The fields that a day and each of its revisions say alike. */
const figuresFields = {
  production: ({ figures }: { readonly figures: DayFigures }) => ({
    ratio: ratiosOf(figures).production,
    definition: RESUMPTION_RATES.production,
  }),
  returnToWork: ({ figures }: { readonly figures: DayFigures }) => ({
    ratio: ratiosOf(figures).returnToWork,
    definition: RESUMPTION_RATES.returnToWork,
  }),
  onSite: ({ figures }: { readonly figures: DayFigures }) => figures.resumedOnSite,
  onlineOffline: ({ figures }: { readonly figures: DayFigures }) => figures.resumedOnline,
  reported: ({ figures }: { readonly figures: DayFigures }) => figures.reported,
};

export const Resumption: ResumptionResolvers = {
  ...figuresFields,
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

export const ResumptionRevision: ResumptionRevisionResolvers = figuresFields;
