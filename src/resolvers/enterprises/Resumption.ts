import { resumptionOf } from '../../domain/resumption.ts';
import { RESUMPTION_RATES } from '../../domain/resumption-rates.ts';
import type { ResumptionResolvers } from './generated/types.ts';

export const Resumption: ResumptionResolvers = {
  production: ({ tally, level }) => ({
    ratio: resumptionOf(tally, level).production,
    definition: RESUMPTION_RATES.production,
  }),
  returnToWork: ({ tally, level }) => ({
    ratio: resumptionOf(tally, level).returnToWork,
    definition: RESUMPTION_RATES.returnToWork,
  }),
  onSite: ({ tally }) => tally.resumedOnSite,
  onlineOffline: ({ tally }) => tally.resumedOnline,
  reported: ({ tally }) => tally.reported,
};
