/** Changes of cases, of their parts and of personal data. */
import type { Agency } from '../../../src/domain/cases/agency.ts';
import type { OfficerRole } from '../../../src/domain/viewer.ts';
import type { Writer } from '../callers.ts';
import type { Item } from '../stored.ts';
import { found, isOfficer, isSameBut, itemOf, type Judged, type Rule } from './situation.ts';

/** Returns the case that an item of the talent table belongs to. */
function caseOf({ pk }: Item, judged: Judged): Item | undefined {
  return found(judged, 'talent', pk.replace(/^(OUTBOX|UPLOADS)#/, ''), 'CASE');
}

const isOwner = (writer: Writer, of: Item) =>
  writer.kind === 'applicant' && !writer.isForged && writer.person === of.applicantId;

function isHolder({ writer, world }: Judged, of: Item): boolean {
  return writer.kind === 'caseHolder' && world.cases.home[writer.holds ?? 'draft'].id === of.id;
}

export const agenciesAsked = (of: Item) => of.opinionsFrom as readonly Agency[];

const agencyInCharge = (of: Item) => (of.handler as Agency | null) ?? agenciesAsked(of).at(-1);

const byHandler =
  (role: OfficerRole): EventRule =>
  (of, judged) =>
    isOfficer(judged, of.zoneId, role) && judged.writer.agency === agencyInCharge(of);

const byCounter: EventRule = ({ counter }, judged) =>
  isOfficer(judged, (counter as { readonly zoneId: string } | undefined)?.zoneId, 'RECEIVE') &&
  judged.writer.agency === 'PARK';

type EventRule = (of: Item, judged: Judged, event: Item) => boolean;

const byOwner: EventRule = (of, { writer }) => isOwner(writer, of);

const byHolder: EventRule = (of, judged) => isOwner(judged.writer, of) || isHolder(judged, of);

/** The callers who may cause each event of a case. No caller causes an event of the clock. */
const EVENTS: Readonly<Record<string, EventRule>> = {
  OPENED: byOwner,
  DOCUMENT_SUPPLIED: byHolder,
  SUBMITTED: byHolder,
  SUPPLEMENTED: byHolder,
  RATED: byHolder,
  CONSENT_GIVEN: byOwner,
  VERIFIED_DOCUMENT_USED: byOwner,
  VERIFIED_DOCUMENT_WITHDRAWN: byOwner,
  WITHDRAWN: byOwner,
  RECONSIDERATION_REQUESTED: byOwner,
  RECOMMENDED: (of, { writer, world }) =>
    writer.kind === 'clerk' &&
    writer.side !== null &&
    world.enterprises[writer.side] === of.enterpriseId &&
    of.route === 'URGENTLY_NEEDED',
  HANDED_OVER: byCounter,
  ACCEPTED: byHandler('RECEIVE'),
  NOT_ACCEPTED: byHandler('RECEIVE'),
  SUPPLEMENT_REQUESTED: byHandler('RECEIVE'),
  TRANSFERRED: byHandler('RECEIVE'),
  IDENTITY_VERIFIED: (...given) => (['RECEIVE', 'REVIEW', 'DECIDE'] as const).some((role) => byHandler(role)(...given)),
  REVIEW_STARTED: byHandler('REVIEW'),
  SPECIAL_PROCEDURE_STARTED: byHandler('REVIEW'),
  SPECIAL_PROCEDURE_ENDED: byHandler('REVIEW'),
  OPINION_GIVEN: (of, judged, { agency }) =>
    isOfficer(judged, of.zoneId, 'REVIEW') &&
    judged.writer.agency === agency &&
    agenciesAsked(of).some((asked) => asked === agency),
  DEADLINE_EXTENDED: byHandler('DECIDE'),
  PUBLIC_NOTICE_OPENED: byHandler('DECIDE'),
  APPROVED: byHandler('DECIDE'),
  REJECTED: byHandler('DECIDE'),
  DELIVERED: byHandler('DECIDE'),
  CLOSED: byHandler('DECIDE'),
  RECONSIDERATION_TAKEN_UP: byHandler('DECIDE'),
  UPHELD: byHandler('DECIDE'),
  REVERSED: byHandler('DECIDE'),
};

/** A part of a case changes by an event alone, and by a caller who may cause it. */
export const byEvent: Rule = (change, judged) => {
  const of = caseOf(itemOf(change), judged);
  const events = judged.changes.filter(
    ({ before, after }) => before === null && after?.type === 'CaseEvent' && after.pk === of?.pk,
  );
  return (
    of !== undefined &&
    events.length > 0 &&
    events.every(({ after }) => after !== null && (EVENTS[String(after.kind)]?.(of, judged, after) ?? false))
  );
};

/** A contact for news belongs to the applicant of its case. */
export const byContact: Rule = (change, judged) => {
  const { pk } = itemOf(change);
  const of = found(judged, 'talent', pk.replace(/^CONTACT#/, ''), 'CASE');
  return of !== undefined && isOwner(judged.writer, of);
};

/** The address for digests of an officer who works on cases, in the partition's part of their agency and zone. */
export const byDigestContact: Rule = (change, judged) => {
  const { zoneId, agency, officer, sk } = itemOf(change);
  const { writer } = judged;
  const isAtWork = (['RECEIVE', 'REVIEW', 'DECIDE'] as const).some((role) => isOfficer(judged, zoneId, role));
  return isAtWork && writer.agency === agency && sk === `${zoneId}#${agency}#${officer}`;
};

/** A claim is no event: an officer's own, of the agency's list; a colleague's may be released by an officer who decides. */
export const byClaim: Rule = (change, judged) => {
  const { before, after } = change;
  if (!before || !after || !isSameBut(before, after, 'claim')) return byEvent(change, judged);
  const { writer } = judged;
  const isColleague = (['RECEIVE', 'REVIEW', 'DECIDE'] as const).some((role) => isOfficer(judged, before.zoneId, role));
  if (!isColleague || writer.agency !== before.agency) return false;
  const holder = (before.claim as { readonly by: string } | null | undefined)?.by;
  if (holder !== undefined && holder !== writer.person)
    return !after.claim && (writer.roles?.includes('DECIDE') ?? false);
  return !after.claim || (after.claim as { readonly by: string }).by === writer.person;
};

/** A place is taken by an approval and given back by a reversal; its end is no event, and belongs to the officer who decides. */
export const byPlace: Rule = (change, judged) => {
  const { before, after } = change;
  if (!before || !after || before.endedAt !== null) return byEvent(change, judged);
  const of = caseOf(after, judged);
  const isEnded = after.endedAt !== null && after.facilityId === before.facilityId;
  return byEvent(change, judged) || (isEnded && of !== undefined && byHandler('DECIDE')(of, judged, after));
};

/** A counter of places moves with a case's place alone, by one, in the zone of that case. */
export const byPlaces: Rule = ({ before, after }, judged) => {
  if (!before || !after) return false;
  const places = judged.changes.filter(
    ({ after: place }) => place?.type === 'CasePlace' && place.facilityId === after.pk,
  );
  return (
    places.length === 1 &&
    places.every((place) => byPlace(place, judged) && caseOf(itemOf(place), judged)?.zoneId === after.zoneId) &&
    Math.abs(Number(after.taken) - Number(before.taken)) === 1
  );
};

/** A caller who may supply a file announces it; an event supplies it. */
export const byUpload: Rule = (change, judged) => {
  const of = caseOf(itemOf(change), judged);
  if (change.before === null) return of !== undefined && byHolder(of, judged, itemOf(change));
  return byEvent(change, judged);
};

/** A case's secret is its applicant's alone. */
export const bySecret: Rule = (change, judged) => {
  const receipt = itemOf(change).pk.slice('RECEIPT#'.length);
  const cases = [...judged.before.values()].map(({ item }) => item).concat(judged.changes.map(itemOf));
  const of = cases.find((item) => item.type === 'TalentCase' && item.receiptNumber === receipt);
  return of !== undefined && isOwner(judged.writer, of);
};

/** A person is listed for searches by themselves, and in another zone by the officer who transfers a case of theirs to it. */
export const bySearches: Rule = (change, judged) => {
  if (ofOneself(change, judged)) return true;
  const moved = judged.changes.find(({ after }) => after?.kind === 'TRANSFERRED');
  const applicant = moved && byEvent(moved, judged) ? caseOf(itemOf(moved), judged)?.applicantId : undefined;
  return applicant !== undefined && applicant === personOf(itemOf(change));
};

/** Personal data belong to the applicant, and no other caller changes them; an officer who verifies them notes it. */
export const ofOneself: Rule = (change, judged) => {
  const { writer } = judged;
  const person = personOf(itemOf(change));
  if (writer.kind === 'applicant' && !writer.isForged && person === writer.person) return true;
  const recorded = judged.changes.find(({ after }) => after?.type === 'PersonFacts' && after.personId === person);
  if (recorded) return byAgencyRegister(recorded, judged);
  const verified = judged.changes.find(({ after }) => after?.kind === 'IDENTITY_VERIFIED');
  return (
    verified !== undefined && byEvent(verified, judged) && caseOf(itemOf(verified), judged)?.applicantId === person
  );
};

/** Facts of a register are recorded by an officer of its agency, which works on a case of the person in the officer's zone. */
export const byAgencyRegister: Rule = (change, judged) => {
  const { agency, personId } = itemOf(change);
  const { writer, before } = judged;
  const cases = [...before.values()].map(({ item }) => item).filter(({ type }) => type === 'TalentCase');
  return (
    writer.agency === agency &&
    cases.some(
      (of) =>
        of.applicantId === personId &&
        (agenciesAsked(of).includes(agency as Agency) || agencyInCharge(of) === agency) &&
        (['RECEIVE', 'REVIEW', 'DECIDE'] as const).some((role) => isOfficer(judged, of.zoneId, role)),
    )
  );
};

/** Returns the person of an item of personal data. */
const personOf = ({ pk, personId }: Item): unknown => personId ?? pk.replace(/^PERSON#/, '');

/**
 * That an officer opened something is recorded, where they may: in the role, of an agency with a part in the case, which they
 * have claimed or give an emergency for.
 */
export const byReveal: Rule = (change, judged) => {
  const said = JSON.stringify(itemOf(change));
  const cases = [...judged.before.values()].map(({ item }) => item).filter((item) => item.type === 'TalentCase');
  const opened = cases.filter(({ id }) => said.includes(String(id)));
  return opened.length > 0 && opened.every((of) => mayReveal(of, judged));
};

function mayReveal(of: Item, judged: Judged): boolean {
  const { agency, person } = judged.writer;
  const work = judged.before.get(`talent ${of.pk} WORK#${agency}`)?.item;
  const isClaimed = (work?.claim as { readonly by: string } | null | undefined)?.by === person;
  return (
    isOfficer(judged, of.zoneId, 'REVEAL') &&
    (agency === 'PARK' || agency === agencyInCharge(of) || agenciesAsked(of).some((asked) => asked === agency)) &&
    (isClaimed || judged.input.emergency !== undefined)
  );
}

/** Whole values that an officer opens on a day are counted for that officer. */
export const byCounted: Rule = (_, judged) =>
  judged.changes.some((change) => itemOf(change).type === 'AccessWaiting' && byReveal(change, judged));
