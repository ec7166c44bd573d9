/** Makes of a draw what somebody does with a case: at which instant, who, and what. */
import { type Actor, SYSTEM } from '../../src/domain/cases/access.ts';
import type { CaseCommand } from '../../src/domain/cases/command.ts';
import { CASE_ACTIONS, type CaseAction } from '../../src/domain/cases/command.ts';
import type { OutcomeRecord } from '../../src/domain/cases/file.ts';
import { UNVERIFIED } from '../../src/domain/people/identity.ts';
import type { OfficerRole } from '../../src/domain/viewer.ts';
import { AGREEMENT } from '../fixtures/case-agreements.ts';
import { type Draw, EMPLOYERS, ZONES } from './draws.ts';
import { documentOf, isApproved, type ModelCase, opinionsOf, stateOf, versionOf, zoneOf } from './model-case.ts';
import { contestableUntil, modelDeadlines } from './model-clock.ts';
import { askedUntil } from './model-due.ts';
import { decider, inHand } from './model-people.ts';
import { attempt, leadsTo } from './model-rules.ts';
import { dayAfter, REMARKABLE_DAYS, shanghaiDay } from './working-days.ts';

export interface Deed {
  readonly command: CaseCommand;
  readonly actor: Actor;
  readonly now: Date;
}

/** The start of a day in Shanghai, and so many milliseconds after it. */
export function inShanghai(day: string, milliseconds = 0): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + milliseconds);
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** The instant at which a draw is tried: never before `now`. */
export function after({ wait, pick }: Draw, now: Date, c: ModelCase): Date {
  const today = shanghaiDay(now);
  const later = (instant: Date) => (instant > now ? instant : now);
  switch (wait.for) {
    case 'MINUTES':
      return new Date(now.getTime() + wait.count * MINUTE);
    case 'DAYS':
      return new Date(now.getTime() + wait.count * DAY);
    case 'REMARKABLE_DAY': {
      const ahead = REMARKABLE_DAYS.filter((day) => day > today)[wait.count];
      // Too far away it would leave nothing to do in between.
      return ahead && ahead < dayAfter(today, 60) ? inShanghai(ahead, (pick % 1_440) * MINUTE) : now;
    }
    case 'LAST_MINUTE':
    case 'MINUTE_AFTER': {
      const clock = modelDeadlines(c, today);
      const day = askedUntil(c) ?? (pick % 2 === 0 ? clock?.statutoryBy : clock?.promisedBy) ?? contestableUntil(c);
      if (day === null) return now;
      return later(inShanghai(dayAfter(day, 1), wait.for === 'LAST_MINUTE' ? -1 : 0));
    }
  }
}

const SHA256 = 'ab'.repeat(32);
const reason = { zh: '理由', ja: '理由', en: 'A reason' };

function codesOf({ documents, pick }: Draw, known: readonly string[]): readonly string[] {
  switch (documents) {
    case 'SOME':
      return known.filter((_, i) => ((pick >> i) & 1) === 0);
    case 'NONE':
      return [];
    case 'UNKNOWN':
      return [...known, 'document-9'];
    case 'TWICE':
      return [...known, ...known];
    default:
      return known;
  }
}

/** What was announced of a file, and what was sent: first of a document that isn't there yet. */
function fileOf(c: ModelCase, { isSound, documents, pick }: Draw, known: readonly string[]) {
  const missing = known.filter((code) => !['RECEIVED', 'CHECKED'].includes(documentOf(c, code).status));
  const choice = missing.length > 0 && pick % 3 > 0 ? missing : known;
  const code = choice[pick % Math.max(choice.length, 1)];
  if (code === undefined || (!isSound && documents === 'NONE')) return { announced: null, found: null };
  const file = { mediaType: 'application/pdf', size: 100, sha256: SHA256 } as const;
  const announced = { id: 'upload_model', code, ...file };
  if (isSound) return { announced, found: file };
  switch (documents) {
    case 'UNKNOWN':
      return { announced: { ...announced, code: 'document-9' }, found: file };
    case 'TWICE':
      return { announced, found: null };
    case 'BAD_HASH':
      return { announced, found: { ...file, sha256: 'cd'.repeat(32) } };
    default:
      return { announced: { ...announced, mediaType: 'image/png' as const }, found: file };
  }
}

function reasonsOf({ isSound, reasons }: Draw) {
  if (isSound) return [reason];
  switch (reasons) {
    case 'NONE':
      return [];
    case 'BLANK':
      return [reason, { ...reason, zh: '  ' }];
    case 'LONG':
      return [{ ...reason, en: 'x'.repeat(501) }];
    default:
      return Array.from({ length: 11 }, () => reason);
  }
}

