import { INAPPLICABILITY } from '../../domain/coverage-text.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { InapplicabilityReasonResolvers } from './generated/types.ts';
import { knownCoverage } from './known.ts';

export const InapplicabilityReason: InapplicabilityReasonResolvers = {
  message: localizedField(({ code }) => INAPPLICABILITY[code]),
  coverage: ({ coverageId }, _, { store }) => (coverageId === null ? null : knownCoverage(store, coverageId)),
};
