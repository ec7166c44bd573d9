/**
 * Permissions to write: mutation × kind of viewer × relation to the row. For officers, it lists the roles; one of them
 * is enough. A missing mutation, kind or relation doesn't compile; a role that isn't listed is refused.
 * `docs/permissions.md` prints it, and `test/cedar/writes.cedar` states the same in Cedar.
 *
 * The state of the row or the input may still refuse a mutation that is allowed here.
 */
import { OFFICER_ROLES, type OfficerRole, type ViewerKind } from '../viewer.ts';
import type { WriteRelationOf, WriteRow } from './write-relation.ts';

/** For an officer, the roles of which one is enough. */
type Cell<Kind extends ViewerKind> = Kind extends 'officer' ? readonly OfficerRole[] : boolean;

type Cells<Row extends WriteRow> = {
  readonly [Kind in ViewerKind]: { readonly [Relation in WriteRelationOf<Row, Kind>]: Cell<Kind> };
};

export interface WriteRule<Row extends WriteRow> {
  /** The kind of row that decides the caller's relation. */
  readonly row: Row;
  readonly may: Cells<Row>;
}

type AnyWriteRule = { readonly [Row in WriteRow]: WriteRule<Row> }[WriteRow];

/** Officers who work on cases. */
const CASE_ROLES = ['RECEIVE', 'REVIEW', 'DECIDE'] as const satisfies readonly OfficerRole[];

const NOBODY = { NONE: false } as const;

/** A case that no viewer may write. Each rule opens what it needs. */
const CLOSED_CASE = {
  anonymous: NOBODY,
  applicant: { OWN: false, NONE: false },
  caseHolder: { OWN: false, NONE: false },
  officer: { HANDLING: [], ASKED: [], ZONE: [], COUNTER: [], NONE: [] },
  clerk: { EMPLOYER: false, NONE: false },
  partner: NOBODY,
  analyst: NOBODY,
  admin: NOBODY,
} as const satisfies Cells<'case'>;

const ONLY_OFFICERS = {
  anonymous: NOBODY,
  applicant: NOBODY,
  caseHolder: NOBODY,
  clerk: NOBODY,
  partner: NOBODY,
  analyst: NOBODY,
  admin: NOBODY,
} as const;

/** The applicant, signed in, since a receipt may be lost. */
const BY_APPLICANT = {
  row: 'case',
  may: { ...CLOSED_CASE, applicant: { OWN: true, NONE: false } },
} as const satisfies WriteRule<'case'>;

/** The applicant, or the holder of the receipt and secret. Only for mutations that do no harm with a lost receipt. */
const BY_HOLDER = {
  row: 'case',
  may: { ...CLOSED_CASE, applicant: { OWN: true, NONE: false }, caseHolder: { OWN: true, NONE: false } },
} as const satisfies WriteRule<'case'>;

const BY_EMPLOYER = {
  row: 'case',
  may: { ...CLOSED_CASE, clerk: { EMPLOYER: true, NONE: false } },
} as const satisfies WriteRule<'case'>;

/** An officer who works on cases, of the agency that handles the case. */
const BY_HANDLING_OFFICER = {
  row: 'case',
  may: { ...CLOSED_CASE, officer: { ...CLOSED_CASE.officer, HANDLING: CASE_ROLES } },
} as const satisfies WriteRule<'case'>;

/** An officer with a role, of the agency that handles the case. */
const BY_HANDLER = {
  RECEIVE: { row: 'case', may: { ...CLOSED_CASE, officer: { ...CLOSED_CASE.officer, HANDLING: ['RECEIVE'] } } },
  REVIEW: { row: 'case', may: { ...CLOSED_CASE, officer: { ...CLOSED_CASE.officer, HANDLING: ['REVIEW'] } } },
  DECIDE: { row: 'case', may: { ...CLOSED_CASE, officer: { ...CLOSED_CASE.officer, HANDLING: ['DECIDE'] } } },
} as const satisfies Record<(typeof CASE_ROLES)[number], WriteRule<'case'>>;

/** An officer who receives applications, at the counter of another zone. The agreement's duties decide too. */
const AT_COUNTER = { ...CLOSED_CASE.officer, COUNTER: ['RECEIVE'] } as const;

