import { AGENCY_LABELS, VERDICT_AWAITED, VERDICT_LABELS } from '../../domain/cases/words.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { AgencyOpinionResolvers } from './generated/types.ts';

export const AgencyOpinion: AgencyOpinionResolvers = {
  agencyLabel: localizedField(({ agency }) => AGENCY_LABELS[agency]),
  verdictLabel: localizedField(({ verdict }) => (verdict === null ? VERDICT_AWAITED : VERDICT_LABELS[verdict])),
};
