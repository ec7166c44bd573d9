import { mayKnow } from '../../domain/access/case-relation.ts';
import { type WorklistBinding, worklistRelation } from '../../domain/access/relation.ts';
import { dayInShanghai } from '../../domain/calendar/day.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { countWork } from '../../domain/work-list/count.ts';
import { CodedError } from '../../errors.ts';
import { exactlyOne, selectsOnly } from '../../subgraph/arguments.ts';
import { eligibilityOf } from './case-types/stated-application.ts';
import { searchCases } from './cases/search-cases.ts';
import type { QueryResolvers } from './generated/types.ts';
import { digestContact } from './news/digest-contact.ts';
import { periodOf, publishedSeries } from './statistics/published-period.ts';

/** Fields that the first part of a case's file answers: a phone's question for the status has no others. */
const showsStart = selectsOnly(
  new Set([
    ...['__typename', 'id', 'receiptNumber', 'kind', 'kindLabel', 'route', 'routeLabel', 'state', 'stateLabel'],
    ...['waitingOn', 'waitingOnLabel', 'nextAction', 'handler', 'handlerLabel', 'openedAt', 'updatedAt', 'version'],
    ...['deadlines', 'step', 'stepLabel', 'promisedBy', 'statutoryBy', 'elapsed', 'unit', 'breached', 'provisional'],
    ...['timeline', 'sequence', 'label', 'at', 'agency', 'agencyLabel', 'documents', 'code', 'name', 'status'],
    ...['progress', 'since', 'nextPollAfter'],
  ]),
);

/** A day before every published period. */
const FIRST_DAY = '0001-01-01';

export const Query: QueryResolvers = {
  case: async (_, { id: given = null, receiptNumber = null }, { store, viewer }, info) => {
    // A case holder's URL needs no id: the token names the case.
    const id = given ?? (viewer.kind === 'caseHolder' && receiptNumber === null ? viewer.caseId : null);
    const { name, value } = exactlyOne({ id, receiptNumber });
    const caseId = name === 'id' ? value : await store.cases.idOfReceipt(value);
    if (caseId === null) return null;
    // Loaded with its file: a query for one case usually reads its history too, by the same Query.
    const file = await (showsStart(info) ? store.cases.startOf(caseId, true) : store.cases.fileOf.load(caseId));
    return file && mayKnow(viewer, file.case) ? file.case : null;
  },
  searchCases,
  myCases: (_, page, { store, viewer }) => {
    if (viewer.kind === 'applicant') return store.cases.listOfApplicant(viewer.person, page);
    if (viewer.kind === 'caseHolder') return store.cases.listOfHolder(viewer.caseId, page);
    throw new CodedError('FORBIDDEN', 'Only applicants have cases of their own.');
  },
  myAccessLog: (_, page, { store, viewer }) => {
    if (viewer.kind === 'applicant') return store.accessLogOf(viewer.person, page);
    throw new CodedError('FORBIDDEN', 'Only persons who are signed in can see the access log of their data.');
  },
  worklist: (_, { zone, agency, state, dueBefore, ...page }, { store, viewer }) => {
    refuseOthersList(viewer, { zoneId: zone, agency });
    return store.worklist.list({ zone, agency, state: state ?? null, dueBefore: dueBefore ?? null }, page);
  },
  worklistCounts: async (_, { zone, agency }, { store, viewer, request }) => {
    refuseOthersList(viewer, { zoneId: zone, agency });
    const { now } = request;
    const [days, calendar] = await Promise.all([store.worklist.days(zone, agency), store.calendarInForce(now)]);
    return countWork(days, dayInShanghai(now), calendar);
  },
  digestContact,
  developerAccount: (_, __, { viewer }) => (viewer.kind === 'partner' ? { zoneId: viewer.zone } : null),
  caseStatistics: async (_, given, { store }) => {
    const period = await periodOf(store, given);
    return period === null ? null : store.statistics.publication(given.kind, period);
  },
  caseStatisticsSeries: (_, given, { store }) => publishedSeries(store, given),
  caseStatisticsPeriods: async (_, { kind, by }, { store }) =>
    (await publishedSeries(store, { kind, by, from: FIRST_DAY })).map(({ period }) => period),
  caseType: (_, { id, version = null }, { store }) =>
    version === null ? store.caseTypes.byId.load(id) : store.caseTypes.version.load({ id, version }),
  caseTypes: (_, { kind, ...page }, { store }) => store.caseTypes.list(kind ?? null, page),
  checkEligibility: async (_, { caseType, application }, context) => {
    const found = await context.store.caseTypes.byId.load(caseType);
    return found && eligibilityOf(found, application, context);
  },
};

function refuseOthersList(viewer: Viewer, list: WorklistBinding): void {
  if (worklistRelation(viewer, list) === 'AGENCY') return;
  throw new CodedError('FORBIDDEN', 'Only officers of the agency in that zone can see its work list.');
}
