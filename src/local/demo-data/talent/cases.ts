import { createHash } from 'node:crypto';
import { addWorkingDays } from '../../../domain/calendar/calendar.ts';
import { addDays } from '../../../domain/calendar/day.ts';
import { type CaseChild, type Declared, handlerIn, leadAgency, waitedFor } from '../../../domain/cases/file.ts';
import { type CaseCourse, type CaseEvent, foldCase } from '../../../domain/cases/fold.ts';
import { CASE_STATES, type CaseState } from '../../../domain/cases/state.ts';
import { makeId, ulidOfName } from '../../../domain/ids.ts';
import { factsOfCondition } from '../../../domain/rules/parts.ts';
import type {
  CaseDocumentFacts,
  CaseFacts,
  CaseTypeFacts,
  OpinionFacts,
  OutcomeRecord,
} from '../../../storage/talent/items.ts';
import { identityOf } from '../enterprises/enterprises.ts';
import { CASE_TERMS, CROSS_ZONE_CASES } from '../parks/agreements.ts';
import type { DemoPark } from '../parks/parks.ts';
import { ZHONGGUANCUN } from '../parks/zones.ts';
import { type Random, randomOf } from '../random.ts';
import { logDueOn, logTo, workingDaysBack } from './case-log.ts';
import { CASES_A_PERSON, personOf } from './persons.ts';
import { sampleHashOf } from './sample-document.ts';

export interface DemoCase {
  readonly facts: CaseFacts;
  readonly events: readonly CaseEvent[];
  readonly documents: readonly CaseDocumentFacts[];
  readonly opinions: readonly OpinionFacts[];
  readonly child: CaseChild | null;
}

/** Frequency of each state per 100 cases. Each other state has one or two cases. */
const USUAL_STATES: readonly (readonly [CaseState, number])[] = [
  ['DRAFT', 4],
  ['SUBMITTED', 6],
  ['SUPPLEMENT_REQUIRED', 5],
  ['ACCEPTED', 4],
  ['UNDER_REVIEW', 18],
  ['SPECIAL_PROCEDURE', 3],
  ['PUBLIC_NOTICE', 4],
  ['APPROVED', 4],
  ['DELIVERED', 10],
  ['CLOSED', 36],
  ['WITHDRAWN', 3],
  ['NOT_ACCEPTED', 2],
  ['REJECTED', 1],
];

/** States without a pending step. Such a case may have ended up to 300 days ago. */
const ENDED = new Set<CaseState>([
  'CLOSED',
  'WITHDRAWN',
  'LAPSED',
  'TRANSFERRED',
  'NOT_ACCEPTED',
  'DELIVERED',
  'UPHELD',
]);

function usualState(random: Random): CaseState {
  let left = random.integer(1, 100);
  for (const [state, share] of USUAL_STATES) {
    left -= share;
    if (left <= 0) return state;
  }
  return 'CLOSED';
}

/**
 * Returns the log of a case. The first cases show a visitor what they look for: due on the next working day, paused,
 * late; then each state once.
 */
