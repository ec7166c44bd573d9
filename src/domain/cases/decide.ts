/** Decides a command on a case: returns the change, or every refusal. */

import type { CaseBinding } from '../access/case-relation.ts';
import { WRITES } from '../access/write-table.ts';
import { dayInShanghai } from '../calendar/day.ts';
import type { Locale } from '../locale.ts';
import type { Decision } from '../refusal.ts';
import { type Actor, type CaseMutation, mayAct, nameOf, relationOf } from './access.ts';
import { ACTION_RULES, stepOf } from './action.ts';
import type { CaseAction, CaseCommand, CommandOf } from './command.ts';
import { caseDeadlines } from './deadline.ts';
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
import { type CasePlaceFacts, endedPlace, placeAfter } from './place.ts';
import type { CaseRefusal, CaseRefusalCode } from './refusal.ts';
import { recordedReasons } from './supplements/supplement.ts';
import { EVENT_LABELS, STATE_LABELS } from './words/text.ts';

/** The change that a command makes. */
export interface CaseChange {
  readonly event: CaseEvent;
  readonly head: CaseHead;
  /** Only the changed ones. */
  readonly documents: readonly CaseDocumentFacts[];
  /** Notes to the applicant on documents, which the storage encrypts. */
  readonly notes: readonly DocumentNote[];
  /** The received files. */
  readonly versions: readonly DocumentVersionFacts[];
  readonly opinions: readonly OpinionFacts[];
  /** The place that the change takes or gives back; null where it does neither. */
  readonly place: CasePlaceFacts | null;
}

/** A note on a document, in plain text. */
export interface DocumentNote {
  /** The document's code. */
  readonly code: string;
  readonly text: string;
}

export interface Moment {
  readonly now: Date;
  readonly locale: Locale;
}

/** The refusal for a case that doesn't exist, or that the actor may not know of. */
export const UNKNOWN_CASE: CaseRefusal = { code: 'UNKNOWN_CASE', field: ['case'], message: 'There is no such case.' };

/** Decides a command on a case: checks permission, version and state, and then every precondition. */
export function decideCase(
  situation: CaseSituation,
  command: CaseCommand,
  actor: Actor,
  moment: Moment,
): Decision<CaseChange, CaseRefusalCode> {
  if (relationOf(actor, situation.case) === 'NONE') return { ok: false, refusals: [UNKNOWN_CASE] };
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
    ...detailsOf(situation, command, dayInShanghai(moment.now)),
  };
  return { ok: true, value: changeOf(situation, event, command) };
}

/** Decides the end of a case's place: a lease that ended (退租), a child that left the school (离校). */
export function decideEndOfPlace(
  { case: of, place }: Pick<CaseSituation, 'case' | 'place'>,
  actor: Actor,
  now: Date,
): Decision<CasePlaceFacts, CaseRefusalCode> {
  if (relationOf(actor, of) === 'NONE') return { ok: false, refusals: [UNKNOWN_CASE] };
  if (!mayAct(actor, 'endPlace', of)) return { ok: false, refusals: [notYours('endPlace', of)] };
  if (place?.endedAt !== null) {
    return { ok: false, refusals: [{ code: 'NO_PLACE', field: ['case'], message: 'The case has no place.' }] };
  }
  return { ok: true, value: endedPlace(place, now.toISOString()) };
}

function refuseActor(situation: CaseSituation, { action }: CaseCommand, actor: Actor): CaseRefusal[] {
  const { by } = ACTION_RULES[action];
  return mayAct(actor, by, situation.case) ? [] : [notYours(by, situation.case)];
}

function notYours(by: CaseMutation | 'SYSTEM', { handler }: CaseBinding): CaseRefusal {
  return { code: 'NOT_YOURS', field: [], message: refusalTo(by, handler) };
}

/** Returns the sentence that names who may run a mutation. */
function refusalTo(by: CaseMutation | 'SYSTEM', handler: CaseBinding['handler']): string {
  switch (by) {
    case 'SYSTEM':
      return 'Only the system does this, at a deadline.';
    case 'handOverCase':
      return 'Only an officer of the counter that received the application may do this.';
    case 'recommendTalent':
      return 'Only the employer may do this.';
    case 'giveOpinion':
    case 'giveOpinions':
      return 'Only a reviewing officer of an agency whose opinion is needed may do this.';
    default: {
      const { applicant, caseHolder } = WRITES[by].may;
      if (caseHolder.OWN) return 'Only the applicant may do this.';
      if (applicant.OWN) return 'Only the applicant may do this, signed in: a receipt is not enough.';
      const handling = handler ? ` (${handler})` : '';
      return `Only an officer of the agency that handles the case${handling}, who has the role for it, may do this.`;
    }
  }
}

/** Refuses a stale version. The message names both actors. */
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
      message: `Read by ${nameOf(actor)}: version ${version}. Current version: ${course.version}, by ${other}: ${happened}.`,
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
  { now, locale }: Moment,
): CaseRefusal[] {
  const context = { ...situation, command, actor, locale, today: dayInShanghai(now) };
  return ACTION_RULES[command.action].requires.flatMap((rule) => rule(context));
}

