/** The enterprise register of the demo data. Its stories are decided by the rules of the register's mutations. */
import { shanghaiInstant } from '../../../domain/calendar/day.ts';
import { decideRegister } from '../../../domain/register/decide.ts';
import type { RegisterEvent } from '../../../domain/register/event.ts';
import type { RegisterChange } from '../../../domain/register/situation.ts';
import type { EnterpriseItem, RegisterEventItem, RegisterNoticeItem } from '../../../storage/enterprises/items.ts';
import { type RecordOf, registerEventItems } from '../../../storage/enterprises/make-items.ts';
import { type DemoPark, demoParks } from '../parks/parks.ts';
import { SCALES } from '../scale.ts';
import { accepted } from '../story/inputs.ts';
import { enterpriseOf } from './enterprises.ts';
import { SERIES_LAST_DAY } from './headline.ts';
import { type Member, REGISTER_STORIES, type RegisterStory } from './register-stories.ts';

type Enterprise = RecordOf<EnterpriseItem>;

/** An enterprise with all that the register was told, and the register's events with their notices. */
export interface Registered {
  readonly enterprise: Enterprise;
  readonly events: readonly (RegisterEventItem | RegisterNoticeItem)[];
}

/**
 * Returns an enterprise by its number in a park.
 * @param anchor the day that counts as today for pending moves
 */
export function registeredOf(park: DemoPark, index: number, anchor: string): Registered {
  const isThis = ([parkId, number]: Member) => parkId === park.id && number === index;
  const start = { enterprise: enterpriseOf(park, index), events: [] };
  const own = REGISTER_STORIES.find(({ of }) => isThis(of));
  if (own) return outcomeOf(own, anchor).own;
  const other = REGISTER_STORIES.find(({ into }) => into && isThis(into));
  return other ? outcomeOf(other, anchor).into : start;
}

interface Outcome {
  readonly own: Registered;
  /** The enterprise into which it merges or is divided; the same one where there is none. */
  readonly into: Registered;
}

function outcomeOf({ of, isUnconfirmed, into, told }: RegisterStory, anchor: string): Outcome {
  let own = startOf(of, isUnconfirmed ?? false);
  let successor = into ? startOf(into, false) : own;
  const ids = { own: own.enterprise.id, into: successor.enterprise.id };
  for (const { on, by, command } of told(ids, anchor)) {
    const at = shanghaiInstant(on, '10:00:00');
    const situation = {
      enterprise: own.enterprise,
      successors: into ? [successor.enterprise] : [],
      park: 'parkId' in command && command.parkId !== null ? placeOf(command.parkId) : null,
      lastReported: SERIES_LAST_DAY,
    };
    const change: RegisterChange = accepted(decideRegister(situation, { ...command, version: null }, by, at));
    own = after(own, change, at);
    for (const other of change.others ?? []) successor = after(successor, other, at);
  }
  return { own, into: successor };
}

/** Returns an enterprise before its story. One that awaits a confirmation has the event of its registration. */
function startOf([parkId, index]: Member, isUnconfirmed: boolean): Registered {
  const enterprise = enterpriseOf(parkOf(parkId), index);
  if (!isUnconfirmed) return { enterprise, events: [] };
  const event: RegisterEvent = {
    ...{ kind: 'REGISTERED', by: 'ZONE', zoneIds: [enterprise.homeZoneId], parkId },
    ...{ isForAdministrators: false, reason: null },
  };
  const from = enterprise.residencies[0]?.from ?? '';
  return {
    enterprise: { ...enterprise, registration: 'UNCONFIRMED' },
    events: registerEventItems(enterprise, event, shanghaiInstant(from, '10:00:00').toISOString()),
  };
}

function after({ enterprise, events }: Registered, { change, event }: RegisterChange, at: Date): Registered {
  const changed = { ...enterprise, ...change, version: enterprise.version + 1 };
  return { enterprise: changed, events: [...events, ...registerEventItems(changed, event, at.toISOString())] };
}

function parkOf(parkId: string): DemoPark {
  const park = demoParks(SCALES.S).find(({ id }) => id === parkId);
  if (!park) throw new RangeError(`the demo data have no ${parkId}`);
  return park;
}

function placeOf(parkId: string) {
  return { parkId, zoneId: parkOf(parkId).facts.zoneId };
}
