import { ordinal, type PrimaryKey } from './key.ts';

/** Partitions of the talent table that are read whole. */
export const talentPartitions = {
  outbox: (caseId: string) => `OUTBOX#${caseId}`,
  workTallies: (zone: string, agency: string) => `WORK_TALLY#${zone}#${agency}`,
  caseTallies: (kind: string, month: string) => `TALLY#${kind}#${month}`,
  closedTallies: (kind: string, month: string) => `CLOSED#${kind}#${month}`,
  statistics: (kind: string, period: string) => `STATISTICS#${kind}#${period}`,
} as const;

interface CasePlace {
  readonly zoneId: string;
  readonly parkId: string | null;
  readonly route: string;
}

const leafOf = ({ zoneId, parkId, route }: CasePlace) => `${zoneId}#${parkId ?? ''}#${route}`;

/** Sorts after every day. */
const NO_DAY = '9999-12-31';

/** Number of shards of an index in which all writes of a day would share a partition. */
export const SHARDS = 8;

/** Returns the shard of an id, by the last digits of its ULID, which are random. */
export function shardOf(id: string): number {
  return Number.parseInt(id.slice(-2), 36) % SHARDS;
}

/** Keys of the talent table. A case's own partition is its id; one Query reads the whole case. */
export const talentKeys = {
  case: (id: string): PrimaryKey => ({ pk: id, sk: 'CASE' }),
  event: (id: string, sequence: number): PrimaryKey => ({ pk: id, sk: `EVENT#${ordinal(sequence)}` }),
  /** The position behind all events of a case: after `#`. */
  behindEvents: (id: string): PrimaryKey => ({ pk: id, sk: 'EVENT$' }),
  document: (id: string, code: string): PrimaryKey => ({ pk: id, sk: `DOCUMENT#${code}` }),
  /** A received file of a document. It never changes. */
  documentVersion: (id: string, code: string, version: number): PrimaryKey => ({
    pk: id,
    sk: `FILE#${code}#${ordinal(version)}`,
  }),
  /** An upload that isn't supplied yet. The uploads of a case are one partition. */
  upload: (caseId: string, id: string): PrimaryKey => ({ pk: `UPLOADS#${caseId}`, sk: id }),
  /** The place of a facility that the case has or had. */
  placeOfCase: (id: string): PrimaryKey => ({ pk: id, sk: 'PLACE' }),
  /** The places of a facility, and how many of them cases have. */
  placesOf: (facility: string): PrimaryKey => ({ pk: facility, sk: 'PLACES' }),
  opinion: (id: string, agency: string): PrimaryKey => ({ pk: id, sk: `OPINION#${agency}` }),
  /** The facts of the child that a case concerns, stored apart and never an entity. */
  caseChild: (id: string): PrimaryKey => ({ pk: id, sk: 'CHILD' }),
  /** The case in the list of its applicant: `myCases`. */
  caseOfApplicant: (id: string): PrimaryKey => ({ pk: id, sk: 'APPLICANT' }),
  /** The case in the work list of an agency in charge. */
  work: (id: string, agency: string): PrimaryKey => ({ pk: id, sk: `WORK#${agency}` }),
  /** The daily limits of reveals by an officer of the zone. */
  revealQuota: (zone: string): PrimaryKey => ({ pk: zone, sk: 'REVEAL_QUOTA' }),
  /** The persons whose values an officer has revealed on a day, both named by keyed hashes. */
  reveals: (officer: string, day: string): PrimaryKey => ({ pk: `REVEALS#${officer}`, sk: day }),
  /** The counted state of a work item, and the counts of an agency's list for a due day. */
  countedWork: (id: string, agency: string): PrimaryKey => ({ pk: `COUNTED#${id}`, sk: agency }),
  workTally: (zone: string, agency: string, dueOn: string | null): PrimaryKey => ({
    pk: talentPartitions.workTallies(zone, agency),
    sk: dueOn ?? NO_DAY,
  }),
  /** The lock of a rebuild of the lists' counts. While it exists, no other instance counts. */
  rebuildLock: (): PrimaryKey => ({ pk: 'REBUILD', sk: 'REBUILD' }),
  /** Exists while the statistics of cases are rebuilt: only the rebuild may count then. */
  statisticsLock: (): PrimaryKey => ({ pk: 'REBUILD', sk: 'STATISTICS' }),
  /** The next due event of a case. */
  due: (id: string): PrimaryKey => ({ pk: id, sk: 'DUE' }),
  /** A deadline notice of a case, by its identity (`domain/cases/due.ts`). */
  notice: (id: string, notice: string): PrimaryKey => ({ pk: id, sk: `NOTICE#${notice}` }),
  /** The day up to which due events are processed. */
  deadlineBookmark: (): PrimaryKey => ({ pk: 'DEADLINES', sk: 'BOOKMARK' }),
  /** The outbox entry of a case's event. */
  outbox: (caseId: string, sequence: number): PrimaryKey => ({
    pk: talentPartitions.outbox(caseId),
    sk: ordinal(sequence),
  }),
  /** The outbox entry of a deadline notice. */
  outboxOfNotice: (caseId: string, notice: string): PrimaryKey => ({
    pk: talentPartitions.outbox(caseId),
    sk: `NOTICE#${notice}`,
  }),
  /** The outbox entry of a version of an agreement or coverage for one party. */
  outboxOfLinkage: (id: string, version: number, zone: string): PrimaryKey => ({
    pk: talentPartitions.outbox(id),
    sk: `${ordinal(version)}#${zone}`,
  }),
  /** The outbox entry of an agreement's expiry for one party. It waits until then. */
  outboxOfExpiry: (id: string, zone: string): PrimaryKey => ({
    pk: talentPartitions.outbox(id),
    sk: `EXPIRY#${zone}`,
  }),
  /** The delivery of an outbox entry to one endpoint of webhooks. */
  delivery: (caseId: string, entry: string, endpoint: string): PrimaryKey => ({
    pk: `DELIVERY#${caseId}`,
    sk: `${entry}#${endpoint}`,
  }),
  /** The one case of a receipt number; `case(receiptNumber)`. */
  receipt: (number: string): PrimaryKey => ({ pk: `RECEIPT#${number}`, sk: 'RECEIPT' }),
  /** The version for new cases; references by id. */
  caseType: (id: string): PrimaryKey => ({ pk: id, sk: 'CURRENT' }),
  caseTypeVersion: (id: string, version: number): PrimaryKey => ({ pk: id, sk: `VERSION#${ordinal(version)}` }),
  /**
   * The case types that implement a policy. `Policy.caseTypes` of many policies is one BatchGet, and one of the types.
   */
  caseTypesOfPolicy: (policy: string): PrimaryKey => ({ pk: policy, sk: 'CASE_TYPES' }),
  /** The copy of an enterprise that has ended. */
  endedEmployer: (enterprise: string): PrimaryKey => ({ pk: enterprise, sk: 'ENDED' }),
  /** The copy of a policy whose subjects are persons, with the terms of its versions. */
  casePolicy: (policy: string): PrimaryKey => ({ pk: policy, sk: 'TERMS' }),

  /** The copy of an agreement on cases across zones, in the partition of a party. */
  caseAgreement: (zone: string, agreement: string): PrimaryKey => ({ pk: zone, sk: `CASE_AGREEMENT#${agreement}` }),
  /** The copy of a recognition of talent cards, in the partition of the zone that gives it. */
  cardRecognition: (zone: string, recognition: string): PrimaryKey => ({
    pk: zone,
    sk: `CARD_RECOGNITION#${recognition}`,
  }),
  /** The copy of an agreement, as far as it decides whether what rests on it holds. */
  agreementFacts: (agreement: string): PrimaryKey => ({ pk: agreement, sk: 'FACTS' }),

  /** The counts of a kind's cases in a month, by place and route. One partition is closed together. */
  caseTally: (kind: string, month: string, place: CasePlace): PrimaryKey => ({
    pk: talentPartitions.caseTallies(kind, month),
    sk: leafOf(place),
  }),
  /**
   * The counts of a closed month, by place and route. The quarter and the next month's waiting cases are computed from
   * them.
   */
  closedTally: (kind: string, month: string, place: CasePlace): PrimaryKey => ({
    pk: talentPartitions.closedTallies(kind, month),
    sk: leafOf(place),
  }),
  /** A published row. A park's row is one item; those of zones or routes are one range. */
  statisticsRow: (kind: string, period: string, by: string, of: string): PrimaryKey => ({
    pk: talentPartitions.statistics(kind, period),
    sk: `${by}#${of}`,
  }),
  /** The mark that a period is published. From then on it never changes. */
  publication: (kind: string, period: string): PrimaryKey => ({
    pk: talentPartitions.statistics(kind, period),
    sk: 'PUBLISHED',
  }),
  /** The last closed month of a kind. Later changes are counted in a later month. */
  closing: (kind: string): PrimaryKey => ({ pk: `STATISTICS#${kind}`, sk: 'CLOSING' }),
  /** A person's own partition, with their data and their children's. */
  person: (person: string): PrimaryKey => ({ pk: `PERSON#${person}`, sk: 'PERSON' }),
  /** Facts of a person from an agency's register. Its versions stand beside it. */
  personFacts: (person: string, agency: string): PrimaryKey => ({ pk: `PERSON#${person}`, sk: `FACTS#${agency}` }),
  childOfPerson: (guardian: string, child: string): PrimaryKey => ({ pk: `PERSON#${guardian}`, sk: `CHILD#${child}` }),
} as const;

