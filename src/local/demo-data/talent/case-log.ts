/** Logs of invented cases: the events, with their days, that lead to a case's state. */
import { isWorkingDay, workingDaysBefore } from '../../../domain/calendar/calendar.ts';
import { addDays, shanghaiInstant } from '../../../domain/calendar/day.ts';
import { STATUTORY_LIMITS } from '../../../domain/calendar/deadline.ts';
import { needsRecommendation } from '../../../domain/case-types/terms.ts';
import type { Agency } from '../../../domain/cases/agency.ts';
import { leadAgency } from '../../../domain/cases/file.ts';
import type { CaseEvent } from '../../../domain/cases/fold.ts';
import type { CaseEventKind, CaseState } from '../../../domain/cases/state.ts';
import type { CaseTypeFacts } from '../../../storage/talent/items.ts';
import { CROSS_ZONE_CASES, DAYS_TO_TAKE_UP } from '../parks/agreements.ts';
import type { Random } from '../random.ts';

/** An event without a day yet. `gap` working days lie between the previous event and it. */
interface Step {
  readonly kind: CaseEventKind;
  readonly gap: number;
  readonly agency?: Agency;
}

/** Events by the applicant and the employer; an agency does all others. */
const NO_AGENCYS = new Set<CaseEventKind>([
  'OPENED',
  'RECOMMENDED',
  'CONSENT_GIVEN',
  'SUBMITTED',
  'SUPPLEMENTED',
  'WITHDRAWN',
  'RECONSIDERATION_REQUESTED',
  'RATED',
]);

/** Returns the steps to a state. Those before a decision stay within its limit. */
function stepsTo(state: CaseState, caseType: CaseTypeFacts, random: Random): readonly Step[] {
  const lead = leadAgency(caseType);
  const step = (kind: CaseEventKind, gap = random.integer(1, 2), agency: Agency = lead): Step =>
    NO_AGENCYS.has(kind) ? { kind, gap } : { kind, gap, agency };
  const submitted = [
    step('OPENED', 0),
    ...(needsRecommendation(caseType) ? [step('RECOMMENDED', 1)] : []),
    ...(caseType.kind === 'SCHOOLING' ? [step('CONSENT_GIVEN', 1)] : []),
    step('SUBMITTED'),
  ];
  const supplement = random.chance(0.25) ? [step('SUPPLEMENT_REQUESTED'), step('SUPPLEMENTED', 3)] : [];
  const accepted = [...submitted, ...supplement, step('ACCEPTED')];
  const opinions = caseType.opinionsFrom.map((agency) => step('OPINION_GIVEN', random.integer(1, 3), agency));
  const reviewed = [...accepted, step('REVIEW_STARTED', 1), ...opinions];
  const paused = [...accepted, step('REVIEW_STARTED', 1), ...opinions.slice(0, 1), step('SPECIAL_PROCEDURE_STARTED')];
  const special = [...paused, step('SPECIAL_PROCEDURE_ENDED', random.integer(5, 12)), ...opinions.slice(1)];
  const ready = random.chance(0.15) ? special : reviewed;
  const approved = [...ready, ...(random.chance(0.6) ? [step('PUBLIC_NOTICE_OPENED')] : []), step('APPROVED', 3)];
  const rejected = [...ready, step('REJECTED')];
  const delivered = [...(random.chance(0.85) ? approved : rejected), step('DELIVERED', 3)];
  const rated = random.chance(0.5) ? [step('RATED', 3)] : [];
  const contested = [...rejected, step('DELIVERED'), step('RECONSIDERATION_REQUESTED', random.integer(3, 20))];
  const reconsidered = [...contested, step('RECONSIDERATION_TAKEN_UP')];
  switch (state) {
    case 'DRAFT':
      return submitted.slice(0, 1);
    case 'SUBMITTED':
      return submitted;
    case 'SUPPLEMENT_REQUIRED':
      return [...submitted, step('SUPPLEMENT_REQUESTED')];
    case 'ACCEPTED':
      return accepted;
    case 'NOT_ACCEPTED':
      return [...submitted, step('NOT_ACCEPTED')];
    case 'UNDER_REVIEW':
      return random.chance(0.1)
        ? [...special.slice(0, -1), step('DEADLINE_EXTENDED')]
        : reviewed.slice(0, reviewed.length - random.integer(0, opinions.length));
    case 'SPECIAL_PROCEDURE':
      return paused;
    case 'PUBLIC_NOTICE':
      return [...reviewed, step('PUBLIC_NOTICE_OPENED')];
    case 'APPROVED':
      return approved;
    case 'REJECTED':
      return rejected;
    case 'DELIVERED':
      return delivered;
    case 'CLOSED':
      return [...delivered, ...rated, step('CLOSED', 5)];
    case 'WITHDRAWN':
      return [...(random.chance(0.5) ? accepted : submitted), step('WITHDRAWN')];
    case 'LAPSED':
      return [...submitted, step('SUPPLEMENT_REQUESTED'), step('LAPSED', 40)];
    case 'TRANSFERRED':
      return [...accepted, step('TRANSFERRED')];
    case 'RECONSIDERATION':
      return reconsidered;
    case 'UPHELD':
      return [...reconsidered, step('UPHELD', 20)];
    case 'REVERSED':
      return [...reconsidered, step('REVERSED', 20)];
  }
}