const BY_ASKED_AGENCY = {
  row: 'opinion',
  may: { ...ONLY_OFFICERS, officer: { ASKED: ['REVIEW'], NOT_ASKED: [], NONE: [] } },
} as const satisfies WriteRule<'opinion'>;

/** Reveals whole values. The purpose decides too, by the table of permissions to read. */
const REVEALING = {
  row: 'case',
  may: {
    ...CLOSED_CASE,
    applicant: { OWN: true, NONE: false },
    officer: { HANDLING: ['REVEAL'], ASKED: ['REVEAL'], ZONE: [], COUNTER: ['REVEAL'], NONE: [] },
  },
} as const satisfies WriteRule<'case'>;

/** A park whose data no viewer may write. Each rule opens what it needs. */
const CLOSED_PARK = {
  ...ONLY_OFFICERS,
  officer: { ZONE: [], ACCEPTING: [], NONE: [] },
  clerk: { VISITOR: false },
  admin: { ADMIN: false },
} as const satisfies Cells<'park'>;

/** An officer of the park's zone who publishes figures. */
const BY_PUBLISHER = {
  row: 'park',
  may: { ...CLOSED_PARK, officer: { ...CLOSED_PARK.officer, ZONE: ['PUBLISH_FIGURES'] } },
} as const satisfies WriteRule<'park'>;

/**
 * An officer who accepts figures, of the park's zone or of the accepting zone that the park names. Never the proposer.
 */
const BY_ACCEPTOR = {
  row: 'park',
  may: { ...CLOSED_PARK, officer: { ZONE: ['ACCEPT_FIGURES'], ACCEPTING: ['ACCEPT_FIGURES'], NONE: [] } },
} as const satisfies WriteRule<'park'>;

/** An officer of the park's zone who registers, or an administrator. */
const BY_REGISTRAR = {
  row: 'park',
  may: { ...CLOSED_PARK, officer: { ...CLOSED_PARK.officer, ZONE: ['REGISTER'] }, admin: { ADMIN: true } },
} as const satisfies WriteRule<'park'>;

/** The enterprise's clerk, or an officer who reports for it, of its home zone or of a host. */
const BY_REPORTER = {
  row: 'enterprise',
  may: {
    ...ONLY_OFFICERS,
    officer: { HOME: ['REPORT'], HOST: ['REPORT'], NONE: [] },
    clerk: { OWN: true, NONE: false },
  },
} as const satisfies WriteRule<'enterprise'>;

/** A record that no viewer may publish. Each rule opens what it needs. */
const CLOSED_RECORD = {
  ...ONLY_OFFICERS,
  officer: { ZONE: [], NONE: [] },
  admin: { ADMIN: false },
} as const satisfies Cells<'record'>;

const BY_ADMINISTRATOR = {
  row: 'record',
  may: { ...CLOSED_RECORD, admin: { ADMIN: true } },
} as const satisfies WriteRule<'record'>;

/** An officer who publishes records, of the zone that answers for this one, or the administration. */
const BY_RECORD_PUBLISHER = {
  row: 'record',
  may: { ...CLOSED_RECORD, officer: { ZONE: ['PUBLISH'], NONE: [] }, admin: { ADMIN: true } },
} as const satisfies WriteRule<'record'>;

/** An officer who publishes records, of the zone and of the agency that answers for a joint unit. */
const BY_JOINT_UNIT = {
  row: 'record',
  may: { ...CLOSED_RECORD, officer: { ZONE: ['PUBLISH'], NONE: [] } },
} as const satisfies WriteRule<'record'>;

/** An officer who publishes records, of a party of the agreement. Nobody else can sign for a zone. */
const BY_PARTY = {
  row: 'record',
  may: { ...CLOSED_RECORD, officer: { ZONE: ['PUBLISH'], NONE: [] } },
} as const satisfies WriteRule<'record'>;

/** An officer of the park's zone who publishes records or accepts figures, or the administration. Never the proposer. */
const BY_OBSERVATIONS_ACCEPTOR = {
  row: 'record',
  may: { ...CLOSED_RECORD, officer: { ZONE: ['PUBLISH', 'ACCEPT_FIGURES'], NONE: [] }, admin: { ADMIN: true } },
} as const satisfies WriteRule<'record'>;