/** Index keys of the talent table. */
export const talentIndexes = {
  /** gsi1: cases of an applicant, by the time of opening. */
  casesOfApplicant: (person: string, order: string) => ({ gsi1pk: `APPLICANT#${person}`, gsi1sk: order }),
  /**
   * gsi1: cases of a park; gsi2: of a park in a state; gsi3: of an enterprise's staff; by the time of opening. The key
   * includes the handling zone, so that an officer's list has only cases of their zone.
   */
  casesOfPark: (zone: string, park: string, order: string) => ({ gsi1pk: `${zone}#${park}#CASES`, gsi1sk: order }),
  casesInState: (zone: string, park: string, state: string, order: string) => ({
    gsi2pk: `${zone}#${park}#CASES#${state}`,
    gsi2sk: order,
  }),
  casesOfEnterprise: (zone: string, enterprise: string, order: string) => ({
    gsi3pk: `${zone}#${enterprise}#CASES`,
    gsi3sk: order,
  }),
  /** gsi4: the cases in which an enterprise takes part as the employer. */
  casesOfEmployer: (enterprise: string, order: string) => ({ gsi4pk: `${enterprise}#CASES`, gsi4sk: order }),
  /** gsi1: the work list of an agency in a zone; gsi2: its items in a state; by due day, items without one last. */
  workOfAgency: (zone: string, agency: string, dueOn: string | null, id: string) => ({
    gsi1pk: `WORK#${zone}#${agency}`,
    gsi1sk: `${dueOn ?? NO_DAY}#${id}`,
  }),
  workInState: (zone: string, agency: string, state: string, dueOn: string | null, id: string) => ({
    gsi2pk: `WORK#${zone}#${agency}#${state}`,
    gsi2sk: `${dueOn ?? NO_DAY}#${id}`,
  }),
  /** gsi1: events due on a day, in `SHARDS` partitions. */
  dueOn: (day: string, shard: number, id: string) => ({ gsi1pk: `DUE#${day}#${shard}`, gsi1sk: id }),
  /** gsi2: cases whose ends were computed with a version of the calendar, in as many partitions. */
  dueByCalendar: (version: string, shard: number, id: string) => ({
    gsi2pk: `CALENDAR#${version}#${shard}`,
    gsi2sk: id,
  }),
  /**
   * gsi1: undelivered entries, by the instant of the next attempt, in `SHARDS` partitions. Delivered entries lack these
   * keys. The sort key of an entry's item is its name.
   */
  undelivered: (shard: number, at: string, caseId: string, entry: string) => ({
    gsi1pk: `UNDELIVERED#${shard}`,
    gsi1sk: `${at}#${caseId}#${entry}`,
  }),
  /** gsi1: malformed entries that wait to be examined. */
  setAside: (at: string, { pk, sk }: PrimaryKey) => ({ gsi1pk: 'OUTBOX_SET_ASIDE', gsi1sk: `${at}#${pk}#${sk}` }),
  /** gsi2: entries for a zone on a day (UTC), delivered or not, for a replay. */
  feed: (zone: string, at: string, caseId: string, entry: string) => ({
    gsi2pk: `FEED#${zone}#${at.slice(0, 10)}`,
    gsi2sk: `${at}#${caseId}#${entry}`,
  }),
  /** gsi3: likewise, entries by which a zone has transferred a case. */
  feedOfGiver: (zone: string, at: string, caseId: string, entry: string) => ({
    gsi3pk: `FEED#${zone}#${at.slice(0, 10)}`,
    gsi3sk: `${at}#${caseId}#${entry}`,
  }),
  /** gsi2: deliveries to an endpoint of webhooks, by their last attempt. */
  deliveriesTo: (endpoint: string, at: string, caseId: string, entry: string) => ({
    gsi2pk: `DELIVERIES#${endpoint}`,
    gsi2sk: `${at}#${caseId}#${entry}`,
  }),
  /** gsi1: all current case types; gsi2: those of a kind; by id. */
  caseTypes: (id: string) => ({ gsi1pk: 'CASE_TYPES', gsi1sk: id }),
  caseTypesOfKind: (kind: string, id: string) => ({ gsi2pk: `CASE_TYPES#${kind}`, gsi2sk: id }),
  /** gsi1: a period's published rows of a zone's parks. */
  statisticsOfZone: (kind: string, period: string, zone: string, park: string) => ({
    gsi1pk: `${talentPartitions.statistics(kind, period)}#${zone}`,
    gsi1sk: park,
  }),
} as const;

