/**
 * Every table, key and index. One table a subgraph, one for credentials and one for the keys of persons; generic key
 * attributes, several kinds of items in each; the key functions below are the only places where a key is put together. What
 * serves which query: `docs/data-model.md`.
 */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { StoreName } from '../config.ts';

/** The physical names: `config().tables`. */
export type TableNames = Readonly<Record<StoreName, string>>;

/** Epoch seconds after which DynamoDB may delete an item; it does so late, so readers filter. */
export const TTL_ATTRIBUTE = 'ttl';

export interface IndexDefinition {
  /** Its keys are `<name>pk` and `<name>sk`, both strings. */
  readonly name: 'gsi1' | 'gsi2' | 'gsi3' | 'gsi4';
  /** `KEYS_ONLY`: a page is one Query and one BatchGet of the items. `ALL`: one Query, at the price of a second copy. */
  readonly projection: 'KEYS_ONLY' | 'ALL';
}

export interface TableDefinition {
  readonly indexes: readonly IndexDefinition[];
  /**
   * Whether what is deleted stays somewhere for a time: in the stream's images, and in what point-in-time recovery can bring
   * back. Of the keys of persons nothing may.
   */
  readonly keepsDeleted: boolean;
}

/** Every table also has `pk` and `sk`, and TTL on `ttl`; those that keep what is deleted, a stream of new and old images. */
export const TABLES: Readonly<Record<StoreName, TableDefinition>> = {
  parks: {
    indexes: [
      { name: 'gsi1', projection: 'ALL' },
      { name: 'gsi2', projection: 'ALL' },
      { name: 'gsi3', projection: 'ALL' },
    ],
    keepsDeleted: true,
  },
  enterprises: {
    indexes: [
      { name: 'gsi1', projection: 'KEYS_ONLY' },
      { name: 'gsi2', projection: 'KEYS_ONLY' },
    ],
    keepsDeleted: true,
  },
  talent: {
    indexes: [
      { name: 'gsi1', projection: 'KEYS_ONLY' },
      { name: 'gsi2', projection: 'KEYS_ONLY' },
      { name: 'gsi3', projection: 'KEYS_ONLY' },
      { name: 'gsi4', projection: 'KEYS_ONLY' },
    ],
    keepsDeleted: true,
  },
  linkages: {
    indexes: [
      { name: 'gsi1', projection: 'ALL' },
      { name: 'gsi2', projection: 'ALL' },
    ],
    keepsDeleted: true,
  },
  credentials: { indexes: [{ name: 'gsi1', projection: 'KEYS_ONLY' }], keepsDeleted: true },
  personKeys: { indexes: [], keepsDeleted: false },
};

/** The key of one item in any table. */
export interface PrimaryKey {
  readonly pk: string;
  readonly sk: string;
}

/** The key, in every table, of an item that never exists: what is read to see that a store answers. */
export const READY_KEY: PrimaryKey = { pk: 'READY', sk: 'READY' };

/**
 * Whether DynamoDB could hold an item with this key: what callers send goes into keys, and no item has one that is longer.
 */
export function isStorable({ pk, sk }: { readonly pk: string; readonly sk?: string }): boolean {
  return Buffer.byteLength(pk) <= 2_048 && Buffer.byteLength(sk ?? '') <= 1_024;
}

/** Zero-padded, so that numbers sort as text: versions and sequences up to 999,999. */
const ordinal = (number: number) => String(number).padStart(6, '0');

/** Keys of every table: the answer of a mutation that came before. */
export const idempotencyKey = (scope: string, key: string): PrimaryKey => ({ pk: `IDEM#${scope}#${key}`, sk: 'IDEM' });

/** Keys of every table: the version of its data, and how far a migration of them has come. */
export const dataVersionKeys = {
  stamp: (): PrimaryKey => ({ pk: 'DATA_VERSION', sk: 'STAMP' }),
  progress: (version: number, step: string): PrimaryKey => ({
    pk: 'DATA_VERSION',
    sk: `${dataVersionKeys.progressOf(version)}${step}`,
  }),
  /** Beginning of the sort keys of one migration's progress. */
  progressOf: (version: number) => `PROGRESS#${ordinal(version)}#`,
} as const;

