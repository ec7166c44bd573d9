import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { caseDeadlines } from '../../../domain/cases/deadline.ts';
import { reasonOfMove } from '../../../domain/cases/due.ts';
import { caseProgress, nextPollAfter } from '../../../domain/cases/progress.ts';
import {
  AGENCY_LABELS,
  AMOUNT_TERMS,
  DECISION_LABELS,
  IDENTITY_LABELS,
  KIND_LABELS,
  NOTICE_LABELS,
  PAUSE_LABELS,
  RELATION_LABELS,
  ROUTE_LABELS,
  STAGE_LABELS,
  STEP_LABELS,
  VERDICT_AWAITED,
  VERDICT_LABELS,
  WAITING_LABELS,
  wordsOf,
} from '../../../domain/cases/words/labels.ts';
import { EVENT_LABELS, nextAction, STATE_LABELS } from '../../../domain/cases/words/text.ts';
import type { IdentityFacts } from '../../../domain/people/identity.ts';
import { localized, localizedField } from '../../../subgraph/context.ts';
import { accessLogOf } from '../access-log/types.ts';
import { supplementOfCase } from '../documents/types.ts';
import type {
  AgencyOpinionResolvers,
  ApplicantResolvers,
  BeneficiaryResolvers,
  CaseDeadlinesResolvers,
  CaseDecisionResolvers,
  CaseEventResolvers,
  CaseIdentityResolvers,
  CaseOutcomeResolvers,
  CasePlaceResolvers,
  CaseStageResolvers,
  ClockPauseResolvers,
  DeadlineNoticeResolvers,
  HousingOfferResolvers,
  SchoolPlaceResolvers,
  TalentCaseResolvers,
} from '../generated/types.ts';
import { newsOfCase } from '../news/news-contact.ts';
import { factsOfCase } from '../people/recorded-facts.ts';
import { actionsOfCase } from './possible-actions.ts';

export const TalentCase: TalentCaseResolvers = {
  ...actionsOfCase,
  ...supplementOfCase,
  ...factsOfCase,
  ...newsOfCase,
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
  deadlines: async ({ course, limits }, _, { store, request: { now } }) =>
    caseDeadlines(course, limits, dayInShanghai(now), await store.calendarInForce(now)),
  deadlineNotices: async ({ id }, _, { store }) => (await store.cases.fileOf.load(id))?.notices ?? [],
  progress: ({ course }) => caseProgress(course),
  timeline: async ({ id }, _, { store }) => (await store.cases.startOf(id))?.events ?? [],
  documents: async ({ id }, _, { store }) => (await store.cases.startOf(id))?.documents ?? [],
  place: async ({ id }, _, { store }) => (await store.cases.fileOf.load(id))?.place ?? null,
  opinions: async ({ id }, _, { store }) => (await store.cases.fileOf.load(id))?.opinions ?? [],
  enterprise: ({ enterpriseId }) => (enterpriseId === null ? null : { id: enterpriseId }),
  decidingZone: ({ zoneId }) => ({ id: zoneId }),
  accessLog: (of, page, context) => accessLogOf(of, page, context),
  counterZone: ({ counter }) => (counter ? { id: counter.zoneId } : null),
  park: ({ parkId }) => (parkId === null ? null : { id: parkId }),
  policy: ({ policyId }) => (policyId === null ? null : { id: policyId }),
  nextPollAfter: async ({ course, limits }, _, { store, request: { now } }) => {
    const calendar = await store.calendarInForce(now);
    const promisedBy = caseDeadlines(course, limits, dayInShanghai(now), calendar)?.promisedBy ?? null;
    return nextPollAfter({ state: course.state, promisedBy }, now, calendar)?.toISOString() ?? null;
  },
  version: ({ course }) => course.version,
};

/** Only masked forms are stored beside the case; of an erased person, nothing. */
export const Applicant: ApplicantResolvers = {
  name: ({ applicant }) => applicant?.name ?? null,
  idNumber: ({ applicant }) => applicant?.idNumber ?? null,
  phone: ({ applicant }) => applicant?.phone ?? null,
};

export const Beneficiary: BeneficiaryResolvers = {
  relationLabel: localizedField(({ relation }) => RELATION_LABELS[relation]),
  label: ({ label }) => label ?? null,
};

const stateOf = ({ verifiedBy }: IdentityFacts) => (verifiedBy === null ? 'NOT_VERIFIED' : 'VERIFIED');

export const CaseIdentity: CaseIdentityResolvers = {
  state: stateOf,
  stateLabel: localizedField((identity: IdentityFacts) => IDENTITY_LABELS[stateOf(identity)]),
};

export const CaseStage: CaseStageResolvers = {
  label: localizedField(({ name }) => STAGE_LABELS[name]),
};

export const CaseDeadlines: CaseDeadlinesResolvers = {
  stepLabel: localizedField(({ step }) => STEP_LABELS[step]),
};

export const ClockPause: ClockPauseResolvers = {
  reasonLabel: localizedField(({ reason }) => PAUSE_LABELS[reason]),
};

export const DeadlineNotice: DeadlineNoticeResolvers = {
  label: localizedField(({ kind }) => NOTICE_LABELS[kind]),
  stepLabel: localizedField(({ step }) => STEP_LABELS[step]),
  formerDueOn: ({ former }) => former?.dueOn ?? null,
  reason: localizedField(reasonOfMove),
  formerCalendarVersion: ({ former }) => former?.calendarVersion ?? null,
};

export const CaseEvent: CaseEventResolvers = {
  label: localizedField(({ kind }) => EVENT_LABELS[kind]),
  agency: ({ agency }) => agency ?? null,
  agencyLabel: localizedField(({ agency }) => (agency ? AGENCY_LABELS[agency] : null)),
};

export const AgencyOpinion: AgencyOpinionResolvers = {
  agencyLabel: localizedField(({ agency }) => AGENCY_LABELS[agency]),
  verdictLabel: localizedField(({ verdict }) => (verdict === null ? VERDICT_AWAITED : VERDICT_LABELS[verdict])),
};

export const CaseDecision: CaseDecisionResolvers = {
  label: localizedField(({ approved }) => (approved ? DECISION_LABELS.approved : DECISION_LABELS.refused)),
  reasons: ({ reasons }, given, context) => reasons.map((reason) => localized(reason, given, context)),
};

export const CaseOutcome: CaseOutcomeResolvers = {
  __resolveType: ({ kind }) => kind,
};

export const HousingOffer: HousingOfferResolvers = {
  facilityLabel: localizedField(({ facilityKind }) => wordsOf(ROUTE_LABELS, facilityKind)),
  amountTerm: localizedField(({ facilityKind, amount }) =>
    amount === null ? null : wordsOf(AMOUNT_TERMS, facilityKind),
  ),
};

export const CasePlace: CasePlaceResolvers = {
  facility: ({ facilityId }) => ({ id: facilityId }),
};

export const SchoolPlace: SchoolPlaceResolvers = {
  schoolName: localizedField(({ schoolName }) => schoolName),
};