/** A register entry that no viewer may write. Each rule opens what it needs. */
const CLOSED_REGISTER = { ...ONLY_OFFICERS, clerk: { OWN: false, NONE: false }, admin: { ADMIN: false } } as const;
const CLOSED_REGISTRATION = {
  ...CLOSED_REGISTER,
  officer: { HOME: [], OTHER: [] },
} as const satisfies Cells<'registration'>;
const CLOSED_ADMISSION = { ...CLOSED_REGISTER, officer: { HOST: [], NONE: [] } } as const satisfies Cells<'admission'>;
const CLOSED_MOVE = { ...CLOSED_REGISTER, officer: { FROM: [], TO: [], NONE: [] } } as const satisfies Cells<'move'>;

const BY_MOVING_ENTERPRISE = {
  row: 'move',
  may: { ...CLOSED_MOVE, clerk: { OWN: true, NONE: false } },
} as const satisfies WriteRule<'move'>;
const BY_OLD_HOME = {
  row: 'move',
  may: { ...CLOSED_MOVE, officer: { FROM: ['REGISTER'], TO: [], NONE: [] } },
} as const satisfies WriteRule<'move'>;

/** An enterprise that no viewer may write about. Each rule opens what it needs. */
const CLOSED_ENTERPRISE = {
  ...ONLY_OFFICERS,
  officer: { HOME: [], HOST: [], NONE: [] },
  clerk: { OWN: false, NONE: false },
} as const satisfies Cells<'enterprise'>;

/** An officer who tracks enterprises, of the home zone of one whose registration is confirmed. */
const BY_TRACKING_OFFICER = {
  row: 'enterprise',
  may: { ...CLOSED_ENTERPRISE, officer: { ...CLOSED_ENTERPRISE.officer, HOME: ['TRACK'] } },
} as const satisfies WriteRule<'enterprise'>;

/** An officer who tracks enterprises, of the park's zone. The inspecting agency alone decides on a mending. */
const BY_INSPECTOR = {
  row: 'park',
  may: { ...CLOSED_PARK, officer: { ...CLOSED_PARK.officer, ZONE: ['TRACK'] } },
} as const satisfies WriteRule<'park'>;

const BY_CLERK = {
  row: 'enterprise',
  may: { ...CLOSED_ENTERPRISE, clerk: { OWN: true, NONE: false } },
} as const satisfies WriteRule<'enterprise'>;

/** An officer who registers, of the home zone of an enterprise whose registration is confirmed. */
const BY_HOME = {
  row: 'enterprise',
  may: { ...CLOSED_ENTERPRISE, officer: { ...CLOSED_ENTERPRISE.officer, HOME: ['REGISTER'] } },
} as const satisfies WriteRule<'enterprise'>;

/** The home zone's officer, or the clerk, who only proposes. */
const BY_HOME_OR_CLERK = {
  row: 'enterprise',
  may: { ...BY_HOME.may, clerk: { OWN: true, NONE: false } },
} as const satisfies WriteRule<'enterprise'>;

/** An officer of the park's zone who registers, or the enterprise. */
const BY_PARK_OR_CLERK = {
  row: 'admission',
  may: { ...CLOSED_ADMISSION, officer: { HOST: ['REGISTER'], NONE: [] }, clerk: { OWN: true, NONE: false } },
} as const satisfies WriteRule<'admission'>;

/** A clerk of a party, or an administrator with the registry's extract. */
const BY_SUCCEEDING = {
  row: 'succession',
  may: {
    ...CLOSED_REGISTER,
    officer: { PARTY: [], NONE: [] },
    clerk: { PARTY: true, NONE: false },
    admin: { ADMIN: true },
  },
} as const satisfies WriteRule<'succession'>;

/** The clerk of the enterprise that is a control unit. The park's office has a mutation of its own. */
const BY_UNIT = {
  row: 'unit',
  may: { ...ONLY_OFFICERS, officer: { NONE: [] }, clerk: { OWN: true, NONE: false }, admin: { ADMIN: false } },
} as const satisfies WriteRule<'unit'>;

/** The clerk of the enterprise that publishes an offer, or an officer who publishes for the zone, or the administration. */
const BY_OFFERER = {
  row: 'offer',
  may: {
    ...ONLY_OFFICERS,
    officer: { ZONE: ['PUBLISH'], NONE: [] },
    clerk: { OWN: true, NONE: false },
    admin: { ADMIN: true },
  },
} as const satisfies WriteRule<'offer'>;