/** Index keys of every table but that of persons' keys. gsi1: what was answered to a person, so that it goes with them. */
export const answersTo = (person: string, { pk }: PrimaryKey) => ({ gsi1pk: `PERSON#${person}#ANSWERS`, gsi1sk: pk });

/** An enterprise's own partition is its id; what is counted or listed for a park is in the partition `PARK#<park>`. */
export const enterpriseKeys = {
  /** `enterprise(id)`, references by id. */
  enterprise: (id: string): PrimaryKey => ({ pk: id, sk: 'ENTERPRISE' }),
  /** Exactly one enterprise a code; `enterprise(uscc)`, references by uscc. */
  uscc: (uscc: string): PrimaryKey => ({ pk: `USCC#${uscc}`, sk: 'USCC' }),
  /** One item for each version of an enterprise that changes who is resident where: an event, never changed but to count it. */
  enterpriseChange: (id: string, version: number): PrimaryKey => ({ pk: id, sk: `CHANGE#${ordinal(version)}` }),
  /** One item for each version of an enterprise that changes its home, admissions or registration: `Enterprise.registerEvents`. */
  registerEvent: (id: string, version: number): PrimaryKey => ({ pk: id, sk: `REGISTER#${ordinal(version)}` }),
  /** The newest version of a day's report: `Enterprise.operationReports(from, to)` is one range of it. */
  report: (id: string, day: string): PrimaryKey => ({ pk: id, sk: `REPORT#${day}` }),
  /** Each version of a day's report: its history, and the event that is counted. */
  reportVersion: (id: string, day: string, version: number): PrimaryKey => ({
    pk: id,
    sk: `REPORTED#${day}#${ordinal(version)}`,
  }),
  /** The last day that an enterprise has reported, so that an import can't change a stay that a report rests on. */
  reporting: (id: string): PrimaryKey => ({ pk: id, sk: 'REPORTING' }),
  tracking: (id: string): PrimaryKey => ({ pk: id, sk: 'TRACKING' }),
  supportRequest: (id: string): PrimaryKey => ({ pk: id, sk: 'SUPPORT' }),
  project: (id: string): PrimaryKey => ({ pk: id, sk: 'PROJECT' }),

  /** That the park exists: enterprises are imported only into a known one. */
  knownPark: (park: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: 'PARK' }),
  /** The residents' counts and steps: one item a park. */
  parkFigures: (park: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: 'FIGURES' }),
  /** The sums over a day's reports; `Park.resumptionSeries(from, to)` is one range of them. */
  parkDay: (park: string, day: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `DAY#${day}` }),
  /** Up to which change the park's published figures are applied: every write of reports and stays is held to it. */
  parkPublication: (park: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: 'PUBLICATION' }),
  /** A published day, behind its sums in the same range. */
  publishedDay: (park: string, day: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `DAY#${day}#PUBLISHED` }),
  /** One revision of a day's published figures: never changed once it is visible. */
  figureRevision: (park: string, day: string, revision: number): PrimaryKey => ({
    pk: `PARK#${park}`,
    sk: `REVISION#${day}#${ordinal(revision)}`,
  }),
  /** What a zone, or the administrators, are told of the register, by time: `enterpriseNotices`. */
  registerNotice: (told: string, at: string, id: string, version: number): PrimaryKey => ({
    pk: `NOTICES#${told}`,
    sk: `${at}#${id}#${ordinal(version)}`,
  }),
  /** What an officer has proposed of a park's published figures; by time, read backwards. */
  figuresProposal: (park: string, id: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `PROPOSAL#${id}` }),
  /** That an accepted proposal's change of an enterprise is applied. */
  appliedChange: (park: string, proposal: string, enterprise: string): PrimaryKey => ({
    pk: `PARK#${park}`,
    sk: `APPLIED#${proposal}#${enterprise}`,
  }),
  /** An open stay: `enterprises(park)` is the partition's range `RESIDENT#`, by id. */
  resident: (park: string, id: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `RESIDENT#${id}` }),
  /** While it is there, the tallies are being rebuilt and nobody else may count. */
  rebuildLock: (): PrimaryKey => ({ pk: 'REBUILD', sk: 'REBUILD' }),
} as const;

