/** The facts of a registered subject that a viewer may read. Everything else is unknown before anything is judged. */
import type { Facts } from '../rules/rule.ts';
import type { Subject } from './coverage.ts';
import { agreedFacts, isListed, type RelocationRecord } from './relocation.ts';

/** A registered relocation, as far as facts follow from it. */
export type MoveFacts = Pick<RelocationRecord, 'fromZoneId' | 'toZoneId' | 'registeredOn' | 'statements'>;

/**
 * Tells whether a viewer may read a relocation between zones; with one zone alone, every relocation from or to it.
 */
export type MayReadMoves = (zoneIds: readonly string[]) => boolean;

/** Returns the facts of a subject. Traits, size and stays are public; relocations are not. */
export function factsOfSubject(
  { zoneIds, traits, kind, sizeClass, residentSince }: Subject,
  moves: readonly MoveFacts[],
  mayRead: MayReadMoves,
): Facts {
  const [sector] = traits.SECTOR;
  const [zone, ...otherZones] = zoneIds;
  const place = zone !== undefined && otherZones.length === 0 ? { zone } : {};
  // Nothing but their zone is known of persons.
  if (kind === 'PERSON') return place;
  return {
    ...place,
    ...(sector === undefined ? {} : { sector }),
    ...(sizeClass === undefined ? {} : { sizeClass }),
    ...(residentSince === undefined ? {} : { residentSince }),
    qualifications: traits.QUALIFICATION,
    siteKinds: traits.SITE_KIND,
    ...(kind === 'ENTERPRISE' ? relocationFacts(zoneIds, moves, mayRead) : {}),
  };
}

/**
 * Returns whether an enterprise moved to one of its zones from another, and what both zones agree on about the newest such
 * move. Nothing is told where the viewer may not read every relocation to them: a relocation that is hidden must leave the
 * answer as it is.
 */
function relocationFacts(zoneIds: readonly string[], moves: readonly MoveFacts[], mayRead: MayReadMoves): Facts {
  const shown = moves
    .filter(({ fromZoneId, toZoneId }) => zoneIds.includes(toZoneId) && mayRead([fromZoneId, toZoneId]))
    .sort((a, b) => ((a.registeredOn ?? '') < (b.registeredOn ?? '') ? 1 : -1));
  const [newest] = shown;
  if (newest) return { relocated: true, ...agreedRelocation(newest) };
  return zoneIds.length > 0 && zoneIds.every((zone) => mayRead([zone])) ? { relocated: false } : {};
}

/** Returns the facts about a relocation on which both zones agree. The others are not known. */
export function agreedRelocation(move: MoveFacts): Facts {
  const { ledBy, listNumber } = agreedFacts(move);
  if (ledBy === undefined) return {};
  // Of a list that the zones number differently it isn't known whether both confirm it.
  return { relocationLedBy: ledBy, ...(listNumber === undefined ? {} : { relocationListed: isListed(move) }) };
}