/** A zone's system that has signed in. An API key manages itself alone, so that a stolen one makes no others. */
const BY_SIGNED_IN_SYSTEM = {
  row: 'apiKey',
  may: { ...ONLY_OFFICERS, officer: { NONE: [] }, partner: { SIGNED_IN: true, ITSELF: false, NONE: false } },
} as const satisfies WriteRule<'apiKey'>;
const BY_SYSTEM_OR_ITSELF = {
  row: 'apiKey',
  may: { ...BY_SIGNED_IN_SYSTEM.may, partner: { SIGNED_IN: true, ITSELF: true, NONE: false } },
} as const satisfies WriteRule<'apiKey'>;

/** Every system of the zone, by a key too. */
const BY_SYSTEM = {
  row: 'webhookEndpoint',
  may: { ...ONLY_OFFICERS, officer: { NONE: [] }, partner: { OWN: true, NONE: false } },
} as const satisfies WriteRule<'webhookEndpoint'>;

/** A caller who saves questions, for what is their own. */
const BY_SAVER = {
  row: 'question',
  may: {
    ...ONLY_OFFICERS,
    officer: { OWN: OFFICER_ROLES, ZONE: [], NONE: [] },
    partner: { OWN: true, NONE: false },
    analyst: { OWN: true, NONE: false },
    admin: { OWN: true, PUBLIC: false, NONE: false },
  },
} as const satisfies WriteRule<'question'>;

/** An officer who works on cases, for what is their own. */
const BY_OFFICER_ALONE = {
  row: 'self',
  may: {
    anonymous: { SELF: false },
    applicant: { SELF: false },
    caseHolder: { SELF: false },
    officer: { SELF: CASE_ROLES },
    clerk: { SELF: false },
    partner: { SELF: false },
    analyst: { SELF: false },
    admin: { SELF: false },
  },
} as const satisfies WriteRule<'self'>;