/** Index keys of the enterprises table. */
export const enterpriseIndexes = {
  /** gsi1: all enterprises of a sector. */
  enterprisesOfSector: (sector: string, id: string) => ({ gsi1pk: `SECTOR#${sector}`, gsi1sk: id }),
  /** gsi2: moves that silence hands over, by the last day on which somebody may say otherwise. */
  moveDueOn: (day: string, id: string) => ({ gsi2pk: 'MOVES_DUE', gsi2sk: `${day}#${id}` }),
  /** gsi2: what waits for an administrator. */
  enterpriseToDecide: (id: string) => ({ gsi2pk: 'ENTERPRISES_TO_DECIDE', gsi2sk: id }),
  /** gsi2: registrations of a zone that nobody has confirmed. */
  unconfirmed: (zone: string, id: string) => ({ gsi2pk: `${zone}#UNCONFIRMED`, gsi2sk: id }),
  /** gsi1: residents of a park and sector. */
  residentsOfSector: (park: string, sector: string, id: string) => ({
    gsi1pk: `PARK#${park}#SECTOR#${sector}`,
    gsi1sk: id,
  }),
  /** gsi2: residents of a park and size class. */
  residentsOfSize: (park: string, size: string, id: string) => ({ gsi2pk: `PARK#${park}#SIZE#${size}`, gsi2sk: id }),
  /** gsi1: support requests of an enterprise; the id's ULID is the time of its opening, read backwards. */
  supportOfEnterprise: (enterprise: string, id: string) => ({ gsi1pk: `${enterprise}#SUPPORT`, gsi1sk: id }),
  /** gsi1: projects of a park. */
  projectsOfPark: (park: string, id: string) => ({ gsi1pk: `PARK#${park}#PROJECT`, gsi1sk: id }),
  /** gsi2: projects of a park in a stage. */
  projectsInStage: (park: string, stage: string, id: string) => ({ gsi2pk: `PARK#${park}#STAGE#${stage}`, gsi2sk: id }),
} as const;

/** A zone's, a park's, a policy's and an indicator's own partition is its id. */
export const parkKeys = {
  zone: (id: string): PrimaryKey => ({ pk: id, sk: 'ZONE' }),
  park: (id: string): PrimaryKey => ({ pk: id, sk: 'PARK' }),
  /** All of a park's: `Park.facilities` of many parks is one BatchGet. */
  facilities: (park: string): PrimaryKey => ({ pk: park, sk: 'FACILITIES' }),
  control: (park: string): PrimaryKey => ({ pk: park, sk: 'CONTROL' }),
  policy: (id: string): PrimaryKey => ({ pk: id, sk: 'POLICY' }),
  clauses: (policy: string, version: number): PrimaryKey => ({ pk: policy, sk: `CLAUSES#${ordinal(version)}` }),
  /** `policies(inForceOn)`: what is in force on all days of a bucket, by the day from which it is in force. */
  inForce: (bucket: string, from: string, policy: string): PrimaryKey => ({
    pk: `IN_FORCE#${bucket}`,
    sk: `${from}#${policy}`,
  }),
  indicator: (id: string): PrimaryKey => ({ pk: id, sk: 'INDICATOR' }),
  /** A version of a record, beside the current one: its history, and the event of its publication. */
  recordVersion: ({ pk, sk }: PrimaryKey, version: number): PrimaryKey => ({ pk, sk: `${sk}@${ordinal(version)}` }),
  /** `Park.observations(from, to, period)`: by the last day of the period. */
  observation: (geography: string, unit: string, to: string, indicator: string, basis: string): PrimaryKey => ({
    pk: `${geography}#OBSERVED#${unit}`,
    sk: `${to}#${indicator}#${basis}`,
  }),
} as const;

