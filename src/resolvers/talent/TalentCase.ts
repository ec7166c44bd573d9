import { caseDeadlines } from '../../domain/cases/deadline.ts';
import { caseProgress } from '../../domain/cases/progress.ts';
import { nextAction, STATE_LABELS } from '../../domain/cases/text.ts';
import { AGENCY_LABELS, KIND_LABELS, ROUTE_LABELS, WAITING_LABELS } from '../../domain/cases/words.ts';
import { dayInShanghai } from '../../domain/day.ts';
import { nextPollAfter } from '../../domain/next-poll.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { TalentCaseResolvers } from './generated/types.ts';

export const TalentCase: TalentCaseResolvers = {
  caseType: ({ caseTypeId, caseTypeVersion }, _, { store }) =>
    store.caseTypes.version.load({ id: caseTypeId, version: caseTypeVersion }),
  kindLabel: localizedField(({ kind }) => KIND_LABELS[kind]),
  routeLabel: localizedField(({ route }) => ROUTE_LABELS[route]),
  state: ({ course }) => course.state,
  stateLabel: localizedField(({ course }) => STATE_LABELS[course.state]),
  waitingOnLabel: localizedField(({ waitingOn }) => WAITING_LABELS[waitingOn]),
  nextAction: localizedField(({ course, waitingOn }) => nextAction(course.state, waitingOn)),
  handlerLabel: localizedField(({ handler }) => (handler === null ? null : AGENCY_LABELS[handler])),
  applicant: (of) => of.applicant && of,
  identity: ({ identity }) => identity ?? null,
  beneficiary: (of) => of.beneficiary && { ...of.beneficiary, of },
  deadlines: ({ course, limits }, _, { request }) => caseDeadlines(course, limits, dayInShanghai(request.now)),
  deadlineNotices: async ({ id }, _, { store }) => (await store.cases.fileOf.load(id))?.notices ?? [],
  progress: ({ course }) => caseProgress(course),
  timeline: async ({ id }, _, { store }) => (await store.cases.fileOf.load(id))?.events ?? [],
  documents: async ({ id }, _, { store }) => (await store.cases.fileOf.load(id))?.documents ?? [],
  opinions: async ({ id }, _, { store }) => (await store.cases.fileOf.load(id))?.opinions ?? [],
  enterprise: ({ enterpriseId }) => (enterpriseId === null ? null : { id: enterpriseId }),
  park: ({ parkId }) => (parkId === null ? null : { id: parkId }),
  policy: ({ policyId }) => (policyId === null ? null : { id: policyId }),
  nextPollAfter: ({ course, limits }, _, { request: { now } }) => {
    const promisedBy = caseDeadlines(course, limits, dayInShanghai(now))?.promisedBy ?? null;
    return nextPollAfter({ state: course.state, promisedBy }, now)?.toISOString() ?? null;
  },
  version: ({ course }) => course.version,
};
