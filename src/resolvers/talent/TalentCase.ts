import { caseDeadlines } from '../../domain/case-deadline.ts';
import { nextAction, STATE_LABELS } from '../../domain/case-text.ts';
import { dayInShanghai } from '../../domain/day.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { TalentCaseResolvers } from './generated/types.ts';

export const TalentCase: TalentCaseResolvers = {
  caseType: ({ caseTypeId, caseTypeVersion }, _, { store }) =>
    store.caseTypes.version.load({ id: caseTypeId, version: caseTypeVersion }),
  state: ({ course }) => course.state,
  stateLabel: localizedField(({ course }) => STATE_LABELS[course.state]),
  nextAction: localizedField(({ course, waitingOn }) => nextAction(course.state, waitingOn)),
  // The label is the applicant's own words: for the applicant and the handling agency, whom nothing tells from others yet.
  beneficiary: ({ beneficiary }) => beneficiary && { relation: beneficiary.relation, label: null },
  deadlines: ({ course, limits }, _, { request }) => caseDeadlines(course, limits, dayInShanghai(request.now)),
  timeline: async ({ id }, _, { store }) => (await store.cases.fileOf.load(id))?.events ?? [],
  documents: async ({ id }, _, { store }) => (await store.cases.fileOf.load(id))?.documents ?? [],
  opinions: async ({ id }, _, { store }) => (await store.cases.fileOf.load(id))?.opinions ?? [],
  enterprise: ({ enterpriseId }) => (enterpriseId === null ? null : { id: enterpriseId }),
  park: ({ parkId }) => (parkId === null ? null : { id: parkId }),
  policy: ({ policyId }) => (policyId === null ? null : { id: policyId }),
  version: ({ course }) => course.version,
};
