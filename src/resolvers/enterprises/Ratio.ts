import { rateOf } from '../../domain/indicator.ts';
import { CodedError } from '../../errors.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { RatioResolvers } from './generated/types.ts';

const MOST_DECIMALS = 6;

export const Ratio: RatioResolvers = {
  numerator: ({ ratio }) => ratio.numerator,
  denominator: ({ ratio }) => ratio.denominator,
  rate: ({ ratio, definition }, given) => {
    const decimals = given.decimals ?? definition.decimals;
    if (decimals < 0 || decimals > MOST_DECIMALS) {
      throw new CodedError('BAD_USER_INPUT', `\`decimals\` must be from 0 to ${MOST_DECIMALS}.`, {
        details: { argument: 'decimals' },
      });
    }
    return rateOf(ratio, given.rounding ?? definition.rounding, 'PER_CENT', decimals);
  },
  scope: localizedField(({ definition }) => definition.scope),
};
