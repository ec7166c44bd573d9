/** An action on a case, decided: what happens, or every reason why nothing does. */

import type { CaseBinding } from '../access/relation.ts';
import { WRITES } from '../access/write-table.ts';
import { CALENDAR, type Calendar } from '../calendar/calendar.ts';
import { dayInShanghai } from '../calendar/day.ts';
import type { Locale } from '../locale.ts';
import type { Decision } from '../refusal.ts';
import { type Actor, type CaseMutation, mayAct, nameOf, standingOf } from './access.ts';
import { ACTION_RULES, stepOf } from './action.ts';
import type { CaseAction, CaseCommand, CommandOf } from './command.ts';
import {
  type CaseDocumentFacts,
  type CaseHead,
  type CaseSituation,
  type CaseSubject,
  caseAfter,
  type DocumentVersionFacts,
  type OpinionFacts,
} from './file.ts';
import type { CaseEvent } from './fold.ts';
import type { CaseRefusal, CaseRefusalCode } from './refusal.ts';
import { EVENT_LABELS, STATE_LABELS } from './text.ts';

/** What an action changes. */
export interface CaseChange {
  readonly event: CaseEvent;
  readonly head: CaseHead;
  /** Those that are changed. */
  readonly documents: readonly CaseDocumentFacts[];
  /** What came in. */
  readonly versions: readonly DocumentVersionFacts[];
  readonly opinions: readonly OpinionFacts[];
}

export interface Moment {
  readonly now: Date;
  readonly locale: Locale;
  /** The one that is installed where nothing else is said. */
  readonly calendar?: Calendar;
}

/** Where there is none, or none that the actor may know of. */
export const UNKNOWN_CASE: CaseRefusal = { code: 'UNKNOWN_CASE', field: ['case'], message: 'There is no such case.' };

/** Decides an action on a case: who may, the version that was seen, the state, and then all that must hold besides. */
export function decideCase(
  situation: CaseSituation,
  command: CaseCommand,
  actor: Actor,
  moment: Moment,
): Decision<CaseChange, CaseRefusalCode> {
  if (standingOf(actor, situation.case) === 'NONE') return { ok: false, refusals: [UNKNOWN_CASE] };
  const { course } = situation.case;
  const refusals = [...refuseActor(situation, command, actor), ...refuseVersion(situation, command, actor)];
  const step = stepOf(command.action, course.state);
  if (!step) refusals.push(wrongState(situation, command.action));
  if (!step || refusals.length > 0) return { ok: false, refusals };
  const unmet = refusePreconditions(situation, command, actor, moment);
  if (unmet.length > 0) return { ok: false, refusals: unmet };
  const event: CaseEvent = {
    sequence: course.version + 1,
    kind: step.event,
    at: moment.now.toISOString(),
    ...actedBy(actor),
    ...detailsOf(situation, command),
  };
  return { ok: true, value: changeOf(situation, event, command) };
}

function refuseActor(situation: CaseSituation, { action }: CaseCommand, actor: Actor): CaseRefusal[] {
  const { by } = ACTION_RULES[action];
  if (mayAct(actor, by, situation.case)) return [];
  return [{ code: 'NOT_YOURS', field: [], message: refusalTo(by, situation.case.handler) }];
}

/** Returns the sentence that tells whose step it is. */
function refusalTo(by: CaseMutation | 'SYSTEM', handler: CaseBinding['handler']): string {
  switch (by) {
    case 'SYSTEM':
      return 'This happens by itself.';
    case 'recommendTalent':
      return 'Only the employer may do this.';
    case 'giveOpinion':
    case 'giveOpinions':
      return 'Only an officer who reviews, of an agency whose opinion is asked for, may do this.';
    default: {
      const { applicant, caseHolder } = WRITES[by].may;
      if (caseHolder.OWN) return 'Only the applicant may do this.';
      if (applicant.OWN) return 'Only the applicant may do this, signed in: a receipt is not enough.';
      const inHand = handler ? ` (${handler})` : '';
      return `Only an officer of the agency that has the case in hand${inHand}, who has the role for it, may do this.`;
    }
  }
}

/** Names both who have met. */
function refuseVersion(
  { case: { course }, lastEvent }: CaseSituation,
  { version }: CaseCommand,
  actor: Actor,
): CaseRefusal[] {
  if (version === null || version === course.version) return [];
  const { by, agency } = lastEvent;
  const other = by === undefined ? (agency ?? 'the applicant or the system') : `${by}${agency ? ` (${agency})` : ''}`;
  const happened = EVENT_LABELS[lastEvent.kind].en;
  return [
    {
      code: 'OTHER_VERSION',
      field: ['version'],
      message: `Seen by ${nameOf(actor)}: version ${version}. It is version ${course.version} since ${other}: ${happened}.`,
    },
  ];
}

