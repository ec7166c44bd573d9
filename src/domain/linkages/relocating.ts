/** The commands of a relocation: a zone opens it, each zone states what it knows, and the register records the move. */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import { dayInShanghai } from '../calendar/day.ts';
import {
  type RecordRefusal,
  type RecordRefusalCode,
  refusePublisher,
  refuseVersion,
  unless,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { type AgreementRecord, firstDayInForce } from './agreement.ts';
import { agreementHolds } from './coverage.ts';
import {
  agreedFacts,
  differencesBetween,
  isConfirmed,
  latestOf,
  type RelocationFacts,
  type RelocationRecord,
  type ZoneStatement,
} from './relocation.ts';

export type RelocationDecision = Decision<RelocationRecord, RecordRefusalCode>;

/** Statements of one zone at most. */
export const MAX_STATEMENTS_OF_ZONE = 20;
const MAX_REMAINING_SITES = 20;
/** A number of a list of relocations: characters that no line break and no control character is among. */
const LIST_NUMBER = /^[^\p{C}]{1,64}$/u;

/** The stored facts that a statement is checked against. */
export interface StatementGrounds {
  /** The agreement that the statement names; null where there is none. */
  readonly agreement: AgreementRecord | null;
  /** Sites of the enterprise, by id. */
  readonly siteIds: readonly string[];
}

/** The stored facts that a new relocation is decided by. */
export interface OpeningGrounds extends StatementGrounds {
  /** The enterprise by the copies of the register; null where there is none. */
  readonly enterprise: { readonly homeZoneId: string; readonly state: 'CONFIRMED' | 'UNCONFIRMED' | 'ENDED' } | null;
  /** The park that it leads to; null where there is none. */
  readonly park: { readonly zoneId: string } | null;
}

/** A relocation as an officer of one of both zones opens it. */
export interface OpenedRelocation {
  readonly id: string;
  readonly enterpriseId: string;
  readonly toParkId: string;
  readonly facts: RelocationFacts;
}

/** Decides a new relocation, from the home of an enterprise to a park of another zone. Either zone opens it. */
export function decideOpening(
  { id, enterpriseId, toParkId, facts }: OpenedRelocation,
  { enterprise, park, ...grounds }: OpeningGrounds,
  viewer: Viewer,
  now: Date,
): RelocationDecision {
  const own = viewer.kind === 'officer' ? viewer.zone : null;
  const mayBeTheirs = !enterprise || !park || enterprise.homeZoneId === own || park.zoneId === own;
  const refused = refusePublisher(mayWrite(viewer, 'openRelocation', recordRelation(viewer, mayBeTheirs ? own : null)));
  if (refused.length > 0 || own === null) return { ok: false, refusals: refused };
  if (!enterprise || !park) {
    const refusals = [
      ...unless(enterprise !== null, 'UNKNOWN_REFERENCE', ['enterprise'], 'There is no such enterprise.'),
      ...unless(park !== null, 'UNKNOWN_REFERENCE', ['toPark'], 'There is no such park.'),
    ];
    return { ok: false, refusals };
  }
  const [fromZoneId, toZoneId] = [enterprise.homeZoneId, park.zoneId];
  const today = dayInShanghai(now);
  const refusals = [
    ...unless(
      enterprise.state === 'CONFIRMED',
      'KEPT',
      ['enterprise'],
      'The registration of the enterprise is not confirmed, or it has ended.',
    ),
    ...unless(fromZoneId !== toZoneId, 'INVALID_VALUE', ['toPark'], 'The enterprise is at home in this zone.'),
    ...refuseFacts(facts, grounds, [fromZoneId, toZoneId], today),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return {
    ok: true,
    value: {
      ...{ id, version: 1, enterpriseId, fromZoneId, toZoneId, toParkId },
      ...{ registeredOn: null, confirmedOn: null, withdrawnOn: null, agreementId: null },
      statements: [{ ...facts, zoneId: own, statedOn: today }],
    },
  };
}

/** The command of a zone about a relocation that it saw. */
interface Seen {
  readonly mutation: 'stateRelocation' | 'confirmRelocation' | 'withdrawRelocation';
  /** The version that was seen. */
  readonly version: number;
}

/** Checks who commands and what they saw. Returns the zone, or the refusals. */
function actingZone(
  before: RelocationRecord | null,
  { mutation, version }: Seen,
  viewer: Viewer,
): { readonly before: RelocationRecord; readonly own: string } | readonly RecordRefusal[] {
  const zones = before ? [before.fromZoneId, before.toZoneId] : [];
  const own = zones.find((zone) => viewer.kind === 'officer' && zone === viewer.zone) ?? null;
  const refused = refusePublisher(mayWrite(viewer, mutation, recordRelation(viewer, own)));
  // A zone that is no party gets the same answer as for a relocation that does not exist.
  if (refused.length > 0 || !before || own === null) return refused;
  const refusals = refuseVersion(version, before);
  return refusals.length > 0 ? refusals : { before, own };
}

const isRefused = (acting: ReturnType<typeof actingZone>): acting is readonly RecordRefusal[] => Array.isArray(acting);

/** Decides a statement of one of both zones. Earlier statements stay. */
export function decideStatement(
  before: RelocationRecord | null,
  { version, facts }: { readonly version: number; readonly facts: RelocationFacts },
  grounds: StatementGrounds,
  viewer: Viewer,
  now: Date,
): RelocationDecision {
  const acting = actingZone(before, { mutation: 'stateRelocation', version }, viewer);
  if (isRefused(acting)) return { ok: false, refusals: acting };
  const today = dayInShanghai(now);
  const { fromZoneId, toZoneId } = acting.before;
  const refusals = refuseFacts(facts, grounds, [fromZoneId, toZoneId], today);
  if (refusals.length > 0) return { ok: false, refusals };
  return stated(acting.before, { ...facts, zoneId: acting.own, statedOn: today });
}

/** Decides a confirmation: the zone states what the other zone has stated last. */
export function decideConfirmation(
  before: RelocationRecord | null,
  version: number,
  viewer: Viewer,
  now: Date,
): RelocationDecision {
  const acting = actingZone(before, { mutation: 'confirmRelocation', version }, viewer);
  if (isRefused(acting)) return { ok: false, refusals: acting };
  const { fromZoneId, toZoneId } = acting.before;
  const other = latestOf(acting.before, acting.own === fromZoneId ? toZoneId : fromZoneId);
  if (!other) {
    return { ok: false, refusals: unless(false, 'KEPT', ['relocation'], 'The other zone has stated nothing.') };
  }
  return stated(acting.before, { ...other, zoneId: acting.own, statedOn: dayInShanghai(now) });
}

/** Decides a withdrawal by either zone, before both state the same and before the enterprise has moved. */
export function decideWithdrawal(
  before: RelocationRecord | null,
  version: number,
  viewer: Viewer,
  now: Date,
): RelocationDecision {
  const acting = actingZone(before, { mutation: 'withdrawRelocation', version }, viewer);
  if (isRefused(acting)) return { ok: false, refusals: acting };
  const { registeredOn, withdrawnOn, confirmedOn } = acting.before;
  const isOpen = registeredOn === null && withdrawnOn === null;
  const refusals = [
    ...unless(isOpen, 'KEPT', ['relocation'], 'The relocation is registered or withdrawn.'),
    ...unless(confirmedOn === null, 'KEPT', ['relocation'], 'Both zones have confirmed it: the enterprise decides.'),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return {
    ok: true,
    value: { ...acting.before, version: acting.before.version + 1, withdrawnOn: dayInShanghai(now) },
  };
}

/** Returns a relocation with the move that the register has completed. Statements stay as they were. */
export function registered(
  before: RelocationRecord,
  { toParkId, registeredOn }: { readonly toParkId: string; readonly registeredOn: string },
): RelocationRecord {
  return { ...before, version: before.version + 1, toParkId, registeredOn };
}

/** A relocation with one more statement, if the zone states something new. */
function stated(before: RelocationRecord, statement: ZoneStatement): RelocationDecision {
  const { zoneId } = statement;
  const own = latestOf(before, zoneId);
  const count = before.statements.filter((each) => each.zoneId === zoneId).length;
  const refusals = [
    ...unless(before.withdrawnOn === null, 'KEPT', ['relocation'], 'The relocation is withdrawn.'),
    ...unless(
      !own || differencesBetween(own, statement).length > 0,
      'KEPT',
      ['relocation'],
      'The zone has stated the same already.',
    ),
    ...unless(
      count < MAX_STATEMENTS_OF_ZONE,
      'KEPT',
      ['relocation'],
      `A zone states at most ${MAX_STATEMENTS_OF_ZONE} times.`,
    ),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const after = { ...before, version: before.version + 1, statements: [...before.statements, statement] };
  const confirmedOn = before.confirmedOn ?? (isConfirmed(after) ? statement.statedOn : null);
  // Data from before zones made statements have an agreement. It counts until both zones have stated theirs.
  const hasBoth = [before.fromZoneId, before.toZoneId].every((zone) => latestOf(after, zone));
  const agreementId = hasBoth ? (agreedFacts(after).agreementId ?? null) : before.agreementId;
  return { ok: true, value: { ...after, confirmedOn, agreementId } };
}

function refuseFacts(
  { ledBy, listNumber, remainingSiteIds, agreementId }: RelocationFacts,
  { agreement, siteIds }: StatementGrounds,
  zoneIds: readonly [string, string],
  today: string,
): RecordRefusal[] {
  const isListed = ledBy === 'GOVERNMENT';
  const areSites =
    remainingSiteIds.length <= MAX_REMAINING_SITES &&
    new Set(remainingSiteIds).size === remainingSiteIds.length &&
    remainingSiteIds.every((id) => siteIds.includes(id));
  return [
    ...unless(
      isListed ? listNumber !== null && LIST_NUMBER.test(listNumber) : listNumber === null,
      'INVALID_VALUE',
      ['facts', 'listNumber'],
      'A relocation that governments lead, and no other, has the number of the list, of 1 to 64 characters.',
    ),
    ...unless(
      areSites,
      'INVALID_VALUE',
      ['facts', 'remainingSites'],
      `The sites that remain are at most ${MAX_REMAINING_SITES} of the enterprise's own, each once.`,
    ),
    ...(agreementId === null ? [] : refuseAgreement(agreement, zoneIds, today)),
  ];
}

function refuseAgreement(
  agreement: AgreementRecord | null,
  zoneIds: readonly [string, string],
  today: string,
): RecordRefusal[] {
  const field = ['facts', 'agreement'];
  if (!agreement) return unless(false, 'UNKNOWN_REFERENCE', field, 'There is no such agreement.');
  const { status, terminatedOn, validTo: to, parties } = agreement;
  const holds = agreementHolds({ status, terminatedOn, from: firstDayInForce(agreement), to }, today);
  const areParties = zoneIds.every((zone) => parties.some(({ zoneId }) => zoneId === zone));
  return [
    ...unless(holds, 'KEPT', field, 'The agreement is not signed and in force today.'),
    ...unless(areParties, 'KEPT', field, 'Both zones are parties of the agreement.'),
  ];
}
