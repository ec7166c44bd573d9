/**
 * Preconditions of actions on a case, besides actor and state. Each is one small rule, named so that `must.…` reads as
 * a sentence.
 */
import {
  type ClockStep,
  deadlineOf,
  isBreached,
  RECONSIDERATION_FILING,
  STATUTORY_LIMITS,
} from '../calendar/deadline.ts';
import type { CaseKind } from '../case-types/case-type.ts';
import { applicationOf, unmetConditions } from '../eligibility/eligibility.ts';
import { unmetTerms } from '../eligibility/terms.ts';
import { isIdOf } from '../ids.ts';
import { inLocale, type Locale, type Localized } from '../locale.ts';
import type { IdentityFacts } from '../people/identity.ts';
import type { Actor } from './access.ts';
import type { CaseAgreement } from './case-agreement.ts';
import { caseDeadlines } from './deadline.ts';
import type { CaseSituation, OutcomeRecord } from './file.ts';
import type { CaseRefusal, CaseRefusalCode } from './refusal.ts';

/** The facts that a rule may read. */
export interface CommandContext<Command> extends CaseSituation {
  readonly command: Command;
  readonly actor: Actor;
  /** The current day in Asia/Shanghai. */
  readonly today: string;
  /** The language of the actor. */
  readonly locale: Locale;
}

export type Precondition<Command = unknown> = (context: CommandContext<Command>) => readonly CaseRefusal[];

/** Returns the refusal of a condition that doesn't hold; none where it holds. */
export function unless(
  holds: boolean,
  code: CaseRefusalCode,
  field: readonly string[],
  message: string,
): CaseRefusal[] {
  return holds ? [] : [{ code, field, message }];
}

const SHA256 = /^[0-9a-f]{64}$/;
const MAX_REASONS = 10;
const MAX_CHARACTERS = 500;

export const beEligible: Precondition = (context) => {
  const { caseType, locale } = context;
  const application = applicationOf(context, context.today);
  const terms = caseType.rule ? unmetTerms(caseType.rule, application, application.on) : [];
  return [
    ...unmetConditions(application).map(({ code, reason, document }) => ({
      code,
      field: document === null ? [] : ['documents'],
      message: inLocale(reason, locale),
    })),
    ...terms.map(({ text }) => ({ code: 'TERM_NOT_MET' as const, field: [], message: inLocale(text, locale) })),
  ];
};

