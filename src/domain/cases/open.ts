/** Opening of a case: the applicant's statements, and the draft made from them. */

import { dayInShanghai, isDay } from '../calendar/day.ts';
import type { ArrangedCaseType } from '../case-types/arrangement.ts';
import type { CaseKind, CaseRoute, CaseTypeFacts } from '../case-types/case-type.ts';
import { childOf, isBirthDateOfChild } from '../eligibility/eligibility.ts';
import { isIdOf } from '../ids.ts';
import { type IdentityFacts, identityAfter, type KnownIdentity } from '../people/identity.ts';
import { maskPerson, type Person } from '../people/person.ts';
import { residentIdFault } from '../people/resident-id.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { Agency } from './agency.ts';
import type { CaseAgreement } from './case-agreement.ts';
import type { StepLimit } from './deadline.ts';
import { type CaseChild, type CaseDocumentFacts, type CaseHead, type Declared, handlerIn, waitedFor } from './file.ts';
import { type CaseEvent, foldCase } from './fold.ts';

export interface CaseOpening {
  readonly zoneId: string;
  /** The zone whose counter receives the application for that zone; null where the deciding zone receives it itself. */
  readonly counterZoneId: string | null;
  readonly parkId: string | null;
  /** The employer; null for an applicant without an employer in the park. */
  readonly enterpriseId: string | null;
  /** The number is null where the issuer of the applicant's token provides it. */
  readonly applicant: Omit<Person, 'idNumber'> & { readonly idNumber: string | null };
  readonly relation: 'SELF' | 'SPOUSE' | 'CHILD' | 'PARENT';
  /** Required for a child, with its birth date. */
  readonly child: { readonly bornOn: string } | null;
  readonly declared: Declared;
}

export type OpeningRefusalCode =
  | 'UNKNOWN_CASE_TYPE'
  | 'NOT_AN_APPLICANT'
  | 'INVALID_ID'
  | 'EMPLOYER_ENDED'
  | 'INVALID_NAME'
  | 'INVALID_ID_NUMBER'
  | 'INVALID_PHONE'
  | 'INVALID_CHILD'
  | 'INVALID_RELATION'
  | 'OTHER_NUMBER_VERIFIED'
  | 'INVALID_ZONE'
  | 'NO_AGREEMENT';

/** A draft as stored. It has personal data in masked form only. */
export interface OpenedCase extends CaseHead {
  readonly id: string;
  readonly receiptNumber: string;
  readonly kind: CaseKind;
  readonly route: CaseRoute;
  readonly caseTypeId: string;
  readonly caseTypeVersion: number;
  /** The arrangement of that version; missing where the case type itself holds. */
  readonly arrangement?: string;
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
  /** Unmasked: for encryption only, and stored nowhere else. */
  readonly applicant: Person;
  readonly event: CaseEvent;
  readonly documents: readonly CaseDocumentFacts[];
  readonly child: CaseChild | null;
}

/** The facts that decide an opening, beside the applicant's statements. */
export interface OpeningGrounds {
  readonly caseType: ArrangedCaseType | null;
  /** The agreement in force between the deciding zone and the counter's zone; null without a counter or an agreement. */
  readonly agreement: CaseAgreement | null;
  readonly names: OpeningNames;
  /** The applicant's earlier number; null where they have stated none. */
  readonly known: KnownIdentity | null;
  /** Set where the employer has ended. */
  readonly isEmployerEnded?: boolean;
}

/** The id and number of a new case. */
export interface OpeningNames {
  readonly id: string;
  readonly receiptNumber: string;
}

/**
 * Opens a case under the current version of its type, and stays on it. The conditions are checked at submission, so
 * that a draft may start earlier.
 */
