/** The beginning of a case: what an applicant states, and the draft that comes of it. */

import { dayInShanghai, isDay } from '../calendar/day.ts';
import type { CaseKind, CaseRoute, CaseTypeFacts } from '../case-types/case-type.ts';
import { childOf, isBirthDateOfChild } from '../eligibility/eligibility.ts';
import { isIdOf } from '../ids.ts';
import { type IdentityFacts, identityAfter, type KnownIdentity } from '../people/identity.ts';
import { maskPerson, type Person } from '../people/person.ts';
import { residentIdFault } from '../people/resident-id.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { Agency } from './agency.ts';
import type { StepLimit } from './deadline.ts';
import { type CaseChild, type CaseDocumentFacts, type CaseHead, type Declared, handlerIn, waitedFor } from './file.ts';
import { type CaseEvent, foldCase } from './fold.ts';

export interface CaseOpening {
  readonly zoneId: string;
  readonly parkId: string | null;
  /** The employer; null where the applicant has none in the park. */
  readonly enterpriseId: string | null;
  /** The number is null where the applicant leaves it to the issuer of their token. */
  readonly applicant: Omit<Person, 'idNumber'> & { readonly idNumber: string | null };
  readonly relation: 'SELF' | 'SPOUSE' | 'CHILD' | 'PARENT';
  /** For a child: then its birth date is needed. */
  readonly child: { readonly bornOn: string } | null;
  readonly declared: Declared;
}

export type OpeningRefusalCode =
  | 'UNKNOWN_CASE_TYPE'
  | 'NOT_AN_APPLICANT'
  | 'INVALID_ID'
  | 'INVALID_NAME'
  | 'INVALID_ID_NUMBER'
  | 'INVALID_PHONE'
  | 'INVALID_CHILD'
  | 'INVALID_RELATION'
  | 'OTHER_NUMBER_VERIFIED'
  | 'INVALID_ZONE';

/** A draft: what is kept of it, of people in masked forms only. */
export interface OpenedCase extends CaseHead {
  readonly id: string;
  readonly receiptNumber: string;
  readonly kind: CaseKind;
  readonly route: CaseRoute;
  readonly caseTypeId: string;
  readonly caseTypeVersion: number;
  readonly applicantId: string;
  readonly opinionsFrom: readonly Agency[];
  readonly limits: readonly StepLimit[];
  readonly applicant: Person;
  readonly identity: IdentityFacts;
  readonly beneficiary: { readonly relation: CaseOpening['relation']; readonly label?: string };
  readonly declared: Declared;
  readonly enterpriseId: string | null;
  readonly parkId: string | null;
  readonly policyId: string | null;
  readonly openedAt: string;
}

export interface CaseBeginning {
  readonly case: OpenedCase;
  /** Whole: to be encrypted, and kept nowhere else. */
  readonly applicant: Person;
  readonly event: CaseEvent;
  readonly documents: readonly CaseDocumentFacts[];
  readonly child: CaseChild | null;
}

/** What a case is opened by, beside what the applicant states. */
export interface OpeningGrounds {
  readonly caseType: CaseTypeFacts | null;
  readonly names: OpeningNames;
  /** The applicant's own number of before; null where they have stated none. */
  readonly known: KnownIdentity | null;
}

/** What is given to a case that is opened now. */
export interface OpeningNames {
  readonly id: string;
  readonly receiptNumber: string;
}

/**
 * Opens a case under the current version of its type, which it keeps. Whether the conditions are met is asked at its
 * submission: a draft may be begun before.
 */