function outcomeOf(kind: Draw['outcome'], documentSha256: string): OutcomeRecord | null {
  switch (kind) {
    case 'HukouPermit':
      return { kind, permitNumber: 'P-1', documentSha256, validTo: null };
    case 'HousingOffer':
      return { kind, facilityKind: 'TALENT_APARTMENT', amount: '120000', documentSha256 };
    case 'SchoolPlace':
      return { kind, schoolName: { zh: '示例小学', ja: 'サンプル', en: 'Sample' }, schoolYear: 2026, documentSha256 };
    case null:
      return null;
  }
}

/** All zones of the draws have agreed; others have not. */
function agreementOf(...zoneIds: readonly string[]) {
  const isAgreed = zoneIds.every((zone) => ZONES.some((one) => one === zone));
  return isAgreed ? { ...AGREEMENT, zoneIds: [...ZONES] } : null;
}

/** Documents that are asked for; only a sound request says why. */
function askedFor(documents: readonly string[], isSound: boolean) {
  const reasons = isSound ? documents.map((document) => ({ document, reason: 'ILLEGIBLE' as const, note: null })) : [];
  return { documents, reasons, contact: null };
}

function commandOf(c: ModelCase, action: CaseAction, draw: Draw, today: string): CaseCommand {
  const version = { SEEN: versionOf(c), NONE: null, OTHER: Math.abs(versionOf(c) + draw.number - 3) }[draw.version];
  const { isSound, pick, number } = draw;
  const known = c.type.requiredDocuments.map(({ code }) => code);
  const all: Draw = { ...draw, documents: 'ALL' };
  const until = dayAfter(today, isSound ? 1 + (Math.abs(draw.days) % 10) : draw.days);
  switch (action) {
    case 'SUPPLY_DOCUMENT':
      return { action, version, ...fileOf(c, draw, known) };
    case 'USE_VERIFIED': {
      const zoneId = ZONES[pick % ZONES.length] ?? '';
      const source = { zoneId, agency: 'PARK', verifiedAt: '2024-12-02T02:00:00.000Z', sha256: SHA256 } as const;
      const isThere = isSound || number > 3;
      const document = known[pick % Math.max(known.length, 1)] ?? 'document-9';
      return {
        ...{ action, version, document },
        source: isThere ? source : null,
        agreement: isThere ? agreementOf(zoneOf(c), zoneId) : null,
      };
    }
    case 'WITHDRAW_VERIFIED': {
      const used = known.filter((code) => documentOf(c, code).isVerified);
      const choice = isSound && used.length > 0 ? used : known;
      return { action, version, document: choice[pick % Math.max(choice.length, 1)] ?? 'document-9' };
    }
    case 'REQUEST_SUPPLEMENT':
      return { action, version, ...askedFor(codesOf(isSound ? all : draw, known), isSound), until };
    case 'RATE':
      return { action, version, rating: isSound ? 1 + (pick % 5) : number };
    case 'DECLINE':
    case 'REJECT':
    case 'UPHOLD':
    case 'REVERSE':
      return { action, version, reasons: reasonsOf(draw) };
    case 'VERIFY_IDENTITY':
      return { action, version, stated: { ...UNVERIFIED, number: isSound ? 1 : 1 + (pick % 2) } };
    case 'GIVE_OPINION':
      return { action, version, verdict: draw.verdict };
    case 'START_SPECIAL_PROCEDURE':
      return { action, version, pause: draw.pause };
    case 'EXTEND_DEADLINE':
      return {
        action,
        version,
        extendedBy: isSound ? 1 + (pick % (stateOf(c) === 'RECONSIDERATION' ? 30 : 10)) : number,
      };
    case 'OPEN_PUBLIC_NOTICE':
      return { action, version, until };
    case 'DELIVER': {
      const due = { HUKOU: 'HukouPermit', HOUSING: 'HousingOffer', SCHOOLING: 'SchoolPlace' } as const;
      const kind = isSound ? (isApproved(c) ? due[c.type.kind] : null) : draw.outcome;
      const documentSha256 = isSound || draw.documents !== 'BAD_HASH' ? SHA256 : 'no hash';
      return { action, version, documentSha256, outcome: outcomeOf(kind, documentSha256) };
    }
    case 'TRANSFER': {
      const others = ZONES.filter((zone) => zone !== zoneOf(c));
      const toZone = isSound ? (others[pick % others.length] ?? '') : draw.zone;
      const reasons = reasonsOf({ ...draw, isSound: isSound || pick % 2 === 0 });
      return { action, version, toZone, reasons, agreement: agreementOf(zoneOf(c), toZone) };
    }
    default:
      return { action, version };
  }
}