export function decideOpening(
  opening: CaseOpening,
  { caseType, agreement, names, known, isEmployerEnded }: OpeningGrounds,
  viewer: Viewer,
  now: Date,
): Decision<CaseBeginning, OpeningRefusalCode> {
  const today = dayInShanghai(now);
  const refusals = [...refuseOpening(opening, caseType, viewer, today), ...refuseCounter(opening, agreement)];
  if (refusals.length === 0 && isEmployerEnded) {
    refusals.push({ code: 'EMPLOYER_ENDED', field: ['enterprise'], message: 'The enterprise has ended.' });
  }
  if (refusals.length > 0 || !caseType || viewer.kind !== 'applicant') return { ok: false, refusals };
  const idNumber = viewer.idNumber ?? opening.applicant.idNumber ?? '';
  const identity = identityAfter(known, { idNumber, isVouchedFor: viewer.idNumber !== undefined }, now);
  if (!identity) return { ok: false, refusals: [OTHER_NUMBER_VERIFIED] };
  const at = now.toISOString();
  const rests = agreement && { agreement: agreement.agreementId, days: agreement.terms.handOverDays };
  const event: CaseEvent = { sequence: 1, kind: 'OPENED', at, ...rests };
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
        ...(caseType.arrangement && { arrangement: caseType.arrangement }),
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
        ...(opening.counterZoneId !== null &&
          agreement && { counter: { zoneId: opening.counterZoneId, duties: agreement.terms.duties } }),
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
  message: 'You have another, verified identity number.',
};

/** Refuses a counter in a zone that has no agreement with the deciding zone. */
function refuseCounter(
  { zoneId, counterZoneId }: CaseOpening,
  agreement: CaseAgreement | null,
): Refusal<OpeningRefusalCode>[] {
  const field = ['counterZone'];
  if (counterZoneId === null) return [];
  if (counterZoneId === zoneId) {
    return [{ code: 'INVALID_ZONE', field, message: 'This zone decides the case itself.' }];
  }
  const message = 'The two zones have no agreement on cases across zones in force.';
  return agreement ? [] : [{ code: 'NO_AGREEMENT', field, message }];
}

const MAX_NAME_CHARACTERS = 50;

function refuseOpening(opening: CaseOpening, caseType: CaseTypeFacts | null, viewer: Viewer, today: string) {
  const { applicant, relation, child, zoneId, parkId, enterpriseId } = opening;
  const refusals: Refusal<OpeningRefusalCode>[] = [];
  const must = (holds: boolean, code: OpeningRefusalCode, field: string[], message: string) => {
    if (!holds) refusals.push({ code, field, message });
  };
  const nameLength = [...applicant.name.trim()].length;
  must(viewer.kind === 'applicant', 'NOT_AN_APPLICANT', [], 'Only a signed-in applicant opens a case.');
  must(caseType !== null, 'UNKNOWN_CASE_TYPE', ['caseType'], 'There is no such case type.');
  must(isIdOf('zone', zoneId), 'INVALID_ID', ['zone'], 'This is not the id of a zone.');
  must(parkId === null || isIdOf('park', parkId), 'INVALID_ID', ['park'], 'This is not the id of a park.');
  must(
    enterpriseId === null || isIdOf('ent', enterpriseId),
    'INVALID_ID',
    ['enterprise'],
    'This is not the id of an enterprise.',
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
    'State your resident identity number (GB 11643), or the number that you signed in with.',
  );
  must(/^1\d{10}$/.test(applicant.phone), 'INVALID_PHONE', ['applicant', 'phone'], 'A mobile number has 11 digits.');
  const isForChild = relation === 'CHILD';
  must(isForChild || caseType?.kind !== 'SCHOOLING', 'INVALID_RELATION', ['relation'], 'Schooling is for a child.');
  must(
    isForChild ? child !== null && isDay(child.bornOn) && isBirthDateOfChild(child.bornOn, today) : child === null,
    'INVALID_CHILD',
    ['child'],
    isForChild ? 'State the birth date of a child who is under age.' : 'This case concerns no child.',
  );
  return refusals;
}

/**
 * Returns whether a typed number is acceptable. It must equal the issuer's number or be absent; without an issuer's
 * number, it must be well-formed.
 */
function isStatedNumber(typed: string | null, viewer: Viewer): boolean {
  const vouchedFor = viewer.kind === 'applicant' ? viewer.idNumber : undefined;
  if (vouchedFor !== undefined) return typed === null || typed === vouchedFor;
  return typed !== null && residentIdFault(typed) === null;
}