/** Index keys of the parks table. */
export const parkIndexes = {
  /** gsi1: all zones, all parks, all indicators, by code. */
  zones: (code: string) => ({ gsi1pk: 'ZONES', gsi1sk: code }),
  parks: (code: string) => ({ gsi1pk: 'PARKS', gsi1sk: code }),
  indicators: (code: string) => ({ gsi1pk: 'INDICATORS', gsi1sk: code }),
  /** gsi2: zones of a kind, parks of a zone, by code. */
  zonesOfKind: (kind: string, code: string) => ({ gsi2pk: `ZONES#${kind}`, gsi2sk: code }),
  parksOfZone: (zone: string, code: string) => ({ gsi2pk: `${zone}#PARKS`, gsi2sk: code }),
  /** gsi1: all policies; gsi2: of an issuer; gsi3: for a kind of subject; by the first day of the newest version. */
  policies: (order: string) => ({ gsi1pk: 'POLICIES', gsi1sk: order }),
  policiesOfIssuer: (issuer: string, order: string) => ({ gsi2pk: `POLICIES#ISSUER#${issuer}`, gsi2sk: order }),
  policiesForSubject: (subject: string, order: string) => ({ gsi3pk: `POLICIES#SUBJECT#${subject}`, gsi3sk: order }),
  /** gsi2: in force in a bucket, of an issuer; gsi3: for a kind of subject. */
  inForceOfIssuer: (issuer: string, bucket: string, from: string, policy: string) => ({
    gsi2pk: `IN_FORCE#${bucket}#ISSUER#${issuer}`,
    gsi2sk: `${from}#${policy}`,
  }),
  inForceForSubject: (subject: string, bucket: string, from: string, policy: string) => ({
    gsi3pk: `IN_FORCE#${bucket}#SUBJECT#${subject}`,
    gsi3sk: `${from}#${policy}`,
  }),
  /** gsi1: observations of one indicator, by unit of period and last day. */
  observationsOfIndicator: (geography: string, indicator: string, unit: string, to: string, basis: string) => ({
    gsi1pk: `${geography}#OBSERVED#${indicator}`,
    gsi1sk: `${unit}#${to}#${basis}`,
  }),
} as const;

