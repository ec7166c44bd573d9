/** What must hold, beside who acts and the state, for an action on a case: one small rule each, named as `must.…` reads. */
import type { Calendar } from '../calendar/calendar.ts';
import { deadlineOf, isBreached, RECONSIDERATION_FILING, STATUTORY_LIMITS } from '../calendar/deadline.ts';
import type { CaseKind } from '../case-types/case-type.ts';
import { applicationOf, unmetConditions } from '../eligibility/eligibility.ts';
import { isIdOf } from '../ids.ts';
import { inLocale, type Locale, type Localized } from '../locale.ts';
import type { IdentityFacts } from '../people/identity.ts';
import type { Actor } from './access.ts';
import { caseDeadlines } from './deadline.ts';
import type { AnnouncedFile, CaseSituation, FoundFile, OutcomeRecord } from './file.ts';
import type { CaseRefusal, CaseRefusalCode } from './refusal.ts';

/** All that a rule may look at. */
export interface Deed<Command> extends CaseSituation {
  readonly command: Command;
  readonly actor: Actor;
  /** The day that it is in Asia/Shanghai. */
  readonly today: string;
  readonly calendar: Calendar;
  /** In which the actor reads. */
  readonly locale: Locale;
}

export type Precondition<Command = unknown> = (deed: Deed<Command>) => readonly CaseRefusal[];

function unless(holds: boolean, code: CaseRefusalCode, field: readonly string[], message: string): CaseRefusal[] {
  return holds ? [] : [{ code, field, message }];
}

const SHA256 = /^[0-9a-f]{64}$/;
const MAX_REASONS = 10;
const MAX_CHARACTERS = 500;

/** A case's own type asks for it. */
const isKnown = ({ documents }: CaseSituation, code: string) => documents.some((document) => document.code === code);

export const beEligible: Precondition = (deed) =>
  unmetConditions(applicationOf(deed, deed.today)).map(({ code, reason, document }) => ({
    code,
    field: document === null ? [] : ['documents'],
    message: inLocale(reason, deed.locale),
  }));

/** How many files one document may have had. */
const MAX_VERSIONS = 20;

/** What was sent is what was announced, to the byte, and is what it calls itself. */
export const haveArrivedAsAnnounced: Precondition<{
  readonly announced: AnnouncedFile | null;
  readonly found: FoundFile | null;
}> = (deed) => {
  const { announced, found } = deed.command;
  if (!announced || !isKnown(deed, announced.code)) {
    return [{ code: 'UNKNOWN_UPLOAD', field: ['upload'], message: 'There is no such upload, or its time is over.' }];
  }
  if (!found) {
    return [{ code: 'FILE_MISSING', field: ['upload'], message: 'The file has not arrived.' }];
  }
  const { size, sha256, mediaType } = announced;
  return [
    ...unless(
      found.size === size && found.sha256 === sha256,
      'FILE_DIFFERS',
      ['upload'],
      'The file has another size or another SHA-256 than was announced.',
    ),
    ...unless(
      found.mediaType === mediaType,
      'FILE_DIFFERS',
      ['upload'],
      `By its first bytes the file is ${found.mediaType ?? 'of no type that is taken in'}, and not ${mediaType}.`,
    ),
  ];
};

export const leaveRoomForVersions: Precondition<{ readonly announced: AnnouncedFile | null }> = (deed) => {
  const before = deed.documents.find(({ code }) => code === deed.command.announced?.code)?.version ?? 0;
  return unless(
    before < MAX_VERSIONS,
    'TOO_MANY_VERSIONS',
    ['upload'],
    `A document is taken in ${MAX_VERSIONS} times at most.`,
  );
};

export const askForKnownDocuments: Precondition<{ readonly documents: readonly string[] }> = (deed) => {
  const { documents } = deed.command;
  return [
    ...unless(documents.length > 0, 'INVALID_DOCUMENT', ['documents'], 'Say which documents are missing: all at once.'),
    ...unless(
      new Set(documents).size === documents.length,
      'INVALID_DOCUMENT',
      ['documents'],
      'A document is named twice.',
    ),
    ...documents.flatMap((code, i) =>
      unless(isKnown(deed, code), 'INVALID_DOCUMENT', ['documents', `${i}`], 'The case asks for no such document.'),
    ),
  ];
};