/** Returns the actor as the event stores them: an officer with their agency, or a clerk. An applicant is not stored. */
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

/** Returns the further fields of the event. */
function detailsOf(
  { case: { zoneId, course, limits }, documents, calendar }: CaseSituation,
  command: CaseCommand,
  today: string,
): Details {
  switch (command.action) {
    case 'SUPPLY_DOCUMENT':
      return { documents: command.announced ? [command.announced.code] : [] };
    case 'USE_VERIFIED': {
      const { document, agreement } = command;
      return { documents: [document], ...(agreement && { agreement: agreement.agreementId }) };
    }
    case 'WITHDRAW_VERIFIED':
      return { documents: [command.document] };
    case 'SUBMIT':
      return { documents: documents.filter(({ status }) => status === 'RECEIVED').map(({ code }) => code) };
    case 'REQUEST_SUPPLEMENT':
      return {
        documents: command.documents,
        until: command.until,
        asked: recordedReasons(command.documents, command.reasons),
        ...(command.contact ? { contact: command.contact } : {}),
      };
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
    case 'TRANSFER': {
      const { toZone, reasons, agreement } = command;
      const rests = agreement ? { agreement: agreement.agreementId, days: agreement.terms.takeUpDays } : {};
      return { fromZone: zoneId, toZone, reasons, ...rests };
    }
    case 'DEEM_TAKEN_UP': {
      const until = caseDeadlines(course, limits, today, calendar)?.statutoryBy;
      return until === undefined ? {} : { until };
    }
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
    notes: notesOf(command),
    versions: versionsOf(situation, event, command),
    opinions: opinionsAfter(situation, event),
    place: placeAfter(situation.place, {
      state: head.course.state,
      facilityId: command.action === 'APPROVE' ? (command.facility?.id ?? null) : null,
      at: event.at,
    }),
  };
}

/** Returns the documents that an event changes. */
function documentsAfter(
  { documents }: CaseSituation,
  { kind, at, documents: codes = [] }: CaseEvent,
  command: CaseCommand,
): readonly CaseDocumentFacts[] {
  const named = documents.filter(({ code }) => codes.includes(code)).map(factsOf);
  if (command.action === 'USE_VERIFIED' || command.action === 'WITHDRAW_VERIFIED') {
    return named.map((document) => ({ ...document, ...verificationOf(command, at) }));
  }
  if (command.action === 'SUPPLY_DOCUMENT') {
    return named.map((document) => ({
      ...document,
      status: 'RECEIVED' as const,
      version: (document.version ?? 0) + 1,
      sha256: command.announced?.sha256 ?? null,
    }));
  }
  if (kind === 'SUPPLEMENT_REQUESTED') {
    return named.map((document) => ({
      ...document,
      status: document.version === null ? ('ASKED' as const) : ('REFUSED' as const),
    }));
  }
  if (kind === 'ACCEPTED') {
    return documents
      .filter(({ status }) => status === 'RECEIVED')
      .map((document) => ({ ...factsOf(document), status: 'CHECKED' as const }));
  }
  return [];
}

/** Returns a document's facts alone: a note on it, and a verification by another zone, end with its next change. */
const factsOf = ({ code, name, status, version, sha256 }: CaseDocumentFacts): CaseDocumentFacts => ({
  code,
  name,
  status,
  version,
  sha256,
});

/** Returns the notes of a supplement request. */
function notesOf(command: CaseCommand): readonly DocumentNote[] {
  if (command.action !== 'REQUEST_SUPPLEMENT') return [];
  return command.reasons.flatMap(({ document: code, note: text }) => (text === null ? [] : [{ code, text }]));
}

/** Returns what a verification by another zone makes of a document, or the end of the consent to its use. */
function verificationOf(
  command: Extract<CaseCommand, { action: 'USE_VERIFIED' | 'WITHDRAW_VERIFIED' }>,
  consentedAt: string,
): Partial<CaseDocumentFacts> {
  if (command.action === 'WITHDRAW_VERIFIED') return { status: 'ASKED', sha256: null };
  const { source, agreement } = command;
  if (!source || !agreement) throw new Error('a document without a verification was used');
  const { sha256, ...verified } = source;
  return { status: 'CHECKED', sha256, verification: { ...verified, agreementId: agreement.agreementId, consentedAt } };
}

/** Returns the document version of an uploaded file. */
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

/** Returns the opinions that an event changes. A started review awaits all of them. */
function opinionsAfter({ caseType }: CaseSituation, event: CaseEvent): readonly OpinionFacts[] {
  if (event.kind === 'REVIEW_STARTED') {
    return caseType.opinionsFrom.map((agency) => ({ agency, verdict: null, givenAt: null }));
  }
  if (!event.agency || !event.verdict) return [];
  return [{ agency: event.agency, verdict: event.verdict, givenAt: event.at }];
}
