/** All that is compared of a case, from the model and from what it is held against, in one form. */

import type { CaseDeadlines } from '../../src/domain/cases/deadline.ts';
import type { CaseSituation } from '../../src/domain/cases/file.ts';
import {
  appliedOn,
  dayOfLast,
  decidedOn,
  deliveredOn,
  documentOf,
  extendedBy,
  hasHappened,
  isApproved,
  type ModelCase,
  noticeUntil,
  opinionsOf,
  outcomeOf,
  pausesOf,
  ratingOf,
  receivedOn,
  reconsiderationExtendedBy,
  stateOf,
  supplementUntil,
  takenInOn,
  takeUpDays,
  versionOf,
  zoneOf,
} from './model-case.ts';
import { type ModelDeadlines, modelDeadlines, takenUpOn } from './model-clock.ts';
import { type ModelDue, modelDue } from './model-due.ts';
import { inHand, inWhoseLists, waitsFor } from './model-people.ts';

/** One entry of an agency's list. */
export interface WorkView {
  readonly agency: string;
  readonly dueOn: string | null;
}

export interface CaseView {
  readonly facts: object;
  readonly documents: readonly object[];
  readonly opinions: readonly object[];
  /** As of a day. */
  readonly deadlines: ModelDeadlines | null;
  readonly work: readonly WorkView[];
  readonly due: ModelDue | null;
}

const byAgency = (a: { readonly agency: string }, b: { readonly agency: string }) => (a.agency < b.agency ? -1 : 1);

export function viewOfModel(c: ModelCase, today: string): CaseView {
  const deadlines = modelDeadlines(c, today);
  const opinions = opinionsOf(c);
  return {
    facts: {
      state: stateOf(c),
      version: versionOf(c),
      zone: zoneOf(c),
      handler: inHand(c),
      waitingOn: waitsFor(c),
      approved: isApproved(c),
      outcome: outcomeOf(c),
      rating: ratingOf(c),
      recommended: hasHappened(c, 'RECOMMENDED'),
      consented: hasHappened(c, 'CONSENT_GIVEN'),
      rated: hasHappened(c, 'RATED'),
      appliedOn: appliedOn(c),
      submittedOn: receivedOn(c),
      acceptedOn: takenInOn(c),
      decidedOn: decidedOn(c),
      deliveredOn: deliveredOn(c),
      reconsiderationOn: dayOfLast(c, 'RECONSIDERATION_REQUESTED'),
      ...restartedOf(c),
      supplementUntil: supplementUntil(c),
      noticeUntil: noticeUntil(c),
      extendedBy: extendedBy(c),
      pauses: pausesOf(c),
      gave: opinions.map(({ agency }) => agency),
    },
    documents: c.type.requiredDocuments.map(({ code }) => documentOf(c, code)),
    opinions: stateOf(c) === 'UNDER_REVIEW' ? opinions.toSorted(byAgency) : [],
    deadlines,
    work: inWhoseLists(c).map((agency) => ({ agency, dueOn: deadlines?.statutoryBy ?? null })),
    due: modelDue(c, today),
  };
}

/** What is known only of a case that was transferred, reversed or contested. */
function restartedOf(c: ModelCase) {
  const days = takeUpDays(c);
  return {
    ...(days === null ? {} : { transferredOn: dayOfLast(c, 'TRANSFERRED'), takeUpDays: days }),
    ...(hasHappened(c, 'REVERSED') ? { reversedOn: dayOfLast(c, 'REVERSED') } : {}),
    ...(hasHappened(c, 'RECONSIDERATION_REQUESTED')
      ? { takenUpOn: takenUpOn(c), reconsiderationExtendedBy: reconsiderationExtendedBy(c) }
      : {}),
  };
}

/** What is stored or held of a case, without its deadlines and lists. */
export function viewOfFile({
  case: head,
  documents,
  opinions,
}: Pick<CaseSituation, 'case' | 'documents' | 'opinions'>) {
  const { course, zoneId, handler, waitingOn, decision, outcome, rating } = head;
  const { opinions: gave, version, state, ...days } = course;
  const given = opinions.flatMap(({ agency, verdict }) => (verdict === null ? [] : [{ agency, verdict }]));
  return {
    facts: {
      state,
      version,
      zone: zoneId,
      handler,
      waitingOn,
      approved: decision?.approved ?? null,
      outcome,
      rating,
      ...days,
      gave,
    },
    documents: documents
      .map(({ code, status, version: number, sha256, verification }) => ({
        ...{ code, status, version: number, sha256 },
        isVerified: verification !== undefined,
      }))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    opinions: state === 'UNDER_REVIEW' ? given.toSorted(byAgency) : [],
  };
}

export function deadlinesView(deadlines: CaseDeadlines | null): ModelDeadlines | null {
  if (!deadlines) return null;
  const { step, startedOn, promisedBy, statutoryBy, elapsed, breached } = deadlines;
  return { step, startedOn, promisedBy, statutoryBy, elapsed, breached };
}
