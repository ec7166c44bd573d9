/**
 * Who may have made a change, read from the stored items alone: by what they say of zone, agency, applicant and enterprise.
 * Said here anew, by hand: neither the table of writes nor the relations of `src` are asked. A type of item that no rule
 * names may be changed by nobody.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Agency } from '../../src/domain/cases/agency.ts';
import type { OfficerRole } from '../../src/domain/viewer.ts';
import type { Writer } from './callers.ts';
import type { InputWorld } from './inputs.ts';
import type { Change, Item, Stored } from './stored.ts';

export interface Judged {
  readonly world: InputWorld;
  /** Everything, before the attempt. */
  readonly before: Stored;
  readonly writer: Writer;
  readonly input: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
}

type Rule = (change: Change, judged: Judged) => boolean;

/** Returns a sentence for each change that its caller may not make. */
export function judge(judged: Judged): readonly string[] {
  return judged.changes
    .filter((change) => !isAllowed(change, judged))
    .map((change) => {
      const { store, before, after } = change;
      const { type, pk, sk } = itemOf(change);
      return `${before ? (after ? 'changed' : 'removed') : 'made'} ${store} ${String(type)} ${pk} ${sk}`;
    });
}

function isAllowed(change: Change, judged: Judged): boolean {
  const type = String(itemOf(change).type);
  return Object.hasOwn(RULES, type) && (RULES[type]?.(change, judged) ?? false);
}

const itemOf = ({ before, after }: Change): Item => after ?? before ?? { pk: '', sk: '' };

/** What is there before, or what the attempt has made. */
function found({ before, changes }: Judged, store: string, pk: string, sk: string): Item | undefined {
  return (
    before.get(`${store} ${pk} ${sk}`)?.item ??
    changes.map(itemOf).find((item) => item.pk === pk && item.sk === sk) ??
    undefined
  );
}

// Cases

