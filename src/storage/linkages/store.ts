import { openOnUse } from '../dynamodb/connection.ts';
import type { Table } from '../dynamodb/table.ts';
import { type Agreements, openAgreements } from './agreements/agreements.ts';
import { type Coverages, openCoverages } from './coverages.ts';
import { type KnownFacts, openKnownFacts } from './known-facts.ts';
import { type Ledgers, openLedgers } from './ledgers/ledgers.ts';
import { openRecognitions, type Recognitions } from './recognitions.ts';
import { openRelocations, type Relocations } from './relocations/relocations.ts';
import { openSigningRules, type SigningRules } from './signing-rules.ts';
import { openSupplyChains, type SupplyChains } from './supply-chains/supply-chains.ts';
import { openZoneLinks, type ZoneLinks } from './zone-links.ts';

/** The linkages table, opened for one request. */
export interface LinkagesStore {
  readonly agreements: Agreements;
  readonly signingRules: SigningRules;
  readonly coverages: Coverages;
  readonly zoneLinks: ZoneLinks;
  readonly recognitions: Recognitions;
  readonly relocations: Relocations;
  readonly known: KnownFacts;
  readonly supplyChains: SupplyChains;
  readonly ledgers: Ledgers;
}

export const openLinkagesStore = openOnUse<Table, LinkagesStore>({
  agreements: openAgreements,
  signingRules: openSigningRules,
  coverages: openCoverages,
  zoneLinks: openZoneLinks,
  recognitions: openRecognitions,
  relocations: openRelocations,
  known: openKnownFacts,
  supplyChains: openSupplyChains,
  ledgers: openLedgers,
});