function logOf(number: number, caseType: CaseTypeFacts, anchor: string, random: Random): CaseEvent[] {
  if (number === 1) return logDueOn(addWorkingDays(anchor, 1), caseType, random);
  if (number === 2) return logTo('SPECIAL_PROCEDURE', caseType, workingDaysBack(anchor, 3), random);
  if (number === 3) return logDueOn(workingDaysBack(anchor, 3), caseType, random);
  const state = CASE_STATES[number - 4] ?? usualState(random);
  return logTo(state, caseType, addDays(anchor, -random.integer(0, ENDED.has(state) ? 300 : 2)), random);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function documentsOf(receiptNumber: string, caseType: CaseTypeFacts, course: CaseCourse): CaseDocumentFacts[] {
  const status = course.acceptedOn ? 'CHECKED' : course.submittedOn ? 'RECEIVED' : 'ASKED';
  return caseType.requiredDocuments.map(({ code, name }, i) => {
    const refused = i === 0 && (course.state === 'SUPPLEMENT_REQUIRED' || course.state === 'LAPSED');
    const received = status !== 'ASKED';
    return {
      code,
      name,
      status: refused ? 'REFUSED' : status,
      version: received ? 1 : null,
      sha256: received ? sampleHashOf(receiptNumber, code) : null,
    };
  });
}

/** Returns the opinions of the agencies asked so far. Only a rejected case has a negative one. */
function opinionsOf(caseType: CaseTypeFacts, events: readonly CaseEvent[]): OpinionFacts[] {
  if (!events.some(({ kind }) => kind === 'REVIEW_STARTED')) return [];
  const isRejected = events.some(({ kind }) => kind === 'REJECTED');
  return caseType.opinionsFrom.map((agency) => {
    const given = events.find((event) => event.kind === 'OPINION_GIVEN' && event.agency === agency);
    const disagrees = isRejected && agency === leadAgency(caseType);
    return { agency, verdict: given ? (disagrees ? 'DISAGREE' : 'AGREE') : null, givenAt: given?.at ?? null };
  });
}

function decisionOf(events: readonly CaseEvent[]): CaseFacts['decision'] {
  const decided = events.findLast(({ kind }) => kind === 'APPROVED' || kind === 'REJECTED');
  if (!decided) return null;
  const approved = decided.kind === 'APPROVED';
  const reason = {
    zh: '材料不符合条件（示例）',
    ja: '書類が条件を満たさない（サンプル）',
    en: 'Conditions not met (sample)',
  };
  return { approved, decidedAt: decided.at, reasons: approved ? [] : [reason] };
}

function outcomeOf(caseId: string, receipt: string, caseType: CaseTypeFacts, delivered: string): OutcomeRecord {
  const documentSha256 = sha256(`${caseId} outcome`);
  switch (caseType.kind) {
    case 'HUKOU':
      return { kind: 'HukouPermit', permitNumber: `${receipt}-P`, documentSha256, validTo: addDays(delivered, 40) };
    case 'HOUSING': {
      const isSubsidy = caseType.route === 'RENT_SUBSIDY' || caseType.route === 'PURCHASE_SUBSIDY';
      // 1,500 yuan a month or 30,000 once: assumed.
      const amount = caseType.route === 'RENT_SUBSIDY' ? '150000' : '3000000';
      return { kind: 'HousingOffer', facilityKind: caseType.route, amount: isSubsidy ? amount : null, documentSha256 };
    }
    case 'SCHOOLING':
      return {
        kind: 'SchoolPlace',
        schoolName: { zh: '示例学校', ja: 'サンプル学校', en: 'Sample School' },
        schoolYear: Number(delivered.slice(0, 4)),
        documentSha256,
      };
  }
}

/** Returns declarations that satisfy the case type. */
function declaredOf({ rule }: CaseTypeFacts, zoneId: string): Declared {
  const facts = rule ? factsOfCondition(rule.when) : [];
  return {
    residenceZoneId: facts.includes('residesInZone') ? zoneId : null,
    ownsDwelling: facts.includes('ownsDwelling') ? false : null,
  };
}

/** Returns a child of an age of the route. */
function childOf({ kind, route }: CaseTypeFacts, random: Random): CaseChild | null {
  if (kind !== 'SCHOOLING') return null;
  const [atLeast, atMost] = route === 'KINDERGARTEN' ? [3, 6] : [6, 11];
  return { age: random.integer(atLeast, atMost), isUnderFourteen: true };
}

/** A counter in Zhongguancun has received the submitted case of the list of states, and has verified its first document. */
const ACROSS_ZONES = 4 + CASE_STATES.indexOf('SUBMITTED');
const COUNTER = { zoneId: ZHONGGUANCUN, duties: CASE_TERMS.duties } as const;

/** Returns a log with the consent after the opening, and the hand-over by the counter in the hour after the submission. */
function receivedAtCounter(events: readonly CaseEvent[], document: string): readonly CaseEvent[] {
  const [opened, ...later] = events;
  const last = events.at(-1);
  if (!opened || !last) throw new Error('a case has no submission');
  const agreement = CROSS_ZONE_CASES;
  const at = new Date(Date.parse(last.at) + 3_600_000).toISOString();
  const all: readonly CaseEvent[] = [
    { ...opened, agreement, days: CASE_TERMS.handOverDays },
    { sequence: 2, kind: 'VERIFIED_DOCUMENT_USED', at: opened.at, documents: [document], agreement },
    ...later,
    { sequence: 3, kind: 'HANDED_OVER', at, agency: 'PARK' },
  ];
  return all.map((event, index) => ({ ...event, sequence: index + 1 }));
}

function withVerification([first, ...others]: readonly CaseDocumentFacts[], at: string): readonly CaseDocumentFacts[] {
  if (!first) return [];
  const verified = { zoneId: ZHONGGUANCUN, agency: 'PARK', verifiedAt: at, consentedAt: at } as const;
  const verification = { ...verified, agreementId: CROSS_ZONE_CASES };
  return [{ ...first, status: 'CHECKED', version: null, verification }, ...others];
}

/** Makes case number 1, 2, 3 … The first three are for primary school, in the headline park. */
export function caseOf(
  number: number,
  anchor: string,
  types: readonly CaseTypeFacts[],
  parks: readonly DemoPark[],
): DemoCase {
  const random = randomOf(`case ${number}`);
  const current = types.filter((type) => !types.some(({ id, version }) => id === type.id && version > type.version));
  const primary = current.find(({ route }) => route === 'PRIMARY_SCHOOL');
  const caseType = number <= 3 && primary ? primary : random.pick(number % 25 === 0 ? types : current);
  const { personId, park, masked, identity } = personOf(Math.ceil(number / CASES_A_PERSON), parks);
  const logged = logOf(number, caseType, anchor, random);
  const isAcross = number === ACROSS_ZONES;
  const events = isAcross ? receivedAtCounter(logged, caseType.requiredDocuments[0]?.code ?? '') : logged;
  const course = foldCase(events);
  const first = events[0];
  const last = events.at(-1);
  if (!course || !first || !last) throw new Error(`case ${number} has no course`);
  const id = makeId('case', ulidOfName(`case ${number}`, Date.parse(first.at)));
  const receiptNumber = `BHZ-${String(number).padStart(6, '0')}`;
  const decision = decisionOf(events);
  const documents = documentsOf(receiptNumber, caseType, course);
  const facts: CaseFacts = {
    id,
    receiptNumber,
    kind: caseType.kind,
    route: caseType.route,
    caseTypeId: caseType.id,
    caseTypeVersion: caseType.version,
    course,
    waitingOn: waitedFor(course, caseType),
    handler: handlerIn(course.state, caseType),
    applicantId: personId,
    zoneId: park.facts.zoneId,
    ...(isAcross && { counter: COUNTER }),
    opinionsFrom: caseType.opinionsFrom,
    limits: caseType.limits,
    applicant: masked,
    identity,
    beneficiary:
      caseType.kind === 'SCHOOLING'
        ? // Distinguishes the cases of a parent of two.
          { relation: 'CHILD', label: number % 2 === 1 ? '大宝' : '二宝' }
        : { relation: random.chance(0.9) ? 'SELF' : 'SPOUSE' },
    declared: declaredOf(caseType, park.facts.zoneId),
    decision,
    outcome:
      decision?.approved && course.deliveredOn ? outcomeOf(id, receiptNumber, caseType, course.deliveredOn) : null,
    rating: course.rated ? random.integer(3, 5) : null,
    enterpriseId: identityOf(park, random.integer(0, park.enterprises - 1)).id,
    parkId: park.id,
    policyId: caseType.policyId,
    openedAt: first.at,
    updatedAt: last.at,
  };
  return {
    facts,
    events,
    documents: isAcross ? withVerification(documents, first.at) : documents,
    opinions: opinionsOf(caseType, events),
    child: childOf(caseType, random),
  };
}