/** The case that an item of the talent table belongs to. */
function caseOf({ pk }: Item, judged: Judged): Item | undefined {
  return found(judged, 'talent', pk.replace(/^(OUTBOX|UPLOADS)#/, ''), 'CASE');
}

const isOwner = (writer: Writer, of: Item) =>
  writer.kind === 'applicant' && !writer.isForged && writer.person === of.applicantId;

function isHolder({ writer, world }: Judged, of: Item): boolean {
  return writer.kind === 'caseHolder' && world.cases.home[writer.holds ?? 'draft'].id === of.id;
}

function isOfficer({ writer, world }: Judged, zone: unknown, role: OfficerRole): boolean {
  const { kind, side, roles = [] } = writer;
  return kind === 'officer' && side !== null && world.zones[side] === zone && roles.includes(role);
}

const agenciesAsked = (of: Item) => of.opinionsFrom as readonly Agency[];
const agencyInCharge = (of: Item) => (of.handler as Agency | null) ?? agenciesAsked(of).at(-1);

const byHandler =
  (role: OfficerRole): EventRule =>
  (of, judged) =>
    isOfficer(judged, of.zoneId, role) && judged.writer.agency === agencyInCharge(of);

type EventRule = (of: Item, judged: Judged, event: Item) => boolean;

const byOwner: EventRule = (of, { writer }) => isOwner(writer, of);
const byHolder: EventRule = (of, judged) => isOwner(judged.writer, of) || isHolder(judged, of);

/** Who may make each event of a case happen. What the clock does nobody may. */
const EVENTS: Readonly<Record<string, EventRule>> = {
  OPENED: byOwner,
  DOCUMENT_SUPPLIED: byHolder,
  SUBMITTED: byHolder,
  SUPPLEMENTED: byHolder,
  RATED: byHolder,
  CONSENT_GIVEN: byOwner,
  WITHDRAWN: byOwner,
  RECONSIDERATION_REQUESTED: byOwner,
  RECOMMENDED: (of, { writer, world }) =>
    writer.kind === 'clerk' &&
    writer.side !== null &&
    world.enterprises[writer.side] === of.enterpriseId &&
    of.route === 'URGENTLY_NEEDED',
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

/** A part of a case changes by an event alone, and by who may make that event happen. */
const byEvent: Rule = (change, judged) => {
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

/** A claim is no event: an officer's own, of the agency's list; a colleague's may be released by who decides. */
const byClaim: Rule = (change, judged) => {
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

/** A place is taken by an approval and given back by a reversal; its end is no event, and is of who decides the case. */
const byPlace: Rule = (change, judged) => {
  const { before, after } = change;
  if (!before || !after || before.endedAt !== null) return byEvent(change, judged);
  const of = caseOf(after, judged);
  const isEnded = after.endedAt !== null && after.facilityId === before.facilityId;
  return byEvent(change, judged) || (isEnded && of !== undefined && byHandler('DECIDE')(of, judged, after));
};

/** A counter of places moves with a case's place alone, by one, in the zone of that case. */
const byPlaces: Rule = ({ before, after }, judged) => {
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

function isSameBut(a: Item, b: Item, attribute: string): boolean {
  const rest = (item: Item) => JSON.stringify(Object.entries({ ...item, [attribute]: null }).sort());
  return rest(a) === rest(b);
}

/** A file is announced by who may supply it; it is supplied by an event. */
const byUpload: Rule = (change, judged) => {
  const of = caseOf(itemOf(change), judged);
  if (change.before === null) return of !== undefined && byHolder(of, judged, itemOf(change));
  return byEvent(change, judged);
};

/** A case's secret is its applicant's alone. */
const bySecret: Rule = (change, judged) => {
  const receipt = itemOf(change).pk.slice('RECEIPT#'.length);
  const cases = [...judged.before.values()].map(({ item }) => item).concat(judged.changes.map(itemOf));
  const of = cases.find((item) => item.type === 'TalentCase' && item.receiptNumber === receipt);
  return of !== undefined && isOwner(judged.writer, of);
};

/** Personal data are kept of who applies, and changed by nobody else; an officer who verifies them notes that they have. */
const ofOneself: Rule = (change, judged) => {
  const { writer } = judged;
  const person = personOf(itemOf(change));
  if (writer.kind === 'applicant' && !writer.isForged && person === writer.person) return true;
  const verified = judged.changes.find(({ after }) => after?.kind === 'IDENTITY_VERIFIED');
  return (
    verified !== undefined && byEvent(verified, judged) && caseOf(itemOf(verified), judged)?.applicantId === person
  );
};

/** The person of an item of personal data. */
const personOf = ({ pk, personId }: Item): unknown => personId ?? pk.replace(/^PERSON#/, '');

/**
 * That an officer opened something is recorded, where they may: in the role, of an agency with a part in the case, which they
 * have claimed or give an emergency for.
 */
const byReveal: Rule = (change, judged) => {
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

/** What an officer has opened on a day is counted for that officer. */
const byCounted: Rule = (_, judged) =>
  judged.changes.some((change) => itemOf(change).type === 'AccessWaiting' && byReveal(change, judged));

// Enterprises and parks

/** The zone of a park, as the enterprises table knows it. */
const zoneOfPark = (park: unknown, judged: Judged) => found(judged, 'enterprises', `PARK#${park}`, 'PARK')?.zoneId;

/** The enterprise as it was before the attempt; undefined for a new one. */
const enterpriseBefore = (id: unknown, { before }: Judged) => before.get(`enterprises ${id} ENTERPRISE`)?.item;

function speaksFor({ writer, world }: Judged, id: unknown): boolean {
  if (writer.kind !== 'clerk' || writer.side === null) return false;
  return world.registered[writer.side][writer.speaksFor ?? 'settled'].id === id;
}

const isAdmin = ({ writer }: Judged) => writer.kind === 'admin';

type RegisterRule = (event: Item, judged: Judged, before: Item | undefined) => boolean;

const byClerk: RegisterRule = ({ enterpriseId }, judged) => speaksFor(judged, enterpriseId);
const byAdmin: RegisterRule = (_, judged) => isAdmin(judged);
const byHost: RegisterRule = ({ parkId }, judged) => isOfficer(judged, zoneOfPark(parkId, judged), 'REGISTER');
const either =
  (...rules: readonly RegisterRule[]): RegisterRule =>
  (...given) =>
    rules.some((rule) => rule(...given));
const byZoneOfMove =
  (end: 'fromZoneId' | 'toZoneId'): RegisterRule =>
  (_, judged, before) =>
    isOfficer(judged, (before?.move as Record<string, unknown> | null)?.[end] ?? 'none', 'REGISTER');

const byHome: RegisterRule = (_, judged, before) =>
  before?.registration === 'CONFIRMED' && isOfficer(judged, before.homeZoneId, 'REGISTER');

/** A clerk of a successor that the stated succession names. */
const byClerkOfSuccessor: RegisterRule = (_, judged, before) => {
  const succession = before?.succession as { readonly successorIds: readonly string[] } | undefined;
  return succession?.successorIds.some((id) => speaksFor(judged, id)) ?? false;
};

/** What a clerk proposes changes nothing but what is proposed. */
const PROPOSED = { proposals: null, succession: null, version: null };
const byProposer: RegisterRule = (event, judged, before) => {
  const after = enterpriseAfter(event.enterpriseId, judged);
  const isUnchanged = isDeepStrictEqual({ ...after, ...PROPOSED }, { ...before, ...PROPOSED });
  return either(byClerk, byAdmin)(event, judged, before) && isUnchanged;
};

/** Who may bring about each event of the register. */
const REGISTER_EVENTS: Readonly<Record<string, RegisterRule>> = {
  // A registration makes an enterprise, or makes a void one anew; it takes none over.
  REGISTERED: (event, judged, before) =>
    (before === undefined || before.registration === 'VOID') && either(byHost, byAdmin)(event, judged, before),
  CONFIRMED: either(byClerk, byAdmin),
  CHALLENGED: (event, judged, before) =>
    byClerk(event, judged, before) ||
    (judged.writer.kind === 'officer' &&
      (judged.writer.roles?.includes('REGISTER') ?? false) &&
      !isOfficer(judged, before?.homeZoneId, 'REGISTER')),
  CHALLENGE_UPHELD: (event, judged, before) =>
    (event.reason === 'NOT_AGREED' ? either(byClerk, byAdmin) : byAdmin)(event, judged, before),
  CHALLENGE_REJECTED: byAdmin,
  ADMISSION_AGREED: byClerk,
  ADMISSION_RECORDED: byHost,
  ADMITTED: either(byClerk, byHost),
  ADMISSION_ENDED: either(byClerk, byHost),
  MOVE_REQUESTED: byClerk,
  MOVE_WITHDRAWN: byClerk,
  MOVE_ACCEPTED: byZoneOfMove('toZoneId'),
  MOVE_OBJECTED: byZoneOfMove('fromZoneId'),
  MOVE_REFUSED: byAdmin,
  MOVED: either(byZoneOfMove('fromZoneId'), byAdmin),
  PROPOSED: byProposer,
  PROPOSAL_REJECTED: byHome,
  CHANGED: byHome,
  LEFT: byHome,
  SUCCESSION_STATED: byProposer,
  SUCCESSION_ENDED: either(byClerk, byClerkOfSuccessor, byHome, byAdmin),
  SUCCEEDED: byHome,
  BECAME_SUCCESSOR: byHome,
};

/** The enterprise as the attempt has left it; undefined where it hasn't changed it. */
const enterpriseAfter = (id: unknown, judged: Judged) =>
  found({ ...judged, before: new Map() }, 'enterprises', String(id), 'ENTERPRISE');

/** What the home zone's officers and the administration change without an event: an enterprise's facts. */
const HELD_BY_REGISTER = ['homeZoneId', 'registration', 'challenge', 'admissions', 'move'] as const;

/** An enterprise is changed by an event of its register, and by who may bring that about; its facts by its home zone. */
const byRegister: Rule = (change, judged) => {
  const item = itemOf(change);
  const id = item.enterpriseId ?? item.id ?? item.pk;
  const before = enterpriseBefore(id, judged);
  const events = judged.changes.filter(
    ({ before: was, after }) => was === null && after?.type === 'RegisterEvent' && after.enterpriseId === id,
  );
  if (events.length > 0) {
    return events.every(
      ({ after }) => after !== null && (REGISTER_EVENTS[String(after.kind)]?.(after, judged, before) ?? false),
    );
  }
  if (!before || !(isAdmin(judged) || isOfficer(judged, before.homeZoneId, 'REGISTER'))) return false;
  const after = enterpriseAfter(id, judged) ?? before;
  return HELD_BY_REGISTER.every((name) => JSON.stringify(after[name]) === JSON.stringify(before[name]));
};

/** Daily reports: by the enterprise, or for it by an officer of its home or of a zone that hosts it, once it is confirmed. */
const byReporter: Rule = (change, judged) => {
  const enterprise = enterpriseBefore(itemOf(change).pk, judged);
  if (!enterprise) return false;
  if (speaksFor(judged, enterprise.id)) return true;
  const admissions = enterprise.admissions as readonly { readonly zoneId: string; readonly state: string }[];
  const hosts = admissions.filter(({ state }) => state === 'OPEN').map(({ zoneId }) => zoneId);
  return (
    enterprise.registration === 'CONFIRMED' &&
    [enterprise.homeZoneId, ...hosts].some((zone) => isOfficer(judged, zone, 'REPORT'))
  );
};

/** A confirmed enterprise is tracked by officers of its home zone. */
const byTracker: Rule = (change, judged) => {
  const enterprise = enterpriseBefore(itemOf(change).pk, judged);
  return enterprise?.registration === 'CONFIRMED' && isOfficer(judged, enterprise.homeZoneId, 'TRACK');
};

/** The steps of a support request that are the enterprise's own; its home zone's officers go the others. */
const STEPS_OF_CLERK: readonly unknown[] = ['REQUESTED', 'RATED', 'WITHDRAWN'];

/** A support request changes by one step: its last event says which. Nothing else of it is rewritten. */
const byStep: Rule = ({ before, after }, judged) => {
  if (!after || (before && before.enterpriseId !== after.enterpriseId)) return false;
  const events = after.events as readonly { readonly kind: string }[];
  const had = ((before?.events ?? []) as readonly unknown[]).length;
  if (events.length !== had + 1) return false;
  if (STEPS_OF_CLERK.includes(events.at(-1)?.kind)) return speaksFor(judged, after.enterpriseId);
  const enterprise = enterpriseBefore(after.enterpriseId, judged);
  return enterprise?.registration === 'CONFIRMED' && isOfficer(judged, enterprise.homeZoneId, 'TRACK');
};

/** A project is the office's of its park's zone, and stays in its park; the administration may write it too. */
const byProjectOffice: Rule = ({ before, after }, judged) => {
  if (!after || (before && before.parkId !== after.parkId)) return false;
  return isAdmin(judged) || isOfficer(judged, zoneOfPark(after.parkId, judged), 'PUBLISH');
};

/** A directive is its issuing zone's, to parks of that zone; the administration may write it too. */
const byDirectiveOffice: Rule = (change, judged) => {
  const id = String(itemOf(change).directiveId ?? itemOf(change).pk);
  const directive = found(judged, 'enterprises', id, 'DIRECTIVE');
  if (!directive || isAdmin(judged)) return directive !== undefined;
  const { zoneId } = directive.issuer as { readonly zoneId: unknown };
  const parks = directive.parks as readonly { readonly parkId: string }[];
  return isOfficer(judged, zoneId, 'PUBLISH') && parks.every(({ parkId }) => zoneOfPark(parkId, judged) === zoneId);
};

/** An answer is the enterprise's own, or the office's of a park's zone or the administration's; a count and a version follow an answer. */
const byAddressee: Rule = (change, judged) => {
  const answer =
    itemOf(change).type === 'DirectiveAnswer'
      ? itemOf(change)
      : judged.changes.map(itemOf).find(({ type, pk }) => type === 'DirectiveAnswer' && pk === itemOf(change).pk);
  if (!answer) return false;
  if (answer.enterpriseId !== null) return speaksFor(judged, answer.enterpriseId);
  return isAdmin(judged) || isOfficer(judged, zoneOfPark(answer.parkId, judged), 'PUBLISH');
};

/** An inspection is the inspecting agency's, of the park's zone; the enterprise that mends reports its mendings alone. */
const byInspector: Rule = ({ before, after }, judged) => {
  const keeps = ['parkId', 'zoneId', 'agency', 'facilityId', 'enterpriseId', 'inspectedOn'];
  if (!after || (before && keeps.some((name) => before[name] !== after[name]))) return false;
  const isReported = before !== null && JSON.stringify(after.findings).includes('REPORTED');
  if (isReported) return speaksFor(judged, after.enterpriseId);
  return after.agency === judged.writer.agency && isOfficer(judged, zoneOfPark(after.parkId, judged), 'TRACK');
};

/** A course is the office's of its park; the administration may write it too. */
const byCourseOffice: Rule = (change, judged) => {
  const course = found(judged, 'enterprises', itemOf(change).pk, 'COURSE');
  if (!course) return false;
  return isAdmin(judged) || isOfficer(judged, zoneOfPark(course.parkId, judged), 'PUBLISH');
};

/** An enrolment is the enterprise's own, but for the attendance, which the park's office records. */
const byParticipant: Rule = (change, judged) => {
  const { before, after } = change;
  if (!after) return false;
  return after.attended === null && before?.staff !== after.staff
    ? speaksFor(judged, after.enterpriseId)
    : before !== null &&
        isSameBut({ ...before, version: after.version }, after, 'attended') &&
        byCourseOffice(change, judged);
};

/** Places follow a course or an enrolment. */
const byCoursePlaces: Rule = (change, judged) =>
  judged.changes.some((each) => {
    const { type, pk } = itemOf(each);
    if (pk !== itemOf(change).pk) return false;
    return (type === 'Course' && byCourseOffice(each, judged)) || (type === 'Enrolment' && byParticipant(each, judged));
  });

/** Whether the caller speaks for the publisher of an offer: its enterprise's clerk, or its zone's office. */
function speaksForOffer({ enterpriseId, zoneId }: Item, judged: Judged): boolean {
  if (isAdmin(judged)) return true;
  return enterpriseId === null ? isOfficer(judged, zoneId, 'PUBLISH') : speaksFor(judged, enterpriseId);
}

/** An offer is its publisher's, and stays so. */
const byOfferer: Rule = ({ before, after }, judged) =>
  after !== null &&
  (!before || (before.enterpriseId === after.enterpriseId && before.zoneId === after.zoneId)) &&
  speaksForOffer(after, judged);

/** Interest is shown and withdrawn by the enterprise, and accepted by the publisher. */
const byInterested: Rule = ({ before, after }, judged) => {
  if (!after) return false;
  if (!before || after.state === 'WITHDRAWN') return speaksFor(judged, after.enterpriseId);
  const offer = found(judged, 'enterprises', after.pk, 'OFFER');
  return offer !== undefined && speaksForOffer(offer, judged);
};

/** The rules of records whose current item is of the version's type. */
/** Returns the zones that have signed an agreement, or a change of it: each names the zones that it needs. */
function zonesThatSigned(item: Item | null | undefined): readonly string[] {
  const change = item?.change as { readonly signers?: unknown } | undefined;
  return [item?.parties, change?.signers]
    .flatMap((signers) => (signers ?? []) as readonly { readonly zoneId: string; readonly signedOn: string | null }[])
    .filter(({ signedOn }) => signedOn !== null)
    .map(({ zoneId }) => zoneId);
}

/**
 * An agreement and its changes are proposed, signed and declined by a party's officers, each for their own zone, and
 * withdrawn by its proposer's.
 */
const byParty: Rule = (_, judged) => {
  const { before, after } = judged.changes.find((each) => itemOf(each).type === 'Agreement') ?? {};
  if (!after) return false;
  const signed = zonesThatSigned;
  const parties = after.parties as readonly { readonly zoneId: string }[];
  const isSignedByOthers = signed(after).some(
    (zone) => !signed(before).includes(zone) && !isOfficer(judged, zone, 'PUBLISH'),
  );
  const isWithdrawnByOthers = after.status === 'WITHDRAWN' && !isOfficer(judged, after.proposedBy, 'PUBLISH');
  return (
    parties.some(({ zoneId }) => isOfficer(judged, zoneId, 'PUBLISH')) && !isSignedByOthers && !isWithdrawnByOthers
  );
};

/** A coverage is added by the policy's zone, which stays, and ended by that or the covered one. */
const byCoverage: Rule = (_, judged) => {
  const { before, after } = judged.changes.find((each) => itemOf(each).type === 'PolicyCoverage') ?? {};
  if (!after) return false;
  const zones = before ? [before.fromZoneId, before.toZoneId] : [after.fromZoneId];
  const policy = found(judged, 'linkages', String(after.policyId), 'FACTS');
  const isTheirs = ((policy?.homeZoneIds ?? []) as readonly unknown[]).includes(after.fromZoneId);
  return isTheirs && zones.some((zone) => isOfficer(judged, zone, 'PUBLISH'));
};

/** An entry of a ledger is made for its zone, by an officer who publishes or by the zone's system. Nothing else changes it. */
const byLedgerParty: Rule = (_, judged) => {
  const entries = judged.changes.filter((each) => itemOf(each).type === 'LedgerEntry');
  const [{ before, after } = { before: null, after: null }] = entries;
  const { kind, side } = judged.writer;
  const isSystem = kind === 'partner' && side !== null && judged.world.zones[side] === after?.zone;
  return entries.length === 1 && before === null && (isSystem || isOfficer(judged, after?.zone, 'PUBLISH'));
};

/** A zone's keys and endpoints are changed by its system alone. */
const bySystem: Rule = (change, { writer, world }) =>
  writer.kind === 'partner' && writer.side !== null && itemOf(change).zone === world.zones[writer.side];

/** A delivery waits again because the system of its endpoint's zone asked for it. */
const byRedelivering: Rule = (change, judged) => {
  const { writer, before, world } = judged;
  const { caseId, endpointId } = itemOf(change);
  const isOfZone = (item: Item | undefined) => writer.side !== null && item?.zone === world.zones[writer.side];
  const endpoint = [...before.values()].find(({ item }) => item.type === 'Webhook' && item.sk === endpointId)?.item;
  return writer.kind === 'partner' && isOfZone(endpoint) && typeof caseId === 'string' && change.before !== null;
};

/** An entry comes with its case's event, or waits again with a delivery. */
const byOutbox: Rule = (change, judged) => {
  const delivery = judged.changes.find((each) => itemOf(each).type === 'Delivery');
  return delivery ? byRedelivering(delivery, judged) : byEvent(change, judged);
};

const BY_TYPE: Readonly<Record<string, Rule>> = {
  Project: byProjectOffice,
  Inspection: byInspector,
  Directive: byDirectiveOffice,
  DirectiveAnswer: byAddressee,
  Offer: byOfferer,
  OfferInterest: byInterested,
  Course: byCourseOffice,
  Enrolment: byParticipant,
};

/** A version stands for its record. */
const byVersioned: Rule = (change, judged) => {
  if (change.store === 'parks') return byRecordPublisher(change, judged);
  const { of, pk } = itemOf(change);
  if (of === 'Agreement') return byParty(change, judged);
  if (of === 'PolicyCoverage') return byCoverage(change, judged);
  if (of === 'SigningRule') return isOfficer(judged, pk, 'PUBLISH');
  if (of === 'Tracking') return byTracker(change, judged);
  const current = judged.changes.find((each) => itemOf(each).type === of && itemOf(each).pk === pk);
  const rule = BY_TYPE[String(of)] ?? byStep;
  return change.before === null && current !== undefined && rule(current, judged);
};

/** A simulation is counted and logged in the zone of the publisher who made it. */
const bySimulating: Rule = (change, judged) => {
  const [zone = ''] = itemOf(change).pk.split('#');
  return zone === 'ADMIN' ? judged.writer.kind === 'admin' : isOfficer(judged, zone, 'PUBLISH');
};

/** A park's figures of a day are published by an officer who publishes them; else they follow a proposal. */
const byFigures: Rule = (change, judged) => {
  const proposals = judged.changes.filter((each) => itemOf(each).type === 'FiguresProposal');
  if (proposals.length > 0) return proposals.every((each) => byProposal(each, judged));
  return isOfficerOfPark(change, judged, 'PUBLISH_FIGURES');
};

function isOfficerOfPark(change: Change, judged: Judged, role: OfficerRole): boolean {
  const zone = zoneOfPark(itemOf(change).pk.split('#')[1], judged);
  return zone !== undefined && isOfficer(judged, zone, role);
}

/** A proposal is made in one's own name and withdrawn by its proposer; another person with the role decides it. */
const byProposal: Rule = (change, judged) => {
  const { before, after } = change;
  if (!after) return false;
  const isOwn = (before ?? after).proposedBy === judged.writer.person;
  if (!before) return isOwn && isOfficerOfPark(change, judged, 'PUBLISH_FIGURES');
  if (after.state === 'WITHDRAWN') return isOwn && isOfficerOfPark(change, judged, 'PUBLISH_FIGURES');
  return !isOwn && isOfficerOfPark(change, judged, 'ACCEPT_FIGURES');
};

/** The agency that decides the cases answers for their type, in any zone; the administration may too. */
const byPublisher: Rule = (change, { writer, before }) => {
  const item = itemOf(change);
  const decides = agenciesAsked(before.get(`talent ${item.pk} CURRENT`)?.item ?? item).at(-1);
  return (
    writer.kind === 'admin' ||
    (writer.kind === 'officer' && (writer.roles?.includes('PUBLISH') ?? false) && writer.agency === decides)
  );
};

/** A zone's record is the administration's; a park's is of its zone's publishers too. A version stands for its record. */
const byRecordPublisher: Rule = (change, judged) => {
  const { before, writer } = judged;
  const { pk } = itemOf(change);
  if (itemOf(change).of === 'ObservationsProposal') return byObservations(change, judged);
  if (itemOf(change).of === 'UnitPosts' && writer.kind === 'clerk') {
    const current = judged.changes.find((each) => itemOf(each).type === 'UnitPosts')?.after;
    return change.before === null && current != null && isOwnUnit(current, judged);
  }
  if (writer.kind === 'admin') return true;
  if (pk.startsWith('policy_')) return byIssuer(change, judged);
  const park = before.get(`parks ${pk} PARK`)?.item ?? found(judged, 'parks', pk, 'PARK');
  return park !== undefined && isOfficer(judged, park.zoneId, 'PUBLISH');
};

/**
 * A joint unit's answer is of the agency that answers for it; all else of its posts is the park's publishers', and the
 * clerk's whose enterprise is the unit.
 */
const byPosts: Rule = (change, judged) => {
  const { before, after } = change;
  const isAnswer =
    before !== null && after !== null && isSameBut({ ...before, version: after.version }, after, 'answer');
  const { agency, kind } = judged.writer;
  const isOwn = kind === 'clerk' && after !== null && isOwnUnit(after, judged);
  if (!isAnswer || !after.answer) return (isOwn || byRecordPublisher(change, judged)) && !after?.answer;
  return kind === 'officer' && agency === 'PSB' && byRecordPublisher(change, judged);
};

/** Whether the caller's enterprise is the unit of a list of posts, as the park had it before. */
function isOwnUnit({ parkId, unitCode }: Item, judged: Judged): boolean {
  const control = judged.before.get(`parks ${String(parkId)} CONTROL`)?.item;
  const units = (control?.units ?? []) as readonly { readonly id: string; readonly enterpriseId?: string }[];
  const unit = units.find(({ id }) => id === unitCode);
  return unit?.enterpriseId !== undefined && speaksFor(judged, unit.enterpriseId);
}

/** A zone's policy is of that zone's publishers, and holds in that zone alone; the administration publishes all. */
const byIssuer: Rule = (change, judged) => {
  if (judged.writer.kind === 'admin') return true;
  const id = itemOf(change).policyId ?? itemOf(change).pk;
  const policy = judged.before.get(`parks ${String(id)} POLICY`)?.item ?? found(judged, 'parks', String(id), 'POLICY');
  const { code, zoneId } = (policy?.issuer ?? {}) as { code?: string; zoneId?: string | null };
  const isOwn = zoneId != null && zoneId === `zone_${code}` && isOfficer(judged, zoneId, 'PUBLISH');
  const after = judged.changes.find(({ after: item }) => item?.type === 'Policy' && item.pk === id)?.after;
  return isOwn && (!after || JSON.stringify(after.homeZoneIds) === JSON.stringify([zoneId]));
};

/** Observations are proposed by the park's publishers in their own name, and published by another person's acceptance. */
const byObservations: Rule = (change, judged) => {
  const { writer, changes } = judged;
  const proposal = changes.find(({ after }) => after?.type === 'ObservationsProposal')?.after;
  if (!proposal) return false;
  const zone = zoneOfPark(proposal.pk, judged) ?? found(judged, 'parks', proposal.pk, 'PARK')?.zoneId;
  const may = (...roles: OfficerRole[]) =>
    writer.kind === 'admin' || roles.some((role) => isOfficer(judged, zone, role));
  const isOwn = proposal.proposedBy === writer.person;
  if (proposal.state === 'PROPOSED') return isOwn && may('PUBLISH') && itemOf(change).type !== 'Observation';
  return !isOwn && proposal.decidedBy === writer.person && may('PUBLISH', 'ACCEPT_FIGURES');
};

/** What a caller was answered is remembered under the caller's own name. */
const byCaller: Rule = (change, { writer, world }) => {
  const ofHolder = writer.kind === 'caseHolder' && world.cases.home[writer.holds ?? 'draft'].id;
  const ofSystem = writer.kind === 'partner' && writer.side !== null && world.zones[writer.side];
  const name = ofHolder || ofSystem || writer.person;
  return !writer.isForged && itemOf(change).pk.includes(`"${name}"`);
};

/** Who may change what, by the type of the item. */
const RULES: Readonly<Record<string, Rule>> = {
  Budget: () => true,
  Idempotency: byCaller,
  TalentCase: byEvent,
  ApplicantCase: byEvent,
  Receipt: byReceipt,
  CaseEvent: byEvent,
  CaseDocument: byEvent,
  DocumentVersion: byEvent,
  CaseChild: byEvent,
  Opinion: byEvent,
  CasePlace: byPlace,
  FacilityPlaces: byPlaces,
  Due: byEvent,
  Outbox: byOutbox,
  Delivery: byRedelivering,
  ApiKey: bySystem,
  Webhook: bySystem,
  Usage: () => true,
  Work: byClaim,
  Upload: byUpload,
  CaseSecret: bySecret,
  Person: ofOneself,
  PersonKeys: ofOneself,
  IdNumber: ofOneself,
  AccessWaiting: byReveal,
  Reveals: byCounted,
  CaseType: byPublisher,
  CaseTypeVersion: byPublisher,
  Zone: byRecordPublisher,
  Park: byRecordPublisher,
  CalendarYear: byRecordPublisher,
  ObservationsProposal: byObservations,
  Observation: byObservations,
  Policy: byIssuer,
  PolicyClauses: byIssuer,
  PolicyInForce: byIssuer,
  ParkFacilities: byRecordPublisher,
  ParkControl: byRecordPublisher,
  UnitPosts: byPosts,
  Indicator: byRecordPublisher,
  RecordVersion: byVersioned,
  Agreement: byParty,
  AgreementParty: byParty,
  OpenProposals: byParty,
  PolicyCoverage: byCoverage,
  AgreementCoverages: byCoverage,
  PolicyCoverages: byCoverage,
  ZonePolicies: byCoverage,
  ReplacedTerms: byParty,
  SigningRule: (change, judged) => isOfficer(judged, itemOf(change).zoneId, 'PUBLISH'),
  ZoneLinks: byParty,
  Ledger: byLedgerParty,
  LedgerEntry: byLedgerParty,
  LedgerAccount: byLedgerParty,
  Tracking: byTracker,
  SupportRequest: byStep,
  ...BY_TYPE,
  InspectionEntry: (change, judged) =>
    change.before === null &&
    judged.changes.some((each) => itemOf(each).type === 'Inspection' && byInspector(each, judged)),
  CoursePlaces: byCoursePlaces,
  DirectiveOfPark: byDirectiveOffice,
  DirectiveCounts: byAddressee,
  Enterprise: byRegister,
  EnterpriseChanged: byRegister,
  RegisterEvent: byRegister,
  RegisterNotice: byRegister,
  Uscc: byRegister,
  Resident: byRegister,
  Reporting: (change, judged) => byReporter(change, judged) || byRegister(change, judged),
  OperationReport: byReporter,
  OperationReported: byReporter,
  PublishedDay: byFigures,
  ParkPublication: byFigures,
  FigureRevision: byFigures,
  FiguresProposal: byProposal,
  SimulationsOfDay: bySimulating,
  Simulation: bySimulating,
};

/** A receipt leads to its case, and comes with it. */
function byReceipt(change: Change, judged: Judged): boolean {
  const { caseId } = itemOf(change);
  const made = judged.changes.find(({ after }) => after?.type === 'TalentCase' && after.id === caseId);
  return made !== undefined && byEvent(made, judged);
}