/**
 * Keys of the access log. Entries are named by ULIDs, logs by random names, batches by numbers: no name identifies a
 * person. Permissions of functions in `serverless.yml` use the prefixes of the partitions.
 */
export const accessLogKeys = {
  /** An entry that is in no batch yet. There are few, so that `myAccessLog` reads all of them. */
  waiting: (lane: number, entry: string): PrimaryKey => ({ pk: `ACCESS_WAITING#${lane}`, sk: entry }),
  /** The viewer and the purpose of an entry, read for the entries of a page of a person's log. */
  entry: (entry: string): PrimaryKey => ({ pk: `ACCESS_ENTRY#${entry}`, sk: 'ENTRY' }),
  /** The log of a person. */
  ofPerson: (person: string): PrimaryKey => ({ pk: `ACCESS#${person}`, sk: 'LOG' }),
  /** A log of a person that is being erased. */
  erasing: (person: string, log: string): PrimaryKey => ({ pk: `ACCESS#${person}`, sk: `ERASING#${log}` }),
  /** The part of an entry in the log of the person it concerns, by time. `myAccessLog` reads this range backwards. */
  part: (log: string, entry: string): PrimaryKey => ({ pk: `ACCESS_LOG#${log}`, sk: entry }),
  batch: (lane: number, number: number): PrimaryKey => ({
    pk: `ACCESS_BATCHES#${lane}`,
    sk: String(number).padStart(9, '0'),
  }),
  /** A copy of each batch, written by another role than the batches. */
  registered: (lane: number, number: number): PrimaryKey => ({
    pk: `ACCESS_REGISTER#${lane}`,
    sk: String(number).padStart(9, '0'),
  }),
  /** The last batch that a lane may delete, written by the same role. */
  cut: (lane: number): PrimaryKey => ({ pk: `ACCESS_REGISTER#${lane}`, sk: 'CUT' }),
  /** The newest anchor, written by the same role. */
  anchor: (): PrimaryKey => ({ pk: 'ACCESS_REGISTER#ANCHOR', sk: 'NEWEST' }),
} as const;
