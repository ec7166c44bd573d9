import { fingerprintOf, sameFigures } from '../../domain/published-figures/figures.ts';
import { visibleRevisions } from '../../domain/published-figures/published-day.ts';
import { figuresFields } from './figures-fields.ts';
import type { ResumptionResolvers, ResumptionRevisionResolvers } from './generated/types.ts';
import type { ParkResumption, RevisionOfDay } from './parents.ts';
import { present } from './present.ts';

export const Resumption: ResumptionResolvers = {
  ...figuresFields<ParkResumption>(({ figures }) => figures),
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