export function decideOpening(
  opening: CaseOpening,
  { caseType, names, known }: OpeningGrounds,
  viewer: Viewer,
  now: Date,
): Decision<CaseBeginning, OpeningRefusalCode> {
  const today = dayInShanghai(now);
  const refusals = refuseOpening(opening, caseType, viewer, today);
  if (refusals.length > 0 || !caseType || viewer.kind !== 'applicant') return { ok: false, refusals };
  const idNumber = viewer.idNumber ?? opening.applicant.idNumber ?? '';
  const identity = identityAfter(known, { idNumber, isVouchedFor: viewer.idNumber !== undefined }, now);
  if (!identity) return { ok: false, refusals: [OTHER_NUMBER_VERIFIED] };
  const at = now.toISOString();
  const event: CaseEvent = { sequence: 1, kind: 'OPENED', at };
  const course = foldCase([event]);
  if (!course) throw new Error('a log of one opening has no course');
  const applicant = { ...opening.applicant, idNumber, name: opening.applicant.name.trim() };
  return {
    ok: true,
    value: {
      event,
      applicant,
      case: {
        ...names,
        kind: caseType.kind,
        route: caseType.route,
        caseTypeId: caseType.id,
        caseTypeVersion: caseType.version,
        opinionsFrom: caseType.opinionsFrom,
        limits: caseType.limits,
        policyId: caseType.policyId,
        applicantId: viewer.person,
        applicant: maskPerson(applicant),
        identity,
        beneficiary: { relation: opening.relation },
        declared: opening.declared,
        enterpriseId: opening.enterpriseId,
        parkId: opening.parkId,
        zoneId: opening.zoneId,
        course,
        waitingOn: waitedFor(course, caseType),
        handler: handlerIn(course.state, caseType),
        decision: null,
        outcome: null,
        rating: null,
        openedAt: at,
        updatedAt: at,
      },
      documents: caseType.requiredDocuments.map(({ code, name }) => ({
        code,
        name,
        status: 'ASKED',
        version: null,
        sha256: null,
      })),
      child: opening.child && childOf(opening.child.bornOn, caseType, today),
    },
  };
}

const OTHER_NUMBER_VERIFIED: Refusal<OpeningRefusalCode> = {
  code: 'OTHER_NUMBER_VERIFIED',
  field: ['applicant', 'idNumber'],
  message: 'Another identity number of yours is verified.',
};

const MAX_NAME_CHARACTERS = 50;

function refuseOpening(opening: CaseOpening, caseType: CaseTypeFacts | null, viewer: Viewer, today: string) {
  const { applicant, relation, child, zoneId, parkId, enterpriseId } = opening;
  const refusals: Refusal<OpeningRefusalCode>[] = [];
  const must = (holds: boolean, code: OpeningRefusalCode, field: string[], message: string) => {
    if (!holds) refusals.push({ code, field, message });
  };
  const nameLength = [...applicant.name.trim()].length;
  must(viewer.kind === 'applicant', 'NOT_AN_APPLICANT', [], 'A case is opened by the applicant, signed in as such.');
  must(caseType !== null, 'UNKNOWN_CASE_TYPE', ['caseType'], 'There is no such case type.');
  must(isIdOf('zone', zoneId), 'INVALID_ID', ['zone'], 'That is no id of a zone.');
  must(parkId === null || isIdOf('park', parkId), 'INVALID_ID', ['park'], 'That is no id of a park.');
  must(
    enterpriseId === null || isIdOf('ent', enterpriseId),
    'INVALID_ID',
    ['enterprise'],
    'That is no id of an enterprise.',
  );
  must(
    nameLength >= 1 && nameLength <= MAX_NAME_CHARACTERS,
    'INVALID_NAME',
    ['applicant', 'name'],
    `A name has 1 to ${MAX_NAME_CHARACTERS} characters.`,
  );
  must(
    isStatedNumber(applicant.idNumber, viewer),
    'INVALID_ID_NUMBER',
    ['applicant', 'idNumber'],
    'State your resident identity number (GB 11643): the one that you signed in with, if you did with one.',
  );
  must(/^1\d{10}$/.test(applicant.phone), 'INVALID_PHONE', ['applicant', 'phone'], 'A mobile number has 11 digits.');
  const isForChild = relation === 'CHILD';
  must(isForChild || caseType?.kind !== 'SCHOOLING', 'INVALID_RELATION', ['relation'], 'Schooling is for a child.');
  must(
    isForChild ? child !== null && isDay(child.bornOn) && isBirthDateOfChild(child.bornOn, today) : child === null,
    'INVALID_CHILD',
    ['child'],
    isForChild ? 'A child has a birth date, and is not of age.' : 'Nothing is asked of a child here.',
  );
  return refusals;
}

/** Whether a typed number may be: that which the issuer vouches for or none beside it, else one of the right form. */
function isStatedNumber(typed: string | null, viewer: Viewer): boolean {
  const vouchedFor = viewer.kind === 'applicant' ? viewer.idNumber : undefined;
  if (vouchedFor !== undefined) return typed === null || typed === vouchedFor;
  return typed !== null && residentIdFault(typed) === null;
}