/** One rule for each mutation. For a new mutation, `satisfies` reports every cell that its rule lacks. */
export const WRITES = {
  openCase: {
    row: 'self',
    may: {
      anonymous: { SELF: false },
      applicant: { SELF: true },
      caseHolder: { SELF: false },
      officer: { SELF: [] },
      clerk: { SELF: false },
      partner: { SELF: false },
      analyst: { SELF: false },
      admin: { SELF: false },
    },
  },
  renewReceiptSecret: BY_APPLICANT,
  setNewsContact: BY_APPLICANT,
  removeNewsContact: BY_APPLICANT,
  bindWeChat: BY_APPLICANT,
  requestUpload: { row: 'case', may: { ...BY_HOLDER.may, officer: AT_COUNTER } },
  supplyDocument: { row: 'case', may: { ...BY_HOLDER.may, officer: AT_COUNTER } },
  useVerifiedDocument: BY_APPLICANT,
  withdrawVerifiedDocument: BY_APPLICANT,
  submitCase: BY_HOLDER,
  recommendTalent: BY_EMPLOYER,
  giveConsent: BY_APPLICANT,
  withdrawCase: BY_APPLICANT,
  requestReconsideration: BY_APPLICANT,
  rateCase: BY_APPLICANT,
  acceptCase: BY_HANDLER.RECEIVE,
  declineCase: BY_HANDLER.RECEIVE,
  requestSupplement: { row: 'case', may: { ...CLOSED_CASE, officer: { ...AT_COUNTER, HANDLING: ['RECEIVE'] } } },
  handOverCase: { row: 'case', may: { ...CLOSED_CASE, officer: AT_COUNTER } },
  transferCase: BY_HANDLER.RECEIVE,
  verifyIdentity: BY_HANDLING_OFFICER,
  recordPersonFacts: {
    row: 'case',
    may: { ...CLOSED_CASE, officer: { ...CLOSED_CASE.officer, HANDLING: CASE_ROLES, ASKED: CASE_ROLES } },
  },
  startReview: BY_HANDLER.REVIEW,
  giveOpinion: BY_ASKED_AGENCY,
  giveOpinions: BY_ASKED_AGENCY,
  startSpecialProcedure: BY_HANDLER.REVIEW,
  endSpecialProcedure: BY_HANDLER.REVIEW,
  extendDeadline: BY_HANDLER.DECIDE,
  openPublicNotice: BY_HANDLER.DECIDE,
  decideCase: BY_HANDLER.DECIDE,
  deliverResult: { row: 'case', may: { ...CLOSED_CASE, officer: { ...AT_COUNTER, HANDLING: ['DECIDE'] } } },
  closeCase: BY_HANDLER.DECIDE,
  endPlace: BY_HANDLER.DECIDE,
  takeUpReconsideration: BY_HANDLER.DECIDE,
  decideReconsideration: BY_HANDLER.DECIDE,
  claimWork: {
    row: 'claim',
    may: { ...ONLY_OFFICERS, officer: { OWN: CASE_ROLES, FREE: CASE_ROLES, COLLEAGUE: [], NONE: [] } },
  },
  releaseWork: {
    row: 'claim',
    may: { ...ONLY_OFFICERS, officer: { OWN: CASE_ROLES, FREE: CASE_ROLES, COLLEAGUE: ['DECIDE'], NONE: [] } },
  },
  setDigestContact: BY_OFFICER_ALONE,
  removeDigestContact: BY_OFFICER_ALONE,
  revealField: REVEALING,
  openDocument: REVEALING,
  publishCaseType: {
    row: 'caseType',
    may: { ...ONLY_OFFICERS, officer: { DECIDING: ['PUBLISH'], NONE: [] }, admin: { ADMIN: true } },
  },
  publishZone: BY_ADMINISTRATOR,
  publishPark: BY_RECORD_PUBLISHER,
  publishFacilities: BY_RECORD_PUBLISHER,
  publishControlUnits: BY_RECORD_PUBLISHER,
  publishPosts: BY_RECORD_PUBLISHER,
  publishOwnPosts: BY_UNIT,
  answerJointControl: BY_JOINT_UNIT,
  publishPolicyVersion: BY_RECORD_PUBLISHER,
  withdrawPolicyVersion: BY_RECORD_PUBLISHER,
  publishIndicator: BY_ADMINISTRATOR,
  publishCalendarYear: BY_ADMINISTRATOR,
  saveQuestion: BY_SAVER,
  publishQuestion: BY_RECORD_PUBLISHER,
  withdrawQuestion: {
    row: 'question',
    may: {
      ...BY_SAVER.may,
      officer: { ...BY_SAVER.may.officer, ZONE: ['PUBLISH'] },
      admin: { ...BY_SAVER.may.admin, PUBLIC: true },
    },
  },
  proposeObservations: BY_RECORD_PUBLISHER,
  acceptObservations: BY_OBSERVATIONS_ACCEPTOR,
  rejectObservations: BY_OBSERVATIONS_ACCEPTOR,
  openProject: BY_RECORD_PUBLISHER,
  advanceProject: BY_RECORD_PUBLISHER,
  simulatePolicy: BY_RECORD_PUBLISHER,
  publishOffer: BY_OFFERER,
  withdrawOffer: BY_OFFERER,
  acceptInterest: BY_OFFERER,
  showInterest: BY_CLERK,
  withdrawInterest: BY_CLERK,
  announceCourse: BY_RECORD_PUBLISHER,
  cancelCourse: BY_RECORD_PUBLISHER,
  enrolInCourse: BY_CLERK,
  recordAttendance: BY_RECORD_PUBLISHER,
  issueDirective: BY_RECORD_PUBLISHER,
  reviseDirective: BY_RECORD_PUBLISHER,
  endDirective: BY_RECORD_PUBLISHER,
  answerDirective: BY_CLERK,
  answerDirectiveForPark: BY_RECORD_PUBLISHER,
  publishDay: BY_PUBLISHER,
  proposeBackfill: BY_PUBLISHER,
  proposeCorrection: BY_PUBLISHER,
  withdrawFigures: BY_PUBLISHER,
  acceptFigures: BY_ACCEPTOR,
  rejectFigures: BY_ACCEPTOR,
  reportOperations: BY_REPORTER,
  withdrawReport: BY_REPORTER,
  assignTracking: BY_TRACKING_OFFICER,
  recordInspection: BY_INSPECTOR,
  reportMended: BY_CLERK,
  decideMending: BY_INSPECTOR,
  requestSupport: BY_CLERK,
  takeSupportRequest: BY_TRACKING_OFFICER,
  logVisit: BY_TRACKING_OFFICER,
  answerSupportRequest: BY_TRACKING_OFFICER,
  closeSupportRequest: BY_TRACKING_OFFICER,
  rateSupportRequest: BY_CLERK,
  withdrawSupportRequest: BY_CLERK,
  importEnterprises: BY_REGISTRAR,
  registerEnterprise: BY_REGISTRAR,
  confirmRegistration: {
    row: 'registration',
    may: { ...CLOSED_REGISTRATION, clerk: { OWN: true, NONE: false }, admin: { ADMIN: true } },
  },
  challengeRegistration: {
    row: 'registration',
    may: { ...CLOSED_REGISTRATION, officer: { HOME: [], OTHER: ['REGISTER'] }, clerk: { OWN: true, NONE: false } },
  },
  decideChallenge: { row: 'registration', may: { ...CLOSED_REGISTRATION, admin: { ADMIN: true } } },
  agreeToAdmission: { row: 'admission', may: { ...CLOSED_ADMISSION, clerk: { OWN: true, NONE: false } } },
  recordAdmission: { row: 'admission', may: { ...CLOSED_ADMISSION, officer: { HOST: ['REGISTER'], NONE: [] } } },
  endAdmission: BY_PARK_OR_CLERK,
  requestMove: BY_MOVING_ENTERPRISE,
  withdrawMove: BY_MOVING_ENTERPRISE,
  acceptMove: { row: 'move', may: { ...CLOSED_MOVE, officer: { FROM: [], TO: ['REGISTER'], NONE: [] } } },
  handOverEnterprise: BY_OLD_HOME,
  objectToMove: BY_OLD_HOME,
  changeEnterprise: BY_HOME_OR_CLERK,
  leavePark: BY_PARK_OR_CLERK,
  recordQualification: BY_HOME_OR_CLERK,
  revokeQualification: BY_HOME_OR_CLERK,
  recordSite: BY_HOME_OR_CLERK,
  closeSite: BY_HOME_OR_CLERK,
  recordSupplyLink: BY_HOME_OR_CLERK,
  endSupplyLink: BY_HOME_OR_CLERK,
  decideEnterpriseProposal: BY_HOME,
  mergeEnterprises: BY_SUCCEEDING,
  splitEnterprise: BY_SUCCEEDING,
  confirmSuccession: {
    row: 'succession',
    may: { ...CLOSED_REGISTER, officer: { PARTY: ['REGISTER'], NONE: [] }, clerk: { PARTY: false, NONE: false } },
  },
  endSuccession: {
    row: 'succession',
    may: { ...BY_SUCCEEDING.may, officer: { PARTY: ['REGISTER'], NONE: [] } },
  },
  proposeAgreement: BY_PARTY,
  signAgreement: BY_PARTY,
  declineAgreement: BY_PARTY,
  withdrawAgreement: BY_PARTY,
  amendAgreement: BY_PARTY,
  terminateAgreement: BY_PARTY,
  setSigningOfficers: BY_PARTY,
  addCoverage: BY_PARTY,
  endCoverage: BY_PARTY,
  recogniseQualification: BY_PARTY,
  endRecognition: BY_PARTY,
  openRelocation: BY_PARTY,
  stateRelocation: BY_PARTY,
  confirmRelocation: BY_PARTY,
  withdrawRelocation: BY_PARTY,
  enterInLedger: {
    row: 'ledger',
    may: { ...ONLY_OFFICERS, officer: { PARTY: ['PUBLISH'], NONE: [] }, partner: { PARTY: true, NONE: false } },
  },
  decideMove: { row: 'move', may: { ...CLOSED_MOVE, admin: { ADMIN: true } } },
  createApiKey: BY_SIGNED_IN_SYSTEM,
  rotateApiKey: BY_SYSTEM_OR_ITSELF,
  revokeApiKey: BY_SYSTEM_OR_ITSELF,
  registerWebhookEndpoint: BY_SYSTEM,
  changeWebhookEndpoint: BY_SYSTEM,
  removeWebhookEndpoint: BY_SYSTEM,
  redeliverWebhook: BY_SYSTEM,
} as const satisfies Record<string, AnyWriteRule>;

export type MutationName = keyof typeof WRITES;
export type RowWrittenBy<Mutation extends MutationName> = (typeof WRITES)[Mutation]['row'];

export const MUTATIONS = Object.keys(WRITES) as readonly MutationName[];

export function isMutationName(name: string): name is MutationName {
  return Object.hasOwn(WRITES, name);
}