/** Returns the working day `count` working days before a day, which is itself moved back to a working day. */
export function workingDaysBack(day: string, count: number): string {
  let at = day;
  while (!isWorkingDay(at)) at = addDays(at, -1);
  return workingDaysBefore(at, count);
}

/** The counter of the park office: invented, with a number that no one has. */
const COUNTER = {
  phone: '022-0000 0000',
  place: {
    zh: '园区办公室一层 3 号窗口，工作日 9:00 至 17:00',
    ja: '園区事務所 1 階 3 番窓口、平日 9:00～17:00',
    en: 'Park office, ground floor, counter 3; working days from 9:00 to 17:00',
  },
} as const;

/** Days that an applicant gets to submit a supplement: assumed. */
const DAYS_TO_SUPPLEMENT = 30;

/** Returns the details of a step beyond its kind. */
function detail(
  kind: CaseEventKind,
  day: string,
  { requiredDocuments }: CaseTypeFacts,
  random: Random,
): Pick<CaseEvent, 'pause' | 'extendedBy' | 'until' | 'documents' | 'asked' | 'contact' | 'agreement' | 'days'> {
  if (kind === 'SUPPLEMENT_REQUESTED') {
    const documents = requiredDocuments.slice(0, 1).map(({ code }) => code);
    return {
      until: addDays(day, DAYS_TO_SUPPLEMENT),
      documents,
      asked: documents.map((document) => ({ document, reason: 'ILLEGIBLE' })),
      contact: COUNTER,
    };
  }
  if (kind === 'TRANSFERRED') return { agreement: CROSS_ZONE_CASES, days: DAYS_TO_TAKE_UP };
  if (kind === 'SPECIAL_PROCEDURE_STARTED') return { pause: random.pick(['HEARING', 'EXPERT_REVIEW']) };
  return kind === 'DEADLINE_EXTENDED' ? { extendedBy: STATUTORY_LIMITS.DECISION.extension } : {};
}

/**
 * Makes the log that leads to a state, with its last event on or just before a day. Events are laid out backwards, in
 * office hours.
 */
export function logTo(state: CaseState, caseType: CaseTypeFacts, lastDay: string, random: Random): CaseEvent[] {
  const steps = stepsTo(state, caseType, random);
  const events: CaseEvent[] = [];
  let day = workingDaysBack(lastDay, 0);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { kind, gap, agency } = steps[i]!;
    const time = `${String(random.integer(9, 16)).padStart(2, '0')}:${random.integer(10, 59)}:00`;
    const at = shanghaiInstant(day, time).toISOString();
    events.unshift({
      sequence: i + 1,
      kind,
      at,
      ...(agency ? { agency } : {}),
      ...detail(kind, day, caseType, random),
    });
    day = workingDaysBack(day, gap);
  }
  return events;
}

/**
 * Makes the log of a case under review whose statutory limit ends on a day, which must be a working day. It was
 * accepted as many working days before and has no opinion yet.
 */
export function logDueOn(due: string, caseType: CaseTypeFacts, random: Random): CaseEvent[] {
  const accepted = workingDaysBack(due, STATUTORY_LIMITS.DECISION.count);
  const events = logTo('ACCEPTED', caseType, accepted, random);
  const at = shanghaiInstant(accepted, '17:30:00').toISOString();
  events.push({ sequence: events.length + 1, kind: 'REVIEW_STARTED', at, agency: leadAgency(caseType) });
  return events;
}