const ROLE_FOR: { readonly [Action in CaseAction]?: OfficerRole } = {
  ACCEPT: 'RECEIVE',
  DECLINE: 'RECEIVE',
  REQUEST_SUPPLEMENT: 'RECEIVE',
  TRANSFER: 'RECEIVE',
  VERIFY_IDENTITY: 'RECEIVE',
  START_REVIEW: 'REVIEW',
  GIVE_OPINION: 'REVIEW',
  START_SPECIAL_PROCEDURE: 'REVIEW',
  END_SPECIAL_PROCEDURE: 'REVIEW',
};

/** Somebody whose it would be. */
function rightActor(c: ModelCase, action: CaseAction, { pick }: Draw): Actor {
  switch (action) {
    case 'SUPPLY_DOCUMENT':
    case 'USE_VERIFIED':
    case 'WITHDRAW_VERIFIED':
    case 'SUBMIT':
    case 'CONSENT':
    case 'WITHDRAW':
    case 'REQUEST_RECONSIDERATION':
    case 'RATE':
      return pick % 4 === 0 ? { kind: 'caseHolder', caseId: c.id } : { kind: 'applicant', person: c.applicant };
    case 'RECOMMEND':
      return { kind: 'clerk', person: 'clerk-1', enterprise: c.employer ?? EMPLOYERS[0] };
    case 'DEEM_ACCEPTED':
    case 'DEEM_TAKEN_UP':
    case 'LAPSE':
      return SYSTEM;
    default: {
      const given = opinionsOf(c).map((opinion) => opinion.agency);
      const awaited = c.type.opinionsFrom.filter((agency) => !given.includes(agency));
      const agency = action === 'GIVE_OPINION' ? awaited[pick % Math.max(awaited.length, 1)] : inHand(c);
      return {
        kind: 'officer',
        person: `officer-${1 + (pick % 2)}`,
        agency: agency ?? decider(c),
        zone: zoneOf(c),
        roles: [ROLE_FOR[action] ?? 'DECIDE'],
      };
    }
  }
}

/** Chosen seldom, so that cases come far. */
const SELDOM: ReadonlySet<CaseAction> = new Set(['WITHDRAW', 'LAPSE', 'TRANSFER', 'DECLINE']);
/** What need not always be done at the first chance. */
const PUT_OFF: ReadonlySet<CaseAction> = new Set(['CONSENT', 'RECOMMEND']);
const ENDS: ReadonlySet<CaseAction> = new Set(['WITHDRAW', 'LAPSE']);

/** Mostly of the zone that has the case: others are told nothing but that there is none. */
function drawnActor(c: ModelCase, { actor, pick }: Draw): Actor {
  if (actor.kind === 'HOLDER') return { kind: 'caseHolder', caseId: c.id };
  return actor.kind === 'officer' && pick % 4 > 0 ? { ...actor, zone: zoneOf(c) } : actor;
}

function weightOf(c: ModelCase, action: CaseAction): number {
  if (PUT_OFF.has(action)) return stateOf(c) === 'DRAFT' ? 1 : 8;
  return SELDOM.has(action) ? 1 : 4;
}

/** What a draw comes to on a case at an instant. */
export function deedOf(c: ModelCase, draw: Draw, now: Date): Deed {
  const today = shanghaiDay(now);
  const any = { command: commandOf(c, draw.action, draw, today), actor: drawnActor(c, draw), now };
  if (draw.from === 'ANYTHING') return any;
  const seen: Draw = { ...draw, version: draw.version === 'OTHER' ? 'SEEN' : draw.version };
  const possible = CASE_ACTIONS.filter((action) => leadsTo(action, stateOf(c)) !== null).map((action) => {
    const command = commandOf(c, action, seen, today);
    return { command, actor: rightActor(c, action, draw), now };
  });
  const isDone = (deed: Deed) => attempt(c, deed.command, deed.actor, now).refused === null;
  const mayEnd = draw.pick % 7 === 0;
  const done =
    draw.from === 'DONE' ? possible.filter((deed) => isDone(deed) && (mayEnd || !ENDS.has(deed.command.action))) : [];
  const choice = (done.length > 0 ? done : possible).flatMap((deed) =>
    Array<Deed>(weightOf(c, deed.command.action)).fill(deed),
  );
  return choice[draw.pick % Math.max(choice.length, 1)] ?? any;
}