export const giveReasons: Precondition<{ readonly reasons: readonly Localized[] }> = ({ command: { reasons } }) => [
  ...unless(
    reasons.length >= 1 && reasons.length <= MAX_REASONS,
    'INVALID_REASONS',
    ['reasons'],
    `From 1 to ${MAX_REASONS} reasons are given.`,
  ),
  ...reasons.flatMap(({ zh, ja, en }, i) =>
    unless(
      [zh, ja, en].every((text) => text.trim() !== '' && text.length <= MAX_CHARACTERS),
      'INVALID_REASONS',
      ['reasons', `${i}`],
      `A reason has 1 to ${MAX_CHARACTERS} characters.`,
    ),
  ),
];

/** An officer has seen a proof of the number that the case was opened with: another one was never shown for it. */
export const haveTheNumberThatWasStated: Precondition<{ readonly stated: IdentityFacts | null }> = (deed) =>
  unless(
    deed.command.stated !== null && deed.command.stated.number === deed.case.identity?.number,
    'OTHER_NUMBER',
    ['case'],
    'The applicant has stated another identity number since this case was opened.',
  );

export const notBeRecommended: Precondition = ({ case: { course } }) =>
  unless(!course.recommended, 'DONE_ALREADY', [], 'The applicant is recommended already.');

export const lackConsent: Precondition = ({ case: { course }, child }) => [
  ...unless(child !== null, 'CHILD_MISSING', [], 'The case is about no child.'),
  ...unless(!course.consented, 'DONE_ALREADY', [], 'Consent is given already.'),
];

/** The decision may be contested from the day after it was delivered, or made where it wasn't yet (Reconsideration Law, art. 20). */
function reconsiderationUntil({ case: { course }, today, calendar }: Deed<unknown>): string | null {
  const startedOn = course.deliveredOn ?? course.decidedOn;
  if (startedOn === null) return null;
  return deadlineOf({ startedOn, limit: RECONSIDERATION_FILING, extendedBy: 0, pauses: [] }, today, calendar).dueOn;
}

export const beInTimeForReconsideration: Precondition = (deed) => {
  const until = reconsiderationUntil(deed) ?? '';
  return unless(deed.today <= until, 'TOO_LATE', [], `Reconsideration could be asked for until ${until}.`);
};

/** What was refused may be contested: until then the case stays open. */
export const leaveTimeForReconsideration: Precondition = (deed) => {
  const { course, decision } = deed.case;
  if (course.state !== 'DELIVERED' || decision?.approved !== false) return [];
  const until = reconsiderationUntil(deed) ?? '';
  return unless(deed.today > until, 'TOO_EARLY', [], `Reconsideration may be asked for until ${until}.`);
};

export const rateOnceFrom1To5: Precondition<{ readonly rating: number }> = ({
  case: { course },
  command: { rating },
}) => [
  ...unless(
    Number.isInteger(rating) && rating >= 1 && rating <= 5,
    'INVALID_RATING',
    ['rating'],
    'A rating is from 1 to 5.',
  ),
  ...unless(!course.rated, 'DONE_ALREADY', [], 'The case is rated already.'),
];

const isOver = (deed: Deed<unknown>) => {
  const deadlines = caseDeadlines(deed.case.course, deed.case.limits, deed.today, deed.calendar);
  return deadlines !== null && isBreached({ dueOn: deadlines.statutoryBy }, null, deed.today);
};

/**
 * Licensing Law, art. 32: after it the application counts as accepted from the day received, whatever the agency does then;
 * an acceptance of that day would give it more time.
 */
export const beInTimeForTheNotice: Precondition = (deed) =>
  unless(
    !isOver(deed),
    'TOO_LATE',
    [],
    'The time for the notice of what is missing is over: the application counts as accepted.',
  );

export const haveMissedTheNotice: Precondition = (deed) =>
  unless(isOver(deed), 'TOO_EARLY', [], 'The time for the notice of what is missing is not over.');

export const beInTimeForTheDecision: Precondition = (deed) =>
  unless(!isOver(deed), 'TOO_LATE', [], 'The time for the decision is over: nothing is left to be extended.');

export const endAfterToday: Precondition<{ readonly until: string }> = ({ command: { until }, today }) =>
  unless(until > today, 'INVALID_DAY', ['until'], 'The last day must come after today.');

export const notHaveGivenAnOpinion: Precondition = ({ actor, case: { course } }) =>
  unless(
    actor.kind !== 'officer' || !course.opinions.includes(actor.agency),
    'DONE_ALREADY',
    [],
    'The agency has given its opinion already.',
  );

