import type { Table } from '../dynamodb/table.ts';
import { type Agreements, openAgreements } from './agreements.ts';
import { type Coverages, openCoverages } from './coverages.ts';
import { type KnownFacts, openKnownFacts } from './known-facts.ts';
import { openRelocations, type Relocations } from './relocations.ts';
import { openZoneLinks, type ZoneLinks } from './zone-links.ts';

/** The linkages table, opened for one request. */
export interface LinkagesStore {
  readonly agreements: Agreements;
  readonly coverages: Coverages;
  readonly zoneLinks: ZoneLinks;
  readonly relocations: Relocations;
  readonly known: KnownFacts;
}

export function openLinkagesStore(table: Table): LinkagesStore {
  return {
    agreements: openAgreements(table),
    coverages: openCoverages(table),
    zoneLinks: openZoneLinks(table),
    relocations: openRelocations(table),
    known: openKnownFacts(table),
  };
}
