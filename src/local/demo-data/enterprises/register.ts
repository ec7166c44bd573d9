/**
 * Pending entries of the enterprise register: an admission, a move, and an unconfirmed registration. All are in sample
 * parks, so that the headline park's figures stay as reported.
 */
import { addDays, shanghaiInstant } from '../../../domain/calendar/day.ts';
import type { RegisterEvent } from '../../../domain/register/event.ts';
import { objectionDueOn } from '../../../domain/register/move.ts';
import type { EnterpriseItem, RegisterEventItem, RegisterNoticeItem } from '../../../storage/enterprises/items.ts';
import { type RecordOf, registerEventItems } from '../../../storage/enterprises/make-items.ts';
import { HEADLINE_PARK } from '../parks/parks.ts';
import { BAODI, HIGH_TECH, ZHONGGUANCUN } from '../parks/zones.ts';

type Enterprise = RecordOf<EnterpriseItem>;

const BEIJING_PARK = 'park_sample-haidian';
const HOST_PARK = 'park_sample-hitech';
const NEW_HOME_PARK = 'park_sample-baodi';

/** The enterprises' numbers in their parks. */
const ADMITTED = 0;
const MOVING = 1;
const GROWN = 96;
const UNCONFIRMED = 5;

const EARLIER_STAYS = 4;
const DAYS_OF_A_STAY = 90;

const ADMITTED_ON = '2020-04-01';

/** Adds the stay of the Beijing enterprise that a Binhai park admits, and leaves one registration unconfirmed. */
export function withRegister(enterprise: Enterprise, parkId: string, index: number): Enterprise {
  if (parkId === NEW_HOME_PARK && index === UNCONFIRMED) return { ...enterprise, registration: 'UNCONFIRMED' };
  if (parkId === HEADLINE_PARK && index === GROWN) return withEarlierStays(enterprise);
  if (parkId !== BEIJING_PARK || index !== ADMITTED) return enterprise;
  const terms = { kind: 'OPERATING', staffCount: 2 } as const;
  return {
    ...enterprise,
    version: 3,
    admissions: [{ parkId: HOST_PARK, zoneId: HIGH_TECH, state: 'OPEN', from: ADMITTED_ON, terms }],
    residencies: [
      { parkId: HOST_PARK, kind: terms.kind, from: ADMITTED_ON, to: null, registeredStaff: terms.staffCount },
      ...enterprise.residencies,
    ],
  };
}

/** Adds settled stays elsewhere, one for each former number of registered staff. */
function withEarlierStays(enterprise: Enterprise): Enterprise {
  const [here] = enterprise.residencies;
  if (!here) return enterprise;
  const earlier = Array.from({ length: EARLIER_STAYS }, (_, i) => ({
    ...here,
    parkId: BEIJING_PARK,
    from: addDays(here.from, (i + 1) * -DAYS_OF_A_STAY),
    to: addDays(here.from, i * -DAYS_OF_A_STAY - 1),
    registeredStaff: Math.max(1, here.registeredStaff - i - 1),
  }));
  return { ...enterprise, residencies: [here, ...earlier], settledTo: addDays(here.from, -1) };
}

/** Adds the move that the receiving zone has accepted, so that the old home may object for ten working days. */
export function withMove(enterprise: Enterprise, parkId: string, index: number, anchor: string): Enterprise {
  if (parkId !== BEIJING_PARK || index !== MOVING) return enterprise;
  return {
    ...enterprise,
    version: 3,
    move: {
      state: 'ACCEPTED',
      fromZoneId: ZHONGGUANCUN,
      toZoneId: BAODI,
      toParkId: NEW_HOME_PARK,
      keepsSites: false,
      requestedOn: addDays(anchor, -3),
      acceptedOn: anchor,
      dueOn: objectionDueOn(anchor),
      objection: null,
      completedOn: null,
    },
  };
}

/** Returns the events of the register, with their notices. */
export function registerEvents(enterprise: Enterprise): readonly (RegisterEventItem | RegisterNoticeItem)[] {
  const { id, homeZoneId, registration, admissions, move, version } = enterprise;
  const events: [number, string, Pick<RegisterEvent, 'kind' | 'by' | 'zoneIds' | 'parkId'>][] = [];
  if (registration === 'UNCONFIRMED') {
    const from = enterprise.residencies[0]?.from ?? '';
    events.push([1, from, { kind: 'REGISTERED', by: 'ZONE', zoneIds: [homeZoneId], parkId: NEW_HOME_PARK }]);
  }
  for (const { parkId, zoneId, from } of admissions) {
    const concerned = { zoneIds: [homeZoneId, zoneId], parkId };
    events.push([version - 1, addDays(from, -2), { kind: 'ADMISSION_AGREED', by: 'ENTERPRISE', ...concerned }]);
    events.push([version, addDays(from, -1), { kind: 'ADMITTED', by: 'ZONE', ...concerned }]);
  }
  if (move?.acceptedOn) {
    const concerned = { zoneIds: [move.fromZoneId, move.toZoneId], parkId: move.toParkId };
    events.push([version - 1, move.requestedOn, { kind: 'MOVE_REQUESTED', by: 'ENTERPRISE', ...concerned }]);
    events.push([version, move.acceptedOn, { kind: 'MOVE_ACCEPTED', by: 'ZONE', ...concerned }]);
  }
  return events.flatMap(([after, day, event]) =>
    registerEventItems(
      { id, version: after },
      { ...event, isForAdministrators: false, reason: null },
      shanghaiInstant(day, '10:00:00').toISOString(),
    ),
  );
}