/** A case's own partition is its id and holds all that one look at it needs: one Query. */
export const talentKeys = {
  case: (id: string): PrimaryKey => ({ pk: id, sk: 'CASE' }),
  event: (id: string, sequence: number): PrimaryKey => ({ pk: id, sk: `EVENT#${ordinal(sequence)}` }),
  document: (id: string, code: string): PrimaryKey => ({ pk: id, sk: `DOCUMENT#${code}` }),
  /** A file of a document as it was taken in: never changed. */
  documentVersion: (id: string, code: string, version: number): PrimaryKey => ({
    pk: id,
    sk: `FILE#${code}#${ordinal(version)}`,
  }),
  /** A file that was announced and isn't supplied yet: those of a case are one partition. */
  upload: (caseId: string, id: string): PrimaryKey => ({ pk: `UPLOADS#${caseId}`, sk: id }),
  opinion: (id: string, agency: string): PrimaryKey => ({ pk: id, sk: `OPINION#${agency}` }),
  /** What is known of the child that a case is about: apart, and never an entity. */
  caseChild: (id: string): PrimaryKey => ({ pk: id, sk: 'CHILD' }),
  /** The case in the list of its applicant: `myCases`. */
  caseOfApplicant: (id: string): PrimaryKey => ({ pk: id, sk: 'APPLICANT' }),
  /** The case in the list of an agency that is in charge. */
  work: (id: string, agency: string): PrimaryKey => ({ pk: id, sk: `WORK#${agency}` }),
  /** How many persons' values an officer of the zone may open on a day. */
  revealQuota: (zone: string): PrimaryKey => ({ pk: zone, sk: 'REVEAL_QUOTA' }),
  /** The persons whose values an officer has opened on a day, both named by keyed hashes. */
  reveals: (officer: string, day: string): PrimaryKey => ({ pk: `REVEALS#${officer}`, sk: day }),
  /** As what an entry of a list is counted; and what is counted of an agency's list for a due day. */
  countedWork: (id: string, agency: string): PrimaryKey => ({ pk: `COUNTED#${id}`, sk: agency }),
  workTally: (zone: string, agency: string, dueOn: string | null): PrimaryKey => ({
    pk: talentPartitions.workTallies(zone, agency),
    sk: dueOn ?? NO_DAY,
  }),
  /** While it is there, the tallies of lists are being rebuilt and nobody else may count. */
  rebuildLock: (): PrimaryKey => ({ pk: 'REBUILD', sk: 'REBUILD' }),
  /** What falls due next in a case. */
  due: (id: string): PrimaryKey => ({ pk: id, sk: 'DUE' }),
  /** What the clock has brought about in a case: `notice` says what is noted once (`domain/cases/notice.ts`). */
  notice: (id: string, notice: string): PrimaryKey => ({ pk: id, sk: `NOTICE#${notice}` }),
  /** Up to which day all that fell due is looked after. */
  deadlineBookmark: (): PrimaryKey => ({ pk: 'DEADLINES', sk: 'BOOKMARK' }),
  /** One for each event of a case: what is to be told to others. */
  outbox: (caseId: string, sequence: number): PrimaryKey => ({
    pk: talentPartitions.outbox(caseId),
    sk: ordinal(sequence),
  }),
  /** And one for each notice. */
  outboxOfNotice: (caseId: string, notice: string): PrimaryKey => ({
    pk: talentPartitions.outbox(caseId),
    sk: `NOTICE#${notice}`,
  }),
  /** How an entry of the outbox stands with one endpoint of webhooks. */
  delivery: (caseId: string, entry: string, endpoint: string): PrimaryKey => ({
    pk: `DELIVERY#${caseId}`,
    sk: `${entry}#${endpoint}`,
  }),
  /** Exactly one case a receipt number; `case(receiptNumber)`. */
  receipt: (number: string): PrimaryKey => ({ pk: `RECEIPT#${number}`, sk: 'RECEIPT' }),
  /** The version that new cases are taken under; references by id. */
  caseType: (id: string): PrimaryKey => ({ pk: id, sk: 'CURRENT' }),
  caseTypeVersion: (id: string, version: number): PrimaryKey => ({ pk: id, sk: `VERSION#${ordinal(version)}` }),
  /** Which case types carry a policy out: `Policy.caseTypes` of many policies is one BatchGet, and one of the types. */
  caseTypesOfPolicy: (policy: string): PrimaryKey => ({ pk: policy, sk: 'CASE_TYPES' }),

  /** What is counted of a kind's cases in a month, by place and route: one partition is what is closed together. */
  caseTally: (kind: string, month: string, place: CasePlace): PrimaryKey => ({
    pk: talentPartitions.caseTallies(kind, month),
    sk: leafOf(place),
  }),
  /** What a month was closed with, by place and route: a quarter and the next month's standing are computed from it. */
  closedTally: (kind: string, month: string, place: CasePlace): PrimaryKey => ({
    pk: talentPartitions.closedTallies(kind, month),
    sk: leafOf(place),
  }),
  /** A published row: that of a park is one item, those of zones or routes are one range. */
  statisticsRow: (kind: string, period: string, by: string, of: string): PrimaryKey => ({
    pk: talentPartitions.statistics(kind, period),
    sk: `${by}#${of}`,
  }),
  /** That a period is published: from then on it never changes. */
  publication: (kind: string, period: string): PrimaryKey => ({
    pk: talentPartitions.statistics(kind, period),
    sk: 'PUBLISHED',
  }),
  /** Which month of a kind was closed last: what comes later is counted in a later one. */
  closing: (kind: string): PrimaryKey => ({ pk: `STATISTICS#${kind}`, sk: 'CLOSING' }),
  /** A person's partition holds what is kept of them and of their children. */
  person: (person: string): PrimaryKey => ({ pk: `PERSON#${person}`, sk: 'PERSON' }),
  childOfPerson: (guardian: string, child: string): PrimaryKey => ({ pk: `PERSON#${guardian}`, sk: `CHILD#${child}` }),
} as const;

