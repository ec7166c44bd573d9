import { type DayFigures, ratiosOf } from '../../../domain/published-figures/figures.ts';
import { RESUMPTION_RATES } from '../../../domain/published-figures/resumption.ts';

/** Returns the resolvers of the fields that all types with a day's figures share. */
export function figuresFields<Parent>(figuresOf: (parent: Parent) => DayFigures) {
  return {
    production: (parent: Parent) => ({
      ratio: ratiosOf(figuresOf(parent)).production,
      definition: RESUMPTION_RATES.production,
    }),
    returnToWork: (parent: Parent) => ({
      ratio: ratiosOf(figuresOf(parent)).returnToWork,
      definition: RESUMPTION_RATES.returnToWork,
    }),
    onSite: (parent: Parent) => figuresOf(parent).resumedOnSite,
    onlineOffline: (parent: Parent) => figuresOf(parent).resumedOnline,
    reported: (parent: Parent) => figuresOf(parent).reported,
  };
}