function wrongState({ case: { course } }: CaseSituation, action: CaseAction): CaseRefusal {
  const message = `Not possible in the state "${STATE_LABELS[course.state].en}": ${action}.`;
  return { code: 'WRONG_STATE', field: [], message };
}

function refusePreconditions<Action extends CaseAction>(
  situation: CaseSituation,
  command: CommandOf<Action>,
  actor: Actor,
  { now, locale, calendar = CALENDAR }: Moment,
): CaseRefusal[] {
  const deed = { ...situation, command, actor, locale, calendar, today: dayInShanghai(now) };
  return ACTION_RULES[command.action].requires.flatMap((rule) => rule(deed));
}

/** Who did it, as the event says: an officer and their agency, or a clerk; nothing of an applicant. */
function actedBy(actor: Actor): Pick<CaseEvent, 'by' | 'agency'> {
  switch (actor.kind) {
    case 'officer':
      return { by: actor.person, agency: actor.agency };
    case 'clerk':
      return { by: actor.person };
    default:
      return {};
  }
}

type Details = Omit<CaseEvent, 'sequence' | 'kind' | 'at' | 'by' | 'agency'>;

/** What the event tells besides. */
function detailsOf({ case: { zoneId }, documents }: CaseSituation, command: CaseCommand): Details {
  switch (command.action) {
    case 'SUPPLY_DOCUMENT':
      return { documents: command.announced ? [command.announced.code] : [] };
    case 'SUBMIT':
      return { documents: documents.filter(({ status }) => status === 'RECEIVED').map(({ code }) => code) };
    case 'REQUEST_SUPPLEMENT':
      return { documents: command.documents, until: command.until };
    case 'GIVE_OPINION':
      return { verdict: command.verdict };
    case 'START_SPECIAL_PROCEDURE':
      return { pause: command.pause };
    case 'EXTEND_DEADLINE':
      return { extendedBy: command.extendedBy };
    case 'OPEN_PUBLIC_NOTICE':
      return { until: command.until };
    case 'DECLINE':
    case 'REJECT':
    case 'UPHOLD':
    case 'REVERSE':
      return { reasons: command.reasons };
    case 'DELIVER':
      return { documentSha256: command.documentSha256 };
    case 'TRANSFER':
      return { fromZone: zoneId, toZone: command.toZone, reasons: command.reasons };
    case 'RATE':
      return { rating: command.rating };
    default:
      return {};
  }
}

function changeOf(situation: CaseSituation, event: CaseEvent, command: CaseCommand): CaseChange {
  const head = caseAfter<CaseSubject>(situation.case, event, situation.caseType);
  if (!head) throw new Error(`the event ${event.kind} may not happen though its action may`);
  return {
    event,
    head: command.action === 'DELIVER' ? { ...head, outcome: command.outcome } : head,
    documents: documentsAfter(situation, event, command),
    versions: versionsOf(situation, event, command),
    opinions: opinionsAfter(situation, event),
  };
}

/** The documents that an event changes. */
function documentsAfter(
  { documents }: CaseSituation,
  { kind, documents: codes = [] }: CaseEvent,
  command: CaseCommand,
) {
  if (command.action === 'SUPPLY_DOCUMENT') {
    return documents
      .filter(({ code }) => codes.includes(code))
      .map((document) => ({
        ...document,
        status: 'RECEIVED' as const,
        version: (document.version ?? 0) + 1,
        sha256: command.announced?.sha256 ?? null,
      }));
  }
  if (kind === 'SUPPLEMENT_REQUESTED') {
    return documents
      .filter(({ code }) => codes.includes(code))
      .map((document) => ({
        ...document,
        status: document.version === null ? ('ASKED' as const) : ('REFUSED' as const),
      }));
  }
  if (kind === 'ACCEPTED') {
    return documents
      .filter(({ status }) => status === 'RECEIVED')
      .map((document) => ({ ...document, status: 'CHECKED' as const }));
  }
  return [];
}

/** The version that came in with a file. */
function versionsOf(
  { documents }: CaseSituation,
  { at }: CaseEvent,
  command: CaseCommand,
): readonly DocumentVersionFacts[] {
  if (command.action !== 'SUPPLY_DOCUMENT' || !command.announced) return [];
  const { id, ...file } = command.announced;
  const before = documents.find(({ code }) => code === file.code)?.version ?? 0;
  return [{ ...file, version: before + 1, uploadId: id, receivedAt: at }];
}

/** The opinions that an event changes: all are awaited from the beginning of a review. */
function opinionsAfter({ caseType }: CaseSituation, event: CaseEvent): readonly OpinionFacts[] {
  if (event.kind === 'REVIEW_STARTED') {
    return caseType.opinionsFrom.map((agency) => ({ agency, verdict: null, givenAt: null }));
  }
  if (event.kind !== 'OPINION_GIVEN' || !event.agency || !event.verdict) return [];
  return [{ agency: event.agency, verdict: event.verdict, givenAt: event.at }];
}
