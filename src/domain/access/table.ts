/**
 * Permissions to read: kind of viewer × group of fields × relation to the row × purpose. A missing combination doesn't
 * compile. `npm run permissions` prints it as `docs/permissions.md`; `test/cedar/access.cedar` states the same in
 * Cedar.
 *
 * Personal data are masked by default, also for their subject. The masked form is stored beside a case; a full value is
 * revealed one by one, for a purpose, with an access-log entry. The holder of a case's receipt and secret isn't proven
 * to be the person, and reveals nothing.
 */
import type { ViewerKind } from '../viewer.ts';
import type { FieldGroup, RowOf } from './fields.ts';
import type { PurposeOf } from './purpose.ts';
import type { RelationOf } from './relation.ts';

/** The form of a shown value. HIDDEN is null, as for a missing value. */
export type Form = 'FULL' | 'MASKED' | 'HIDDEN';

/** One form for every purpose, or one for each. */
type Cell<Kind extends ViewerKind> = Form | { readonly [Purpose in PurposeOf<Kind>]: Form };

type Table = {
  readonly [Group in FieldGroup]: {
    readonly [Kind in ViewerKind]: { readonly [Relation in RelationOf<RowOf<Group>, Kind>]: Cell<Kind> };
  };
};

const NOTHING = { NONE: 'HIDDEN' } as const;

/** Viewers without a relation to any case. */
const STRANGERS_TO_CASES = {
  anonymous: NOTHING,
  partner: NOTHING,
  analyst: NOTHING,
  admin: NOTHING,
} as const;

/** Viewers who see only the public fields of an enterprise. */
const STRANGERS_TO_ENTERPRISES = {
  anonymous: NOTHING,
  applicant: NOTHING,
  caseHolder: NOTHING,
  partner: NOTHING,
  analyst: NOTHING,
  admin: NOTHING,
} as const;

const STRANGERS_TO_AGREEMENTS = {
  anonymous: NOTHING,
  applicant: NOTHING,
  caseHolder: NOTHING,
  analyst: NOTHING,
  admin: NOTHING,
} as const;

const STRANGERS_TO_PARKS = {
  anonymous: NOTHING,
  applicant: NOTHING,
  caseHolder: NOTHING,
  partner: NOTHING,
  analyst: NOTHING,
} as const;

const STRANGERS_TO_WORKLISTS = {
  anonymous: NOTHING,
  applicant: NOTHING,
  caseHolder: NOTHING,
  clerk: NOTHING,
  partner: NOTHING,
  analyst: NOTHING,
  admin: NOTHING,
} as const;

/** The officers of an agreement's parties, and nobody else. */
const ONLY_PARTIES = {
  ...STRANGERS_TO_AGREEMENTS,
  officer: { PARTY: 'FULL', NONE: 'HIDDEN' },
  clerk: { NONE: 'HIDDEN' },
  partner: { GRANTED: 'HIDDEN', NONE: 'HIDDEN' },
} as const;

const ONLY_TO_SHARE = {
  LOOK: 'HIDDEN',
  POLICY_COVERAGE: 'HIDDEN',
  BENEFIT_SHARING: 'FULL',
  RECOGNITION: 'HIDDEN',
  JOINT_DEVELOPMENT: 'HIDDEN',
  CROSS_ZONE_CASES: 'HIDDEN',
} as const;
const TO_SHARE_OR_DEVELOP = { ...ONLY_TO_SHARE, JOINT_DEVELOPMENT: 'FULL' } as const;

/** Full values only to handle the case or to correct it; supervision needs none. */
const REVEALED_TO_OFFICERS = {
  LOOK: 'MASKED',
  CASE_HANDLING: 'FULL',
  SUPERVISION: 'MASKED',
  CORRECTION: 'FULL',
} as const;
/** An agency that is asked for its opinion checks the data, but corrects nothing. */
const REVEALED_TO_ASKED = { ...REVEALED_TO_OFFICERS, CORRECTION: 'MASKED' } as const;
/** The applicant's name and id number, by an officer's relation to the case. */
const OFFICERS_OF_IDENTITY = {
  HANDLING: REVEALED_TO_OFFICERS,
  ASKED: REVEALED_TO_ASKED,
  ZONE: 'HIDDEN',
  COUNTER: 'MASKED',
  NONE: 'HIDDEN',
} as const;
const REVEALED_TO_OWNER = { LOOK: 'MASKED', OWN_DATA: 'FULL', CORRECTION: 'FULL' } as const;

