import { PAUSE_LABELS } from '../../domain/cases/words.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { ClockPauseResolvers } from './generated/types.ts';

export const ClockPause: ClockPauseResolvers = {
  reasonLabel: localizedField(({ reason }) => PAUSE_LABELS[reason]),
};
