import { NOTICE_LABELS, STEP_LABELS } from '../../domain/cases/words.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { DeadlineNoticeResolvers } from './generated/types.ts';

export const DeadlineNotice: DeadlineNoticeResolvers = {
  label: localizedField(({ kind }) => NOTICE_LABELS[kind]),
  stepLabel: localizedField(({ step }) => STEP_LABELS[step]),
  formerDueOn: ({ former }) => former?.dueOn ?? null,
  formerCalendarVersion: ({ former }) => former?.calendarVersion ?? null,
};
