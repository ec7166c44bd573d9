import { STEP_LABELS } from '../../domain/cases/words.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { CaseDeadlinesResolvers } from './generated/types.ts';

export const CaseDeadlines: CaseDeadlinesResolvers = {
  stepLabel: localizedField(({ step }) => STEP_LABELS[step]),
};
