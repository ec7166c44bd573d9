/** The items of relocations in the linkages table. */
import { type RelocationEvent, type RelocationRecord, relocationEvent } from '../../../domain/linkages/relocation.ts';
import type { Publication } from '../../../domain/records/publication.ts';
import type { EnterpriseItem } from '../../enterprises/items.ts';
import { linkageKeys } from '../../tables.ts';
import { idSet } from '../items.ts';

export type RelocationItem = ReturnType<typeof relocationItem>;
export function relocationItem(relocation: RelocationRecord) {
  return { ...relocation, ...linkageKeys.relocation(relocation.id), type: 'Relocation' as const };
}

/** A version of a relocation, with who made it. It is never changed. */
export type RelocationVersionItem = ReturnType<typeof relocationVersionItem>;
export function relocationVersionItem(
  before: RelocationRecord | null,
  after: RelocationRecord,
  publication: Publication,
) {
  const { version } = after;
  return {
    ...linkageKeys.recordVersion(linkageKeys.relocation(after.id), version),
    type: 'RecordVersion' as const,
    of: 'Relocation' as const,
    version,
    event: relocationEvent(before, after) satisfies RelocationEvent,
    facts: after,
    publication,
  };
}

/** The relocation of an enterprise between two zones that waits for the move: one at a time. */
export type AwaitedRelocationItem = ReturnType<typeof awaitedRelocationItem>;
export function awaitedRelocationItem({ id, enterpriseId, fromZoneId, toZoneId }: RelocationRecord) {
  return {
    relocationId: id,
    ...linkageKeys.awaitedRelocation(enterpriseId, fromZoneId, toZoneId),
    type: 'AwaitedRelocation' as const,
  };
}

/** A completed move of the register, as an enterprise's item tells it. */
export interface CompletedMove {
  readonly enterpriseId: string;
  readonly fromZoneId: string;
  readonly toZoneId: string;
  readonly toParkId: string;
  readonly requestedOn: string;
  /** The first day of the new home. */
  readonly completedOn: string;
}

/** Returns the last move of an enterprise where it is completed; null otherwise. */
export function completedMoveOf({ id: enterpriseId, move }: Pick<EnterpriseItem, 'id' | 'move'>): CompletedMove | null {
  if (move?.state !== 'COMPLETED' || move.completedOn === null) return null;
  const { fromZoneId, toZoneId, toParkId, requestedOn, completedOn } = move;
  return { enterpriseId, fromZoneId, toZoneId, toParkId, requestedOn, completedOn };
}

/** The mark that a move has its relocation. */
export type RecordedMoveItem = ReturnType<typeof recordedMoveItem>;
export function recordedMoveItem(move: CompletedMove, relocationId: string) {
  const { enterpriseId, completedOn, requestedOn, toParkId } = move;
  return {
    relocationId,
    ...linkageKeys.recordedMove(enterpriseId, `${completedOn}#${requestedOn}#${toParkId}`),
    type: 'RecordedMove' as const,
  };
}

/** A relocation in the list of one of its two zones. It is never changed. */
export type ZoneRelocationItem = ReturnType<typeof zoneRelocationItems>[number];
export function zoneRelocationItems({ id, fromZoneId, toZoneId }: RelocationRecord) {
  const listed = (zoneId: string, direction: 'IN' | 'OUT') => ({
    relocationId: id,
    ...linkageKeys.relocationOfZone(zoneId, direction, id),
    type: 'ZoneRelocation' as const,
  });
  return [listed(fromZoneId, 'OUT'), listed(toZoneId, 'IN')];
}

export type EnterpriseRelocationsItem = ReturnType<typeof enterpriseRelocationsItem>;
export function enterpriseRelocationsItem(enterpriseId: string, relocationIds: readonly string[]) {
  return {
    enterpriseId,
    ...idSet('relocationIds', relocationIds),
    ...linkageKeys.relocationsOfEnterprise(enterpriseId),
    type: 'EnterpriseRelocations' as const,
  };
}