export const giveReasons: Precondition<{ readonly reasons: readonly Localized[] }> = ({ command: { reasons } }) => [
  ...unless(
    reasons.length >= 1 && reasons.length <= MAX_REASONS,
    'INVALID_REASONS',
    ['reasons'],
    `Give 1 to ${MAX_REASONS} reasons.`,
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

/** An officer has seen proof of the number that the case was opened with. No proof exists for a number stated later. */
export const haveTheNumberThatWasStated: Precondition<{ readonly stated: IdentityFacts | null }> = (context) =>
  unless(
    context.command.stated !== null && context.command.stated.number === context.case.identity?.number,
    'OTHER_NUMBER',
    ['case'],
    'The applicant has stated another identity number since this case was opened.',
  );

export const haveAnEmployerThatGoesOn: Precondition = ({ isEmployerEnded }) =>
  unless(!isEmployerEnded, 'EMPLOYER_ENDED', [], 'The employer has ended.');

export const notBeRecommended: Precondition = ({ case: { course } }) =>
  unless(!course.recommended, 'DONE_ALREADY', [], 'The applicant is recommended already.');

export const lackConsent: Precondition = ({ case: { course }, child }) => [
  ...unless(child !== null, 'CHILD_MISSING', [], 'The case concerns no child.'),
  ...unless(!course.consented, 'DONE_ALREADY', [], 'Consent is given already.'),
];

/**
 * Returns the last day to request reconsideration. It runs from delivery, or from the decision while that isn't
 * delivered (Reconsideration Law, art. 20).
 */
function reconsiderationUntil({ case: { course }, today, calendar }: CommandContext<unknown>): string | null {
  const startedOn = course.deliveredOn ?? course.decidedOn;
  if (startedOn === null) return null;
  return deadlineOf({ startedOn, limit: RECONSIDERATION_FILING, extendedBy: 0, pauses: [] }, today, calendar).dueOn;
}

export const beInTimeForReconsideration: Precondition = (context) => {
  const until = reconsiderationUntil(context) ?? '';
  return unless(context.today <= until, 'TOO_LATE', [], `The last day to request reconsideration was ${until}.`);
};

/** A refusal may be contested, so the case stays open until then. */
export const leaveTimeForReconsideration: Precondition = (context) => {
  const { course, decision } = context.case;
  if (course.state !== 'DELIVERED' || decision?.approved !== false) return [];
  const until = reconsiderationUntil(context) ?? '';
  return unless(context.today > until, 'TOO_EARLY', [], `The applicant may request reconsideration until ${until}.`);
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

/** Returns whether the running clock is one of the steps, and its statutory end has passed. */
const isOver = (context: CommandContext<unknown>, ...steps: readonly ClockStep[]) => {
  const deadlines = caseDeadlines(context.case.course, context.case.limits, context.today, context.calendar);
  if (deadlines === null || !steps.includes(deadlines.step)) return false;
  return isBreached({ dueOn: deadlines.statutoryBy }, null, context.today);
};

/**
 * Licensing Law, art. 32: after the limit, the application counts as accepted from the day received. A late acceptance
 * would give the agency more time.
 */
export const beInTimeForTheNotice: Precondition = (context) =>
  unless(
    !isOver(context, 'SUPPLEMENT_NOTICE'),
    'TOO_LATE',
    [],
    'The time for the supplement notice is over. The application counts as accepted.',
  );

export const haveMissedTheNotice: Precondition = (context) =>
  unless(isOver(context, 'SUPPLEMENT_NOTICE'), 'TOO_EARLY', [], 'The time for the supplement notice is not over.');

/** Reconsideration Law, art. 30: after the limit, the request counts as taken up. */
export const haveMissedTheTakingUp: Precondition = (context) =>
  unless(
    isOver(context, 'RECONSIDERATION_TAKE_UP'),
    'TOO_EARLY',
    [],
    'The time for taking up the reconsideration is not over.',
  );

export const notBeTakenUp: Precondition = ({ case: { course } }) =>
  unless(course.takenUpOn === null, 'DONE_ALREADY', [], 'The reconsideration is taken up already.');

export const extendWhatIsTakenUp: Precondition = ({ case: { course } }) =>
  unless(
    course.state !== 'RECONSIDERATION' || course.takenUpOn !== null,
    'TOO_EARLY',
    [],
    'The reconsideration is not taken up yet.',
  );

export const beInTimeForTheDecision: Precondition = (context) =>
  unless(
    !isOver(context, 'DECISION', 'RECONSIDERATION'),
    'TOO_LATE',
    [],
    'The time for the decision is over, so it cannot be extended.',
  );

export const endAfterToday: Precondition<{ readonly until: string }> = ({ command: { until }, today }) =>
  unless(until > today, 'INVALID_DAY', ['until'], 'The last day must come after today.');

export const notHaveGivenAnOpinion: Precondition = ({ actor, case: { course } }) =>
  unless(
    actor.kind !== 'officer' || !course.opinions.includes(actor.agency),
    'DONE_ALREADY',
    [],
    'The agency has given its opinion already.',
  );

/** Licensing Law, art. 42; Reconsideration Law, art. 62. */
export const extendOnce: Precondition = ({ case: { course } }) =>
  unless(
    (course.state === 'RECONSIDERATION' ? (course.reconsiderationExtendedBy ?? 0) : course.extendedBy) === 0,
    'DONE_ALREADY',
    [],
    'The time limit was extended already. It may be extended only once.',
  );

export const extendWithinTheLaw: Precondition<{ readonly extendedBy: number }> = (context) => {
  const { extendedBy } = context.command;
  const step = context.case.course.state === 'RECONSIDERATION' ? 'RECONSIDERATION' : 'DECISION';
  const most = STATUTORY_LIMITS[step].extension;
  // The law extends by days, so a limit in months can't be extended in its own unit.
  const isInDays = context.case.limits.every((limit) => limit.step !== step || limit.unit !== 'MONTH');
  return [
    ...unless(isInDays, 'INVALID_EXTENSION', ['by'], 'The law extends limits by days, but this limit is in months.'),
    ...unless(
      Number.isInteger(extendedBy) && extendedBy >= 1 && extendedBy <= most,
      'INVALID_EXTENSION',
      ['by'],
      `The law allows from 1 to ${most}.`,
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
      expected === null ? 'A refusal has no outcome.' : `The outcome must be a ${expected}.`,
    ),
  ];
};

export const nameAnotherZone: Precondition<{ readonly toZone: string }> = ({
  case: { zoneId },
  command: { toZone },
}) => [
  ...unless(isIdOf('zone', toZone), 'INVALID_ZONE', ['toZone'], 'This is not the id of a zone.'),
  ...unless(toZone !== zoneId, 'INVALID_ZONE', ['toZone'], 'The zone has the case already.'),
];

export const haveAnAgreement: Precondition<{ readonly agreement: CaseAgreement | null }> = ({ command }) =>
  unless(
    command.agreement !== null,
    'NO_AGREEMENT',
    ['toZone'],
    'The two zones have no agreement on cases across zones in force.',
  );

/** The supplement period ends with its day, like a window, even if the schedule runs later. */
export const beInTimeForWhatWasAsked: Precondition = ({ case: { course }, today }) => {
  const { state, supplementUntil: until } = course;
  const isLate = state === 'SUPPLEMENT_REQUIRED' && until !== null && today > until;
  return unless(!isLate, 'TOO_LATE', [], `The last day to supply the documents was ${until}.`);
};

/** A draft lapses after its window, a supplement request after its last day. */
export const haveLeftTheApplicantsTime: Precondition = ({ case: { course }, caseType: { window }, today }) => {
  const until = course.state === 'DRAFT' ? (window?.closesOn ?? null) : course.supplementUntil;
  return unless(until !== null && today > until, 'TOO_EARLY', [], 'The applicant still has time.');
};
