import { ordinal, type PrimaryKey, recordVersionKey } from './key.ts';

/**
 * Keys of the enterprises table. An enterprise's own partition is its id; counts and lists of a park are in the
 * partition `PARK#<park>`.
 */
export const enterpriseKeys = {
  /** `enterprise(id)`, references by id. */
  enterprise: (id: string): PrimaryKey => ({ pk: id, sk: 'ENTERPRISE' }),
  /** The one enterprise of a code; `enterprise(uscc)`, references by uscc. */
  uscc: (uscc: string): PrimaryKey => ({ pk: `USCC#${uscc}`, sk: 'USCC' }),
  /**
   * The event of a version of an enterprise that changes its stays. Many steps make further events (`part`). Only the
   * mark of an event as counted changes.
   */
  enterpriseChange: (id: string, version: number, part = 0): PrimaryKey => ({
    pk: id,
    sk: `CHANGE#${ordinal(version)}${part === 0 ? '' : `#${part}`}`,
  }),
  /**
   * One event per version of an enterprise that changes its home, admissions or registration:
   * `Enterprise.registerEvents`.
   */
  registerEvent: (id: string, version: number): PrimaryKey => ({ pk: id, sk: `REGISTER#${ordinal(version)}` }),
  /** A stay that ended on a settled day: `Enterprise.earlierResidencies`, read backwards. It never changes. */
  settledStay: (
    id: string,
    stay: { readonly to: string; readonly from: string; readonly parkId: string; readonly kind: string },
  ): PrimaryKey => ({ pk: id, sk: `SETTLED_STAY#${stay.to}#${stay.from}#${stay.parkId}#${stay.kind}` }),
  /** The bound of the settled stays that end on a day or later. */
  settledStaysTo: (id: string, to: string): PrimaryKey => ({ pk: id, sk: `SETTLED_STAY#${to}` }),
  /** The classes that an enterprise had up to a settled day. They never change. */
  settledClasses: (id: string, to: string): PrimaryKey => ({ pk: id, sk: `SETTLED_CLASSES#${to}` }),
  /** A relocation to a zone. Simulations read the partition. */
  relocatedTo: (zone: string, relocation: string): PrimaryKey => ({ pk: `RELOCATED#${zone}`, sk: relocation }),
  /** The mark that a relocation, confirmed by both zones, has been arranged as a move, or leads to none. */
  arrangedMove: (id: string, relocation: string): PrimaryKey => ({ pk: id, sk: `ARRANGED#${relocation}` }),
  /** The newest version of a day's report. `Enterprise.operationReports(from, to)` is one range of it. */
  report: (id: string, day: string): PrimaryKey => ({ pk: id, sk: `REPORT#${day}` }),
  /** Each version of a day's report: its history, and the counted event. */
  reportVersion: (id: string, day: string, version: number): PrimaryKey => ({
    pk: id,
    sk: `REPORTED#${day}#${ordinal(version)}`,
  }),
  /** The last day that an enterprise has reported, so that an import can't change a stay behind a report. */
  reporting: (id: string): PrimaryKey => ({ pk: id, sk: 'REPORTING' }),
  tracking: (id: string): PrimaryKey => ({ pk: id, sk: 'TRACKING' }),
  supportRequest: (id: string): PrimaryKey => ({ pk: id, sk: 'SUPPORT' }),
  project: (id: string): PrimaryKey => ({ pk: id, sk: 'PROJECT' }),
  inspection: (id: string): PrimaryKey => ({ pk: id, sk: 'INSPECTION' }),
  /** An inspection in the list of the enterprise that mends: `Enterprise.inspections`, by id, read backwards. */
  inspectionOfEnterprise: (enterprise: string, id: string): PrimaryKey => ({
    pk: enterprise,
    sk: `INSPECTED#${id}`,
  }),
  offer: (id: string): PrimaryKey => ({ pk: id, sk: 'OFFER' }),
  interest: (offer: string, enterprise: string): PrimaryKey => ({ pk: offer, sk: `INTEREST#${enterprise}` }),
  course: (id: string): PrimaryKey => ({ pk: id, sk: 'COURSE' }),
  coursePlaces: (id: string): PrimaryKey => ({ pk: id, sk: 'PLACES' }),
  enrolment: (course: string, enterprise: string): PrimaryKey => ({ pk: course, sk: `ENROLMENT#${enterprise}` }),
  /** An enterprise's enrolment in the list of a zone whose officers see it: `Enterprise.enrolments`, read backwards. */
  enrolmentOfZone: (enterprise: string, zone: string, course: string): PrimaryKey => ({
    pk: enterprise,
    sk: `ENROLLED#${zone}#${course}`,
  }),
  /** An enterprise's answer in the list of a zone whose officers see it: `Enterprise.directiveAnswers`, read backwards. */
  answerOfZone: (enterprise: string, zone: string, directive: string, park: string): PrimaryKey => ({
    pk: enterprise,
    sk: `ANSWERED#${zone}#${directive}#${park}`,
  }),
  directive: (id: string): PrimaryKey => ({ pk: id, sk: 'DIRECTIVE' }),
  /** The answer of an enterprise, or of the park's office, to a directive in a park. */
  directiveAnswer: (id: string, park: string, enterprise: string | null): PrimaryKey => ({
    pk: id,
    sk: `ANSWER#${park}#${enterprise ?? 'OFFICE'}`,
  }),
  /** The answers of a park's enterprises to one version of a directive, counted: `Directive.compliance`. */
  directiveCounts: (id: string, park: string, version: number): PrimaryKey => ({
    pk: id,
    sk: `COUNTS#${park}#${ordinal(version)}`,
  }),
  /** A version of a tracking, a request, a project, a directive or an answer, beside the current one. */
  recordVersion: recordVersionKey,

  /** A known park. Enterprises are imported only into known parks. */
  knownPark: (park: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: 'PARK' }),
  /** The copy of a park's list of facilities. Inspections name only listed ones. */
  knownFacilities: (park: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: 'FACILITIES' }),
  /** The counts of a park's lists, and its last reported day: one item per park. */
  parkFigures: (park: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: 'FIGURES' }),
  /** The sums of residency steps in a month, year or decade, or in all (`''`). The levels of a day take four of them. */
  parkSteps: (park: string, sums: 'ALL' | 'CLASSES', period: string): PrimaryKey => ({
    pk: `PARK#${park}`,
    sk: `STEPS#${sums}#${period}`,
  }),
  /** The sums over a day's reports by sector, size class and mode. */
  parkDayParts: (park: string, day: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `PARTS#${day}` }),
  /** The sums over a day's reports by sector, mode and size class together, with bounds of their contributions. */
  parkDayShares: (park: string, day: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `SHARES#${day}` }),
  /** The sums over a day's reports. `Park.resumptionSeries(from, to)` is one range of them. */
  parkDay: (park: string, day: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `DAY#${day}` }),
  /**
   * The sequence up to which a park's changes of published figures are applied. Every write of reports and stays checks
   * it.
   */
  parkPublication: (park: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: 'PUBLICATION' }),
  /** A published day, after its sums in the same range. */
  publishedDay: (park: string, day: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `DAY#${day}#PUBLISHED` }),
  /** One revision of a day's published figures. It never changes once it is visible. */
  figureRevision: (park: string, day: string, revision: number): PrimaryKey => ({
    pk: `PARK#${park}`,
    sk: `REVISION#${day}#${ordinal(revision)}`,
  }),
  /** Register events as notices to a zone or the administrators, by time: `enterpriseNotices`. */
  registerNotice: (told: string, at: string, id: string, version: number): PrimaryKey => ({
    pk: `NOTICES#${told}`,
    sk: `${at}#${id}#${ordinal(version)}`,
  }),
  /** A published version of a policy as a notice to the enterprises of a zone, by time: `Enterprise.policyNotices`. */
  policyNotice: (zone: string, at: string, policy: string, number: number): PrimaryKey => ({
    pk: `POLICIES#${zone}`,
    sk: `${at}#${policy}#${ordinal(number)}`,
  }),
  /** The terms of a policy, copied from parks. */
  policyTerms: (policy: string): PrimaryKey => ({ pk: policy, sk: 'TERMS' }),
  /** The number of simulations of a zone's officers on a day. */
  simulationsOfDay: (zone: string, day: string): PrimaryKey => ({ pk: `${zone}#SIMULATIONS`, sk: `DAY#${day}` }),
  /** A simulation in the zone's log, by time. */
  simulation: (zone: string, at: string, key: string): PrimaryKey => ({
    pk: `${zone}#SIMULATIONS`,
    sk: `LOG#${at}#${key}`,
  }),
  /** A proposal to change a park's published figures, by time; read backwards. */
  figuresProposal: (park: string, id: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `PROPOSAL#${id}` }),
  /** A mark that an accepted proposal's change of an enterprise is applied. */
  appliedChange: (park: string, proposal: string, enterprise: string): PrimaryKey => ({
    pk: `PARK#${park}`,
    sk: `APPLIED#${proposal}#${enterprise}`,
  }),
  /** A stay without an end. `enterprises(park)` is the partition's range `RESIDENT#`, by id. */
  resident: (park: string, id: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `RESIDENT#${id}` }),
  /** The goods that an enterprise of a park needs, in the partition of the park's supply chain. */
  needsInPark: (park: string, sector: string, id: string): PrimaryKey => ({ pk: `NEEDS#${park}#${sector}`, sk: id }),
  /** A directive that addresses the park, by time: `Park.directives`. */
  directiveOfPark: (park: string, id: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `DIRECTIVE#${id}` }),
  /**
   * A name of an enterprise, as it is compared, in the list of a language and of its first characters:
   * `enterprisesByName`.
   */
  enterpriseName: (locale: string, first: string, text: string, id: string): PrimaryKey => ({
    pk: `NAMES#${locale}#${first}`,
    sk: `${text}#${id}`,
  }),
  /** The lock of a rebuild of the tallies. While it exists, no other instance counts. */
  rebuildLock: (): PrimaryKey => ({ pk: 'REBUILD', sk: 'REBUILD' }),
} as const;