/**
 * The access log. Entries are named by ULIDs, logs and batches by random names and numbers: none says whose data it is. The
 * partitions' beginnings are in the rights of the functions that write them: `serverless.yml`.
 */
export const accessLogKeys = {
  /** An entry that is in no batch yet: few, so `myAccessLog` reads all of them. */
  waiting: (lane: number, entry: string): PrimaryKey => ({ pk: `ACCESS_WAITING#${lane}`, sk: entry }),
  /** Who was shown something, and why: read by the entries of a page of a person's log. */
  entry: (entry: string): PrimaryKey => ({ pk: `ACCESS_ENTRY#${entry}`, sk: 'ENTRY' }),
  /** Which log is a person's. */
  ofPerson: (person: string): PrimaryKey => ({ pk: `ACCESS#${person}`, sk: 'LOG' }),
  /** A log of a person that is being erased. */
  erasing: (person: string, log: string): PrimaryKey => ({ pk: `ACCESS#${person}`, sk: `ERASING#${log}` }),
  /** What an entry says of the person whose log it is, by time: `myAccessLog` is this range backwards. */
  part: (log: string, entry: string): PrimaryKey => ({ pk: `ACCESS_LOG#${log}`, sk: entry }),
  batch: (lane: number, number: number): PrimaryKey => ({
    pk: `ACCESS_BATCHES#${lane}`,
    sk: String(number).padStart(9, '0'),
  }),
  /** A copy of each batch, made by another role than the one that makes batches. */
  registered: (lane: number, number: number): PrimaryKey => ({
    pk: `ACCESS_REGISTER#${lane}`,
    sk: String(number).padStart(9, '0'),
  }),
  /** Up to which batch a lane may be cut: of the same role. */
  cut: (lane: number): PrimaryKey => ({ pk: `ACCESS_REGISTER#${lane}`, sk: 'CUT' }),
  /** The newest anchor: of the same role. */
  anchor: (): PrimaryKey => ({ pk: 'ACCESS_REGISTER#ANCHOR', sk: 'NEWEST' }),
} as const;

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

/** After every day. */
const NO_DAY = '9999-12-31';

/** In how many parts an index is kept that all writes of a day would meet in. */
export const SHARDS = 8;

/** Which part what belongs to an id is in: by the last digits of its ULID, which are random. */
export function shardOf(id: string): number {
  return Number.parseInt(id.slice(-2), 36) % SHARDS;
}

