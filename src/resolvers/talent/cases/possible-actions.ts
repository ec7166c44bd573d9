import { possibleActions } from '../../../domain/cases/possible-actions.ts';
import { ACTION_LABELS, SIDE_LABELS } from '../../../domain/cases/words/actions.ts';
import { localizedField } from '../../../subgraph/context.ts';
import { userErrors } from '../../../subgraph/user-errors.ts';
import type { CaseActionResolvers, TalentCaseResolvers } from '../generated/types.ts';
import { CASE_CODES } from './change-case.ts';

export const actionsOfCase = {
  actions: async ({ id }, _, { viewer, store, request }) => {
    const situation = await store.situations.of(id, request.now);
    return situation && possibleActions(situation, viewer, request);
  },
} satisfies TalentCaseResolvers;

export const CaseAction: CaseActionResolvers = {
  kind: ({ action }) => action,
  label: localizedField(({ action }) => ACTION_LABELS[action]),
  byLabel: localizedField(({ by }) => SIDE_LABELS[by]),
  yours: ({ isYours }) => isYours,
  missing: ({ missing }) => userErrors(missing, CASE_CODES),
};
