import { decideIndicator, type StatedIndicator } from '../../domain/indicators/definition.ts';
import { localizedText } from '../../subgraph/context.ts';
import type { MutationResolvers, PublishIndicatorInput } from './generated/types.ts';
import { publishRecord } from './publish-record.ts';

export const publishIndicator: NonNullable<MutationResolvers['publishIndicator']> = async (_, { input }, context) => {
  const stated = statedIndicator(input);
  const { record, userErrors } = await publishRecord('publishIndicator', input, context, {
    records: context.store.records.indicators,
    load: (records, call) => records.load(call, `ind_${stated.code}`),
    decide: ({ before }) => decideIndicator(stated, before, context.viewer),
  });
  return { indicator: record, userErrors };
};

/** Returns an indicator as an input states it. */
export function statedIndicator(input: PublishIndicatorInput): StatedIndicator {
  const { idempotencyKey: _, version, name, formula, rounding, ...rest } = input;
  return {
    ...rest,
    seen: version ?? null,
    name: localizedText(name),
    formula: localizedText(formula),
    rounding: rounding ?? null,
  };
}
