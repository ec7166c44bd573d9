import { STAGE_LABELS } from '../../domain/cases/words.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { CaseStageResolvers } from './generated/types.ts';

export const CaseStage: CaseStageResolvers = {
  label: localizedField(({ name }) => STAGE_LABELS[name]),
};
