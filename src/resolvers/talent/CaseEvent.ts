import { EVENT_LABELS } from '../../domain/cases/text.ts';
import { AGENCY_LABELS } from '../../domain/cases/words.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { CaseEventResolvers } from './generated/types.ts';

export const CaseEvent: CaseEventResolvers = {
  label: localizedField(({ kind }) => EVENT_LABELS[kind]),
  agency: ({ agency }) => agency ?? null,
  agencyLabel: localizedField(({ agency }) => (agency ? AGENCY_LABELS[agency] : null)),
};
