/** The facts of a registered subject that a viewer may read. Everything else is unknown before anything is judged. */
import type { Facts } from '../rules/rule.ts';
import type { Subject } from './coverage.ts';

export interface MoveFacts {
  readonly fromZoneId: string;
  readonly toZoneId: string;
}

/**
 * Tells whether a viewer may read a relocation between zones; with one zone alone, every relocation from or to it.
 */
export type MayReadMoves = (zoneIds: readonly string[]) => boolean;

/** Returns the facts of a subject. Traits are public; relocations are not. */
export function factsOfSubject(
  { zoneIds, traits, kind }: Subject,
  moves: readonly MoveFacts[],
  mayRead: MayReadMoves,
): Facts {
  const [sector] = traits.SECTOR;
  const relocated = kind === 'ENTERPRISE' ? isRelocated(zoneIds, moves, mayRead) : null;
  return {
    ...(sector === undefined ? {} : { sector }),
    qualifications: traits.QUALIFICATION,
    siteKinds: traits.SITE_KIND,
    ...(relocated === null ? {} : { relocated }),
  };
}

/**
 * Returns whether an enterprise moved to one of its zones from another. Null where the viewer may not read every
 * relocation to them: a relocation that is hidden must leave the answer as it is.
 */
function isRelocated(zoneIds: readonly string[], moves: readonly MoveFacts[], mayRead: MayReadMoves): boolean | null {
  const isShown = moves.some(
    ({ fromZoneId, toZoneId }) => zoneIds.includes(toZoneId) && mayRead([fromZoneId, toZoneId]),
  );
  if (isShown) return true;
  return zoneIds.length > 0 && zoneIds.every((zone) => mayRead([zone])) ? false : null;
}