/** Index keys of the talent table. */
export const talentIndexes = {
  /** gsi1: cases of an applicant, by the time of their opening. */
  casesOfApplicant: (person: string, order: string) => ({ gsi1pk: `APPLICANT#${person}`, gsi1sk: order }),
  /**
   * gsi1: cases of a park; gsi2: of a park in a state; gsi3: of an enterprise's staff; by the time of their opening. The zone
   * that answers for them is in the key: an officer's list holds what is theirs to see, whatever they ask for.
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
  /** gsi1: what an agency of a zone has to do; gsi2: what of it is in a state; by due day, and what has none comes last. */
  workOfAgency: (zone: string, agency: string, dueOn: string | null, id: string) => ({
    gsi1pk: `WORK#${zone}#${agency}`,
    gsi1sk: `${dueOn ?? NO_DAY}#${id}`,
  }),
  workInState: (zone: string, agency: string, state: string, dueOn: string | null, id: string) => ({
    gsi2pk: `WORK#${zone}#${agency}#${state}`,
    gsi2sk: `${dueOn ?? NO_DAY}#${id}`,
  }),
  /** gsi1: what falls due on a day, in as many parts as `SHARDS`. */
  dueOn: (day: string, shard: number, id: string) => ({ gsi1pk: `DUE#${day}#${shard}`, gsi1sk: id }),
  /** gsi2: cases whose clock's ends were computed with a version of the calendar, in as many parts. */
  dueByCalendar: (version: string, shard: number, id: string) => ({
    gsi2pk: `CALENDAR#${version}#${shard}`,
    gsi2sk: id,
  }),
  /**
   * gsi1: what is not delivered yet, by the instant of its next attempt, in as many parts as `SHARDS`; what is delivered has no
   * such keys. An entry is named by the sort key of its item.
   */
  undelivered: (shard: number, at: string, caseId: string, entry: string) => ({
    gsi1pk: `UNDELIVERED#${shard}`,
    gsi1sk: `${at}#${caseId}#${entry}`,
  }),
  /** gsi1: what can't be read and waits for somebody to look at it. */
  setAside: (at: string, { pk, sk }: PrimaryKey) => ({ gsi1pk: 'OUTBOX_SET_ASIDE', gsi1sk: `${at}#${pk}#${sk}` }),
  /** gsi2: what a zone was to be told on a day (UTC), delivered or not: what a replay finds it by. */
  feed: (zone: string, at: string, caseId: string, entry: string) => ({
    gsi2pk: `FEED#${zone}#${at.slice(0, 10)}`,
    gsi2sk: `${at}#${caseId}#${entry}`,
  }),
  /** gsi3: likewise, of what a zone has given away by it. */
  feedOfGiver: (zone: string, at: string, caseId: string, entry: string) => ({
    gsi3pk: `FEED#${zone}#${at.slice(0, 10)}`,
    gsi3sk: `${at}#${caseId}#${entry}`,
  }),
  /** gsi1: all current case types; gsi2: of a kind; by id. */
  caseTypes: (id: string) => ({ gsi1pk: 'CASE_TYPES', gsi1sk: id }),
  caseTypesOfKind: (kind: string, id: string) => ({ gsi2pk: `CASE_TYPES#${kind}`, gsi2sk: id }),
  /** gsi1: a period's published rows of a zone's parks. */
  statisticsOfZone: (kind: string, period: string, zone: string, park: string) => ({
    gsi1pk: `${talentPartitions.statistics(kind, period)}#${zone}`,
    gsi1sk: park,
  }),
} as const;

/** What linkages owns, and under other entities' ids what it has to know of them: read models and collected references. */
export const linkageKeys = {
  agreement: (id: string): PrimaryKey => ({ pk: id, sk: 'AGREEMENT' }),
  /** One for each zone that is a party: `agreements(zone)` is the partition, by the agreement's first day. */
  party: (zone: string, validFrom: string, agreement: string): PrimaryKey => ({
    pk: `${zone}#AGREEMENTS`,
    sk: `${validFrom}#${agreement}`,
  }),
  coverage: (id: string): PrimaryKey => ({ pk: id, sk: 'COVERAGE' }),
  relocation: (id: string): PrimaryKey => ({ pk: id, sk: 'RELOCATION' }),
  group: (id: string): PrimaryKey => ({ pk: id, sk: 'GROUP' }),
  /** A zone's groups and its agreements in short: one step of a walk over many zones is one BatchGet. */
  zoneLinks: (zone: string): PrimaryKey => ({ pk: zone, sk: 'LINKS' }),
  /** Ids of the policies of a zone itself, and of the coverages that reach into it. */
  zonePolicies: (zone: string): PrimaryKey => ({ pk: zone, sk: 'POLICIES' }),
  /** Ids of the coverages of a policy. */
  coveragesOfPolicy: (policy: string): PrimaryKey => ({ pk: policy, sk: 'COVERAGES' }),
  relocationsOfEnterprise: (enterprise: string): PrimaryKey => ({ pk: enterprise, sk: 'RELOCATIONS' }),
  /** What is known from other subgraphs, by their streams. */
  policyFacts: (policy: string): PrimaryKey => ({ pk: policy, sk: 'FACTS' }),
  parkFacts: (park: string): PrimaryKey => ({ pk: park, sk: 'FACTS' }),
  /** By an enterprise's id, its uscc, and each of its sites' ids. */
  subjectFacts: (subject: string): PrimaryKey => ({ pk: `SUBJECT#${subject}`, sk: 'FACTS' }),
} as const;

