import { type PrimaryKey, recordVersionKey } from './key.ts';

/**
 * Keys of the linkages table: its own items, and read models and references under the ids of other subgraphs' entities.
 */
export const linkageKeys = {
  agreement: (id: string): PrimaryKey => ({ pk: id, sk: 'AGREEMENT' }),
  recordVersion: recordVersionKey,
  /** The terms of an agreement that its amendments have replaced. */
  replacedTerms: (agreement: string): PrimaryKey => ({ pk: agreement, sk: 'REPLACED_TERMS' }),
  /** Ids of the agreements that a zone has proposed and that wait for signatures. */
  openProposals: (zone: string): PrimaryKey => ({ pk: zone, sk: 'OPEN_PROPOSALS' }),
  /** The number of officers by whom a zone signs. */
  signingRule: (zone: string): PrimaryKey => ({ pk: zone, sk: 'SIGNING' }),
  /** One for each zone that is a party. `agreements(zone)` is the partition, by the agreement's first day. */
  party: (zone: string, validFrom: string, agreement: string): PrimaryKey => ({
    pk: `${zone}#AGREEMENTS`,
    sk: `${validFrom}#${agreement}`,
  }),
  coverage: (id: string): PrimaryKey => ({ pk: id, sk: 'COVERAGE' }),
  recognition: (id: string): PrimaryKey => ({ pk: id, sk: 'RECOGNITION' }),
  /** Ids of the recognitions that a zone gives, and of those that it receives. */
  zoneRecognitions: (zone: string): PrimaryKey => ({ pk: zone, sk: 'RECOGNITIONS' }),
  relocation: (id: string): PrimaryKey => ({ pk: id, sk: 'RELOCATION' }),
  /** A relocation in the list of a zone, from it or to it, by its id, which begins with the time of its opening. */
  relocationOfZone: (zone: string, direction: 'IN' | 'OUT', relocation: string): PrimaryKey => ({
    pk: `${zone}#RELOCATIONS#${direction}`,
    sk: relocation,
  }),
  /** The relocation between two zones that waits for the enterprise to move. */
  awaitedRelocation: (enterprise: string, from: string, to: string): PrimaryKey => ({
    pk: enterprise,
    sk: `AWAITED#${from}#${to}`,
  }),
  /** The mark that a move of the register has its relocation. */
  recordedMove: (enterprise: string, move: string): PrimaryKey => ({ pk: enterprise, sk: `MOVE#${move}` }),
  /** The end of an agreement's ledger. */
  ledger: (agreement: string): PrimaryKey => ({ pk: agreement, sk: 'LEDGER' }),
  /** The entries of a ledger are one partition, by number. */
  ledgerEntry: (agreement: string, number: number): PrimaryKey => ({
    pk: `${agreement}#LEDGER`,
    sk: String(number).padStart(10, '0'),
  }),
  /** The accounts of a ledger are one partition, by figure and enterprise. */
  ledgerAccount: (agreement: string, account: string): PrimaryKey => ({ pk: `${agreement}#ACCOUNTS`, sk: account }),
  group: (id: string): PrimaryKey => ({ pk: id, sk: 'GROUP' }),
  /** A zone's groups and its agreements in short. One step of a walk over many zones is one BatchGet. */
  zoneLinks: (zone: string): PrimaryKey => ({ pk: zone, sk: 'LINKS' }),
  /** Ids of a zone's own policies, and of the coverages into the zone. */
  zonePolicies: (zone: string): PrimaryKey => ({ pk: zone, sk: 'POLICIES' }),
  /** Ids of the coverages that rest on an agreement. */
  coveragesOfAgreement: (agreement: string): PrimaryKey => ({ pk: agreement, sk: 'COVERAGES' }),
  /** Ids of the coverages of a policy. */
  coveragesOfPolicy: (policy: string): PrimaryKey => ({ pk: policy, sk: 'COVERAGES' }),
  relocationsOfEnterprise: (enterprise: string): PrimaryKey => ({ pk: enterprise, sk: 'RELOCATIONS' }),
  /** Facts copied from the streams of other subgraphs. */
  policyFacts: (policy: string): PrimaryKey => ({ pk: policy, sk: 'FACTS' }),
  parkFacts: (park: string): PrimaryKey => ({ pk: park, sk: 'FACTS' }),
  zoneFacts: (zone: string): PrimaryKey => ({ pk: zone, sk: 'FACTS' }),
  /** By an enterprise's id, its uscc, and each of its sites' ids. */
  subjectFacts: (subject: string): PrimaryKey => ({ pk: `SUBJECT#${subject}`, sk: 'FACTS' }),
  /**
   * The copy of a settled stay of an enterprise, by its last day.
   * @param sk the sort key of the stay in the enterprises table, which begins with that day
   */
  settledStay: (enterprise: string, sk: string): PrimaryKey => ({ pk: `SUBJECT#${enterprise}`, sk }),
  /** Needs and supplies of an enterprise. One hop of many supply chains is one BatchGet. */
  enterpriseSupply: (enterprise: string): PrimaryKey => ({ pk: enterprise, sk: 'SUPPLY' }),
  /** Goods that an enterprise of a park needs. `supplyGaps(park, sector)` is a range of the partition, by goods code. */
  goodsNeed: (park: string, sector: string, goods: string, enterprise: string): PrimaryKey => ({
    pk: `NEEDS#${park}#${sector}`,
    sk: `${goods}#${enterprise}`,
  }),
  /** The position behind all needs for goods: after `#`, and before the code of a class of the same group. */
  behindGoods: (park: string, sector: string, goods: string): PrimaryKey => ({
    pk: `NEEDS#${park}#${sector}`,
    sk: `${goods}$`,
  }),
  /** A site that fills a gap. The sites of a park's chain are one partition, by goods code. */
  fillingSite: (park: string, sector: string, goods: string, site: string): PrimaryKey => ({
    pk: `FILLS#${park}#${sector}`,
    sk: `${goods}#${site}`,
  }),
  /** An enterprise that supplies goods, in the list of its home zone or of a park in which it stays. */
  goodsSupply: (goods: string, place: string, enterprise: string): PrimaryKey => ({
    pk: `GOODS#${goods}#${place}`,
    sk: enterprise,
  }),
  /** The first of the enterprises of a zone or a park that supply goods. */
  goodsSuppliers: (goods: string, place: string): PrimaryKey => ({ pk: `SUPPLIERS#${goods}#${place}`, sk: 'FIRST' }),
} as const;

/** Index keys of the linkages table. */
export const linkageIndexes = {
  /** gsi1: agreements of a zone and kind, by first day. */
  partyOfKind: (zone: string, kind: string, validFrom: string, agreement: string) => ({
    gsi1pk: `${zone}#AGREEMENTS#${kind}`,
    gsi1sk: `${validFrom}#${agreement}`,
  }),
  /** gsi2: agreements of a zone and recorded status, by last day, so that expired ones are a range. */
  partyInStatus: (zone: string, status: string, lastDay: string, agreement: string) => ({
    gsi2pk: `${zone}#AGREEMENTS#${status}`,
    gsi2sk: `${lastDay}#${agreement}`,
  }),
} as const;