/** Index keys of the enterprises table. */
export const enterpriseIndexes = {
  /** gsi1: all enterprises of a sector. */
  enterprisesOfSector: (sector: string, id: string) => ({ gsi1pk: `SECTOR#${sector}`, gsi1sk: id }),
  /** gsi2: moves that silence completes, by the last day for another decision. */
  moveDueOn: (day: string, id: string) => ({ gsi2pk: 'MOVES_DUE', gsi2sk: `${day}#${id}` }),
  /** gsi2: enterprises that await an administrator's decision. */
  enterpriseToDecide: (id: string) => ({ gsi2pk: 'ENTERPRISES_TO_DECIDE', gsi2sk: id }),
  /** gsi2: unconfirmed registrations of a zone. */
  unconfirmed: (zone: string, id: string) => ({ gsi2pk: `${zone}#UNCONFIRMED`, gsi2sk: id }),
  /** gsi1: residents of a park and sector. */
  residentsOfSector: (park: string, sector: string, id: string) => ({
    gsi1pk: `PARK#${park}#SECTOR#${sector}`,
    gsi1sk: id,
  }),
  /** gsi2: residents of a park and size class. */
  residentsOfSize: (park: string, size: string, id: string) => ({ gsi2pk: `PARK#${park}#SIZE#${size}`, gsi2sk: id }),
  /** gsi1: support requests of an enterprise. The id's ULID is the time of opening; read backwards. */
  supportOfEnterprise: (enterprise: string, id: string) => ({ gsi1pk: `${enterprise}#SUPPORT`, gsi1sk: id }),
  /** gsi1: an enterprise's answers to directives, newest directive last. */
  answersOfEnterprise: (enterprise: string, directive: string, park: string) => ({
    gsi1pk: `${enterprise}#DIRECTIVES`,
    gsi1sk: `${directive}#${park}`,
  }),
  /** gsi2: answers to a directive in a park, by enterprise. */
  answersInPark: (directive: string, park: string, enterprise: string) => ({
    gsi2pk: `${directive}#${park}#ANSWERS`,
    gsi2sk: enterprise,
  }),
  /** gsi1: open offers for a sector. `order` is the last day, `#` and the id. */
  offersOfSector: (sector: string, order: string) => ({ gsi1pk: `OFFERS#${sector}`, gsi1sk: order }),
  /** gsi2: open offers of a zone for a sector. */
  offersOfZone: (zone: string, sector: string, order: string) => ({
    gsi2pk: `OFFERS#${zone}#${sector}`,
    gsi2sk: order,
  }),
  /** gsi1: an enterprise's interest in offers, newest offer last. */
  interestsOfEnterprise: (enterprise: string, offer: string) => ({
    gsi1pk: `${enterprise}#INTERESTS`,
    gsi1sk: offer,
  }),
  /** gsi2: interest in an offer, by enterprise. */
  interestsInOffer: (offer: string, enterprise: string) => ({ gsi2pk: `${offer}#INTERESTS`, gsi2sk: enterprise }),
  /** gsi1: courses of a park, by their beginning. */
  coursesOfPark: (park: string, startsAt: string, id: string) => ({
    gsi1pk: `PARK#${park}#COURSE`,
    gsi1sk: `${startsAt}#${id}`,
  }),
  /** gsi1: an enterprise's enrolments, newest course last. */
  enrolmentsOfEnterprise: (enterprise: string, course: string) => ({
    gsi1pk: `${enterprise}#COURSES`,
    gsi1sk: course,
  }),
  /** gsi2: enrolments in a course, by enterprise. */
  enrolmentsInCourse: (course: string, enterprise: string) => ({ gsi2pk: `${course}#ENROLMENTS`, gsi2sk: enterprise }),
  /** gsi1: projects of a park. */
  projectsOfPark: (park: string, id: string) => ({ gsi1pk: `PARK#${park}#PROJECT`, gsi1sk: id }),
  /** gsi1: inspections of a park. The id's ULID is the time of recording; read backwards. */
  inspectionsOfPark: (park: string, id: string) => ({ gsi1pk: `PARK#${park}#INSPECTION`, gsi1sk: id }),
  /** gsi2: those with a finding to mend, by the first day on which one is due. */
  inspectionsDue: (park: string, dueOn: string, id: string) => ({
    gsi2pk: `PARK#${park}#INSPECTIONS_DUE`,
    gsi2sk: `${dueOn}#${id}`,
  }),
  /** gsi2: projects of a park in a stage. */
  projectsInStage: (park: string, stage: string, id: string) => ({ gsi2pk: `PARK#${park}#STAGE#${stage}`, gsi2sk: id }),
} as const;