/** Index keys of the linkages table. */
export const linkageIndexes = {
  /** gsi1: agreements of a zone and kind, by first day. */
  partyOfKind: (zone: string, kind: string, validFrom: string, agreement: string) => ({
    gsi1pk: `${zone}#AGREEMENTS#${kind}`,
    gsi1sk: `${validFrom}#${agreement}`,
  }),
  /** gsi2: agreements of a zone and recorded status, by last day, so that those expired by today are a range of it. */
  partyInStatus: (zone: string, status: string, lastDay: string, agreement: string) => ({
    gsi2pk: `${zone}#AGREEMENTS#${status}`,
    gsi2sk: `${lastDay}#${agreement}`,
  }),
} as const;

/** The partition of the list of receipt numbers whose secrets are older than tags. */
export const UNTAGGED_RECEIPTS = 'UNTAGGED_RECEIPTS';

/** What callers come with. The partitions' beginnings are in the rights of the functions that read them: `serverless.yml`. */
export const credentialKeys = {
  /** An API key by the part of it that isn't secret. */
  apiKey: (id: string): PrimaryKey => ({ pk: `KEY#${id}`, sk: 'KEY' }),
  /** The secret that goes with a case's receipt number. */
  caseSecret: (receiptNumber: string): PrimaryKey => ({ pk: `RECEIPT#${receiptNumber}`, sk: 'SECRET' }),
  /** A part of the list of the receipt numbers whose secrets are older than tags. */
  untaggedReceipts: (first: string): PrimaryKey => ({ pk: UNTAGGED_RECEIPTS, sk: first }),
  /** Where a zone's systems are told of its cases: all of a zone's are one partition. */
  webhook: (zone: string, id: string): PrimaryKey => ({ pk: `WEBHOOKS#${zone}`, sk: id }),
  /** What a client may still ask for: there is none while that is all that it may. */
  budget: (client: string): PrimaryKey => ({ pk: `BUDGET#${client}`, sk: 'BUDGET' }),
} as const;

/** Index keys of the credentials table. */
export const credentialIndexes = {
  /** gsi1: a zone's API keys, in the order of their making. Only the command that manages them reads it. */
  keysOfZone: (zone: string, createdAt: string, id: string) => ({
    gsi1pk: `${zone}#KEYS`,
    gsi1sk: `${createdAt}#${id}`,
  }),
} as const;

/** What persons' data are encrypted by, and what finds a person by a number of theirs. */
export const personKeyKeys = {
  /** The keys of a zone, wrapped by its master key. */
  zone: (zone: string): PrimaryKey => ({ pk: zone, sk: 'KEYS' }),
  /** The keys of a person, wrapped by the zone's. Gone, nothing that was said of the person can be read again. */
  person: (person: string): PrimaryKey => ({ pk: `PERSON#${person}`, sk: 'KEYS' }),
  /** That a person was erased, and when: what a restore has brought back is removed by it. */
  erasure: (person: string): PrimaryKey => ({ pk: `PERSON#${person}`, sk: 'ERASED' }),
  /** Whose identity number was verified to be this one, by its keyed hash: all accounts of one person are one partition. */
  idNumber: (zone: string, keyId: string, hash: string, person: string): PrimaryKey => ({
    pk: `${zone}#ID_NUMBER#${keyId}#${hash}`,
    sk: `PERSON#${person}`,
  }),
} as const;

/** What CreateTable takes for a table. TTL is switched on by a call of its own. */
export function createTableInput(store: StoreName, tableName: string): CreateTableCommandInput {
  const { indexes, keepsDeleted } = TABLES[store];
  const attributes = ['pk', 'sk', ...indexes.flatMap(({ name }) => [`${name}pk`, `${name}sk`])];
  const keySchema = (prefix: string) => [
    { AttributeName: `${prefix}pk`, KeyType: 'HASH' as const },
    { AttributeName: `${prefix}sk`, KeyType: 'RANGE' as const },
  ];
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keySchema(''),
    // DynamoDB takes no empty list.
    ...(indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: indexes.map(({ name, projection }) => ({
            IndexName: name,
            KeySchema: keySchema(name),
            Projection: { ProjectionType: projection },
          })),
        }),
    ...(keepsDeleted ? { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } } : {}),
  };
}
