import { rateOf } from '../../../domain/indicators/indicator.ts';
import { fingerprintOf, sameFigures } from '../../../domain/published-figures/figures.ts';
import { visibleRevisions } from '../../../domain/published-figures/published-day.ts';
import { CodedError } from '../../../errors.ts';
import { localizedField } from '../../../subgraph/localized.ts';
import type { RatioResolvers, ResumptionResolvers, ResumptionRevisionResolvers } from '../generated/types.ts';
import type { ParkResumption, RevisionOfDay } from '../parents.ts';
import { present } from '../present.ts';
import { figuresFields } from './figures-fields.ts';

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

const MAX_DECIMALS = 6;

export const Ratio: RatioResolvers = {
  numerator: ({ ratio }) => ratio.numerator,
  denominator: ({ ratio }) => ratio.denominator,
  rate: ({ ratio, definition }, given) => {
    const decimals = given.decimals ?? definition.decimals;
    if (decimals < 0 || decimals > MAX_DECIMALS) {
      throw new CodedError('BAD_USER_INPUT', `\`decimals\` must be from 0 to ${MAX_DECIMALS}.`, {
        details: { argument: 'decimals' },
      });
    }
    return rateOf(ratio, given.rounding ?? definition.rounding, 'PER_CENT', decimals);
  },
  scope: localizedField(({ definition }) => definition.scope),
};
