/** Changes of enterprises and of their reports. */
import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../stored.ts';
import {
  enterpriseBefore,
  found,
  isAdmin,
  isOfficer,
  itemOf,
  type Judged,
  type Rule,
  speaksFor,
  zoneOfPark,
} from './situation.ts';

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

/** A clerk's proposal changes the list of proposals alone. */
const PROPOSED = { proposals: null, succession: null, version: null };

const byProposer: RegisterRule = (event, judged, before) => {
  const after = enterpriseAfter(event.enterpriseId, judged);
  const isUnchanged = isDeepStrictEqual({ ...after, ...PROPOSED }, { ...before, ...PROPOSED });
  return either(byClerk, byAdmin)(event, judged, before) && isUnchanged;
};

/** The callers who may cause each event of the register. */
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

/** Returns the enterprise after the attempt; undefined where the attempt hasn't changed it. */
const enterpriseAfter = (id: unknown, judged: Judged) =>
  found({ ...judged, before: new Map() }, 'enterprises', String(id), 'ENTERPRISE');

/** Attributes that change by an event alone. The home zone's officers and the administration change the others. */
const HELD_BY_REGISTER = ['homeZoneId', 'registration', 'challenge', 'admissions', 'move'] as const;

/** An enterprise changes by an event of its register, and a caller who may cause it; its facts by its home zone. */
export const byRegister: Rule = (change, judged) => {
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
export const byReporter: Rule = (change, judged) => {
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