/** Licensing Law, art. 42. */
export const extendOnce: Precondition = ({ case: { course } }) =>
  unless(course.extendedBy === 0, 'DONE_ALREADY', [], 'The time limit was extended already: it may be once.');

const MAX_EXTENSION = STATUTORY_LIMITS.DECISION.extension;
export const extendWithinTheLaw: Precondition<{ readonly extendedBy: number }> = (deed) => {
  const { extendedBy } = deed.command;
  // Ten days: a limit in months can't be extended by months.
  const isInDays = deed.case.limits.every(({ step, unit }) => step !== 'DECISION' || unit !== 'MONTH');
  return [
    ...unless(isInDays, 'INVALID_EXTENSION', ['by'], 'The law extends by days, and this limit is in months.'),
    ...unless(
      Number.isInteger(extendedBy) && extendedBy >= 1 && extendedBy <= MAX_EXTENSION,
      'INVALID_EXTENSION',
      ['by'],
      `The law allows from 1 to ${MAX_EXTENSION}.`,
    ),
  ];
};

export const haveAllOpinions: Precondition = ({ case: { course }, caseType: { opinionsFrom } }) => {
  const awaited = opinionsFrom.filter((agency) => !course.opinions.includes(agency));
  return unless(awaited.length === 0, 'OPINIONS_AWAITED', [], `Opinions are awaited from ${awaited.join(', ')}.`);
};

export const haveNoOpinionAgainst: Precondition = ({ opinions }) => {
  const against = opinions.filter(({ verdict }) => verdict === 'DISAGREE').map(({ agency }) => agency);
  return unless(against.length === 0, 'OPINION_AGAINST', [], `${against.join(', ')} disagreed.`);
};

export const haveRunItsNotice: Precondition = ({ case: { course }, today }) => {
  const { state, noticeUntil } = course;
  const runs = state === 'PUBLIC_NOTICE' && noticeUntil !== null && today <= noticeUntil;
  return unless(!runs, 'TOO_EARLY', [], `The public notice runs until ${noticeUntil}.`);
};

const OUTCOME_OF = {
  HUKOU: 'HukouPermit',
  HOUSING: 'HousingOffer',
  SCHOOLING: 'SchoolPlace',
} as const satisfies Record<CaseKind, OutcomeRecord['kind']>;

export const deliverWhatWasDecided: Precondition<{
  readonly documentSha256: string;
  readonly outcome: OutcomeRecord | null;
}> = ({ case: { kind, decision }, command: { documentSha256, outcome } }) => {
  const expected = decision?.approved === true ? OUTCOME_OF[kind] : null;
  return [
    ...unless(
      SHA256.test(documentSha256),
      'INVALID_DOCUMENT',
      ['documentSha256'],
      'A SHA-256 has 64 hexadecimal digits, in lower case.',
    ),
    ...unless(
      (outcome?.kind ?? null) === expected,
      'INVALID_OUTCOME',
      ['outcome'],
      expected === null ? 'A refusal has no outcome.' : `What is delivered must be a ${expected}.`,
    ),
  ];
};

export const nameAnotherZone: Precondition<{ readonly toZone: string }> = ({
  case: { zoneId },
  command: { toZone },
}) => [
  ...unless(isIdOf('zone', toZone), 'INVALID_ZONE', ['toZone'], 'That is no id of a zone.'),
  ...unless(toZone !== zoneId, 'INVALID_ZONE', ['toZone'], 'The zone has the case already.'),
];

/** As a window does, it ends with its day, and not when the schedule comes to it. */
export const beInTimeForWhatWasAsked: Precondition = ({ case: { course }, today }) => {
  const { state, supplementUntil: until } = course;
  const isLate = state === 'SUPPLEMENT_REQUIRED' && until !== null && today > until;
  return unless(!isLate, 'TOO_LATE', [], `What was asked for could be handed in until ${until}.`);
};

/** A draft lapses with its window, what was asked for with the day that was given for it. */
export const haveLeftTheApplicantsTime: Precondition = ({ case: { course }, caseType: { window }, today }) => {
  const until = course.state === 'DRAFT' ? (window?.closesOn ?? null) : course.supplementUntil;
  return unless(until !== null && today > until, 'TOO_EARLY', [], 'The applicant still has time.');
};