/** A file has no masked form. */
const OPENED_TO_HANDLING = { ...REVEALED_TO_OFFICERS, LOOK: 'HIDDEN', SUPERVISION: 'HIDDEN' } as const;
const OPENED_TO_ASKED = { ...OPENED_TO_HANDLING, CORRECTION: 'HIDDEN' } as const;
const OPENED_TO_OWNER = { ...REVEALED_TO_OWNER, LOOK: 'HIDDEN' } as const;

export const TABLE = {
  developerAccount: {
    anonymous: NOTHING,
    applicant: NOTHING,
    caseHolder: NOTHING,
    officer: NOTHING,
    clerk: NOTHING,
    partner: { OWN: 'FULL', NONE: 'HIDDEN' },
    analyst: NOTHING,
    admin: NOTHING,
  },
  caseSummary: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    caseHolder: { OWN: 'FULL', NONE: 'HIDDEN' },
    officer: { HANDLING: 'FULL', ASKED: 'FULL', ZONE: 'FULL', COUNTER: 'FULL', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'FULL', NONE: 'HIDDEN' },
  },
  caseCourse: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    caseHolder: { OWN: 'FULL', NONE: 'HIDDEN' },
    officer: { HANDLING: 'FULL', ASKED: 'FULL', ZONE: 'FULL', COUNTER: 'FULL', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  caseFile: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    caseHolder: { OWN: 'FULL', NONE: 'HIDDEN' },
    officer: { HANDLING: 'FULL', ASKED: 'FULL', ZONE: 'HIDDEN', COUNTER: 'FULL', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  caseOutcome: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    caseHolder: { OWN: 'FULL', NONE: 'HIDDEN' },
    officer: { HANDLING: 'FULL', ASKED: 'HIDDEN', ZONE: 'HIDDEN', COUNTER: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  personFacts: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    // The holder of a case's secret isn't proven to be the person.
    caseHolder: { OWN: 'HIDDEN', NONE: 'HIDDEN' },
    // An agency that is asked is shown its own facts: the resolver leaves out the others.
    officer: { HANDLING: 'FULL', ASKED: 'FULL', ZONE: 'HIDDEN', COUNTER: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  caseLooks: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    // The holder of a case's secret isn't proven to be the person; the access log is for the person alone.
    caseHolder: { OWN: 'HIDDEN', NONE: 'HIDDEN' },
    officer: { HANDLING: 'HIDDEN', ASKED: 'HIDDEN', ZONE: 'HIDDEN', COUNTER: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  caseAccesses: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    caseHolder: { OWN: 'HIDDEN', NONE: 'HIDDEN' },
    // The resolver leaves out cases that one zone alone handles.
    officer: { HANDLING: 'FULL', ASKED: 'HIDDEN', ZONE: 'HIDDEN', COUNTER: 'FULL', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  caseSecret: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    // A secret's holder may have found it, and must not lock out the applicant with a new one.
    caseHolder: { OWN: 'HIDDEN', NONE: 'HIDDEN' },
    officer: { HANDLING: 'HIDDEN', ASKED: 'HIDDEN', ZONE: 'HIDDEN', COUNTER: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  newsContact: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    caseHolder: { OWN: 'HIDDEN', NONE: 'HIDDEN' },
    officer: { HANDLING: 'HIDDEN', ASKED: 'HIDDEN', ZONE: 'HIDDEN', COUNTER: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  caseEmployer: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    caseHolder: { OWN: 'FULL', NONE: 'HIDDEN' },
    officer: { HANDLING: 'FULL', ASKED: 'FULL', ZONE: 'HIDDEN', COUNTER: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'FULL', NONE: 'HIDDEN' },
  },
  applicant: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    caseHolder: { OWN: 'FULL', NONE: 'HIDDEN' },
    officer: { HANDLING: 'FULL', ASKED: 'FULL', ZONE: 'HIDDEN', COUNTER: 'FULL', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'FULL', NONE: 'HIDDEN' },
  },
  documentContents: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: OPENED_TO_OWNER, NONE: 'HIDDEN' },
    caseHolder: { OWN: 'HIDDEN', NONE: 'HIDDEN' },
    officer: {
      HANDLING: OPENED_TO_HANDLING,
      ASKED: OPENED_TO_ASKED,
      ZONE: 'HIDDEN',
      COUNTER: OPENED_TO_ASKED,
      NONE: 'HIDDEN',
    },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  applicantName: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: REVEALED_TO_OWNER, NONE: 'HIDDEN' },
    caseHolder: { OWN: 'MASKED', NONE: 'HIDDEN' },
    officer: OFFICERS_OF_IDENTITY,
    // Enough to recommend: an enterprise recognizes its own staff by the masked name.
    clerk: { EMPLOYER: 'MASKED', NONE: 'HIDDEN' },
  },
  applicantIdNumber: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: REVEALED_TO_OWNER, NONE: 'HIDDEN' },
    caseHolder: { OWN: 'MASKED', NONE: 'HIDDEN' },
    officer: OFFICERS_OF_IDENTITY,
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  applicantPhone: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: REVEALED_TO_OWNER, NONE: 'HIDDEN' },
    caseHolder: { OWN: 'MASKED', NONE: 'HIDDEN' },
    // Only the handling agency calls the applicant.
    officer: { HANDLING: REVEALED_TO_OFFICERS, ASKED: 'HIDDEN', ZONE: 'HIDDEN', COUNTER: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  beneficiary: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    caseHolder: { OWN: 'FULL', NONE: 'HIDDEN' },
    officer: { HANDLING: 'FULL', ASKED: 'FULL', ZONE: 'HIDDEN', COUNTER: 'FULL', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  caseTexts: {
    ...STRANGERS_TO_CASES,
    applicant: { OWN: 'FULL', NONE: 'HIDDEN' },
    caseHolder: { OWN: 'FULL', NONE: 'HIDDEN' },
    officer: { HANDLING: 'FULL', ASKED: 'HIDDEN', ZONE: 'HIDDEN', COUNTER: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { EMPLOYER: 'HIDDEN', NONE: 'HIDDEN' },
  },
  digestContact: { ...STRANGERS_TO_WORKLISTS, officer: { AGENCY: 'FULL', NONE: 'HIDDEN' } },
  worklist: { ...STRANGERS_TO_WORKLISTS, officer: { AGENCY: 'FULL', NONE: 'HIDDEN' } },
  enterpriseFigures: {
    ...STRANGERS_TO_ENTERPRISES,
    officer: { HOME: 'FULL', HOST: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { OWN: 'FULL', NONE: 'HIDDEN' },
  },
  operationReports: {
    ...STRANGERS_TO_ENTERPRISES,
    // Only of the days that count for a park of the host zone.
    officer: { HOME: 'FULL', HOST: 'FULL', NONE: 'HIDDEN' },
    clerk: { OWN: 'FULL', NONE: 'HIDDEN' },
  },
  tracking: {
    ...STRANGERS_TO_ENTERPRISES,
    // Tracking is the home zone's task.
    officer: { HOME: 'FULL', HOST: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { OWN: 'FULL', NONE: 'HIDDEN' },
  },
  inspections: {
    ...STRANGERS_TO_ENTERPRISES,
    officer: { HOME: 'FULL', HOST: 'FULL', NONE: 'HIDDEN' },
    clerk: { OWN: 'FULL', NONE: 'HIDDEN' },
  },
  register: {
    ...STRANGERS_TO_ENTERPRISES,
    officer: { PARTY: 'FULL', NONE: 'HIDDEN' },
    clerk: { OWN: 'FULL', NONE: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  directiveAnswers: {
    ...STRANGERS_TO_ENTERPRISES,
    officer: { PARTY: 'FULL', NONE: 'HIDDEN' },
    clerk: { OWN: 'FULL', NONE: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  directiveCompliance: {
    ...STRANGERS_TO_ENTERPRISES,
    officer: { PARTY: 'FULL', NONE: 'HIDDEN' },
    clerk: { OWN: 'HIDDEN', NONE: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  offerInterests: {
    ...STRANGERS_TO_ENTERPRISES,
    officer: { PARTY: 'FULL', NONE: 'HIDDEN' },
    clerk: { OWN: 'FULL', NONE: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  enrolments: {
    ...STRANGERS_TO_ENTERPRISES,
    officer: { PARTY: 'FULL', NONE: 'HIDDEN' },
    clerk: { OWN: 'FULL', NONE: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  shareTerms: {
    ...STRANGERS_TO_AGREEMENTS,
    officer: { PARTY: 'FULL', NONE: 'HIDDEN' },
    clerk: NOTHING,
    partner: { GRANTED: ONLY_TO_SHARE, NONE: 'HIDDEN' },
  },
  ledger: {
    ...STRANGERS_TO_AGREEMENTS,
    officer: { PARTY: 'FULL', NONE: 'HIDDEN' },
    clerk: NOTHING,
    partner: { GRANTED: ONLY_TO_SHARE, NONE: 'HIDDEN' },
  },
  ledgerKeeping: {
    ...STRANGERS_TO_AGREEMENTS,
    officer: { PARTY: 'FULL', NONE: 'HIDDEN' },
    clerk: NOTHING,
    partner: { GRANTED: ONLY_TO_SHARE, NONE: 'HIDDEN' },
  },
  agreementSigning: ONLY_PARTIES,
  agreementChange: ONLY_PARTIES,
  relocations: {
    ...STRANGERS_TO_AGREEMENTS,
    officer: { PARTY: 'FULL', NONE: 'HIDDEN' },
    clerk: { OWN: 'FULL', NONE: 'HIDDEN' },
    partner: { GRANTED: TO_SHARE_OR_DEVELOP, NONE: 'HIDDEN' },
  },
  publishing: {
    ...STRANGERS_TO_CASES,
    applicant: NOTHING,
    caseHolder: NOTHING,
    clerk: NOTHING,
    officer: { DECIDING: 'FULL', NONE: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  dutyPhone: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { VISITOR: 'MASKED' },
    admin: { ADMIN: 'MASKED' },
  },
  parkInspections: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { VISITOR: 'HIDDEN' },
    admin: { ADMIN: 'HIDDEN' },
  },
  projectPlans: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { VISITOR: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  supplyChains: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { VISITOR: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  importing: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { VISITOR: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  recordPublishing: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { VISITOR: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  ownPublishing: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'HIDDEN', NONE: 'HIDDEN' },
    // The answer to the clerk's own command, which is refused where the unit is another's.
    clerk: { VISITOR: 'FULL' },
    admin: { ADMIN: 'HIDDEN' },
  },
  observationProposals: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { VISITOR: 'HIDDEN' },
    admin: { ADMIN: 'FULL' },
  },
  figurePublishing: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'HIDDEN', NONE: 'HIDDEN' },
    clerk: { VISITOR: 'HIDDEN' },
    // A park's officers alone publish its figures.
    admin: { ADMIN: 'HIDDEN' },
  },
  figureProposals: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'FULL', NONE: 'HIDDEN' },
    clerk: { VISITOR: 'HIDDEN' },
    admin: { ADMIN: 'HIDDEN' },
  },
  figureAccepting: {
    ...STRANGERS_TO_PARKS,
    officer: { ZONE: 'FULL', ACCEPTING: 'FULL', NONE: 'HIDDEN' },
    clerk: { VISITOR: 'HIDDEN' },
    admin: { ADMIN: 'HIDDEN' },
  },
} as const satisfies Table;
