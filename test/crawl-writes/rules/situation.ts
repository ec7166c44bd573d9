/** An attempt as the rules judge it, and what they read from the stored items. */
import type { OfficerRole } from '../../../src/domain/viewer.ts';
import type { Writer } from '../callers.ts';
import type { InputWorld } from '../inputs/makers.ts';
import type { Change, Item, Stored } from '../stored.ts';

export interface Judged {
  readonly world: InputWorld;
  /** Everything, before the attempt. */
  readonly before: Stored;
  readonly writer: Writer;
  readonly input: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
}

export type Rule = (change: Change, judged: Judged) => boolean;

export const itemOf = ({ before, after }: Change): Item => after ?? before ?? { pk: '', sk: '' };

/** Returns an item from before the attempt, or one that the attempt has made. */
export function found({ before, changes }: Judged, store: string, pk: string, sk: string): Item | undefined {
  return (
    before.get(`${store} ${pk} ${sk}`)?.item ??
    changes.map(itemOf).find((item) => item.pk === pk && item.sk === sk) ??
    undefined
  );
}

export function isOfficer({ writer, world }: Judged, zone: unknown, role: OfficerRole): boolean {
  const { kind, side, roles = [] } = writer;
  return kind === 'officer' && side !== null && world.zones[side] === zone && roles.includes(role);
}

export function isSameBut(a: Item, b: Item, attribute: string): boolean {
  const rest = (item: Item) => JSON.stringify(Object.entries({ ...item, [attribute]: null }).sort());
  return rest(a) === rest(b);
}

/** Returns the zone of a park, as the enterprises table has it. */
export const zoneOfPark = (park: unknown, judged: Judged) =>
  found(judged, 'enterprises', `PARK#${park}`, 'PARK')?.zoneId;

/** Returns the enterprise before the attempt; undefined for a new one. */
export const enterpriseBefore = (id: unknown, { before }: Judged) => before.get(`enterprises ${id} ENTERPRISE`)?.item;

export function speaksFor({ writer, world }: Judged, id: unknown): boolean {
  if (writer.kind !== 'clerk' || writer.side === null) return false;
  return world.registered[writer.side][writer.speaksFor ?? 'settled'].id === id;
}

export const isAdmin = ({ writer }: Judged) => writer.kind === 'admin';
