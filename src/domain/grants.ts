/**
 * Grants of a caller by kind and role, as authorization directives name them (`@authenticated`, `@requiresScopes`,
 * `@policy`). The owner of a row decides whether the caller may see that row.
 */
import { OFFICER_ROLES, type OfficerRole, type Viewer, type ViewerKind } from './viewer.ts';

export const SCOPES = [
  /** Cases and personal data of the caller. */
  'cases:own',
  /** Work on cases of the officer's agency and zone. */
  'cases:handle',
  /** Recommendation of a talent for the clerk's enterprise. */
  'cases:recommend',
  /** Daily reports: of the clerk's enterprise, or for others by an officer with the role REPORT. */
  'enterprises:report',
  /** Fields of enterprises for their own clerks, officers and the administration: staff, reports, requests. */
  'enterprises:read',
  /** One-to-one tracking of enterprises. */
  'enterprises:track',
  /** Registration and import of enterprises. */
  'enterprises:manage',
  /** Agreements, coverage and settlements of the partner's zone. */
  'linkages:partner',
  /** API keys, webhook endpoints and usage of the partner's zone. */
  'access:own',
  /** Conclusion and change of agreements for the officer's zone. */
  'linkages:manage',
  /** Observations and policies. */
  'records:publish',
  /** Unpublished counts of open cases. */
  'statistics:live',
  /** Saved questions of the caller and of their zone. */
  'questions:save',
  /** API keys, partners and the verification of the access log. */
  'system:manage',
] as const;
export type Scope = (typeof SCOPES)[number];

const SCOPES_OF = {
  anonymous: [],
  applicant: ['cases:own'],
  caseHolder: ['cases:own'],
  officer: ['cases:handle', 'enterprises:read', 'linkages:manage', 'statistics:live', 'questions:save'],
  clerk: ['enterprises:read', 'enterprises:report', 'cases:recommend'],
  partner: ['linkages:partner', 'access:own', 'questions:save'],
  analyst: ['questions:save'],
  admin: ['enterprises:read', 'enterprises:manage', 'records:publish', 'questions:save', 'system:manage'],
} as const satisfies Record<ViewerKind, readonly Scope[]>;

/** The scopes that an officer's roles add. */
const SCOPES_OF_ROLE = {
  RECEIVE: [],
  REVIEW: [],
  DECIDE: [],
  REVEAL: [],
  REGISTER: ['enterprises:manage'],
  REPORT: ['enterprises:report'],
  TRACK: ['enterprises:track'],
  PUBLISH: ['records:publish'],
  PUBLISH_FIGURES: [],
  ACCEPT_FIGURES: [],
} as const satisfies Record<OfficerRole, readonly Scope[]>;

type Test = (viewer: Viewer) => boolean;

/** The roles of officers who work on cases. */
const CASE_ROLES: readonly OfficerRole[] = ['RECEIVE', 'REVIEW', 'DECIDE'];

const hasRole =
  (...roles: readonly OfficerRole[]): Test =>
  (viewer) =>
    viewer.kind === 'officer' && roles.some((role) => viewer.roles.includes(role));

const isOf =
  (...kinds: readonly ViewerKind[]): Test =>
  ({ kind }) =>
    kinds.includes(kind);

const either =
  (...tests: readonly Test[]): Test =>
  (viewer) =>
    tests.some((test) => test(viewer));

/** The names that `@policy` may have. Each mutation has one. */
export const POLICIES = {
  /** Receives cases: accepts, declines, requests missing documents. */
  'receives-cases': hasRole('RECEIVE'),
  /** Gives an agency's opinion; starts and ends special procedures. */
  'reviews-cases': hasRole('REVIEW'),
  /** Decides, delivers, closes. */
  'decides-cases': hasRole('DECIDE'),
  /** Claims and releases cases in the agency's work list. */
  'works-on-cases': hasRole(...CASE_ROLES),
  /** Reveals whole personal values and documents of other persons. */
  'reveals-persons': hasRole('REVEAL'),
  /** Registers and imports enterprises. */
  'registers-enterprises': either(hasRole('REGISTER'), isOf('admin')),
  /** Acts on enterprises' registrations, admissions and moves for the officer's own zone. */
  'registers-for-zone': hasRole('REGISTER'),
  /** Reports daily figures for enterprises of the zone. */
  'reports-for-others': hasRole('REPORT'),
  /** Answers support requests and logs visits. */
  'tracks-enterprises': hasRole('TRACK'),
  /** Publishes records, such as case types. */
  'publishes-records': either(hasRole('PUBLISH'), isOf('admin')),
  /** Answers for a joint unit to what the park office asks of it. */
  'answers-joint-control': hasRole('PUBLISH'),
  /** Proposes and signs agreements for the officer's own zone. */
  'signs-agreements': hasRole('PUBLISH'),
  /** Makes entries in the ledgers of the zone's agreements, as an officer or as the zone's system. */
  'keeps-ledgers': either(hasRole('PUBLISH'), isOf('partner')),
  /** Publishes a park's daily figures and proposes corrections. */
  'publishes-figures': hasRole('PUBLISH_FIGURES'),
  /** Accepts backfills and corrections that another officer proposed. */
  'accepts-figures': hasRole('ACCEPT_FIGURES'),
  /** Accepts or rejects observations that another person proposed. */
  'accepts-observations': either(hasRole('PUBLISH', 'ACCEPT_FIGURES'), isOf('admin')),
  /** Opens cases and acts on them as their applicant, signed in. */
  'applies-for-cases': isOf('applicant'),
  /** Acts on a case as its applicant, or as the holder of its receipt and secret. */
  'holds-cases': isOf('applicant', 'caseHolder'),
  /** Speaks for one enterprise. */
  'speaks-for-enterprise': isOf('clerk'),
  /** Manages the API keys and webhook endpoints of the zone whose system the caller is. */
  'manages-access': isOf('partner'),
  /** Saves questions: an officer with any role, and other callers with a name who may send queries of their own. */
  'saves-questions': either(hasRole(...OFFICER_ROLES), isOf('partner', 'analyst', 'admin')),
  /** Administers the system. */
  administers: isOf('admin'),
} as const satisfies Record<string, Test>;
export type PolicyName = keyof typeof POLICIES;

export interface Grants {
  readonly authenticated: boolean;
  readonly scopes: ReadonlySet<string>;
  /** Returns whether the policy of that name allows; an unknown policy denies. */
  policy(name: string): boolean;
}

export function grantsOf(viewer: Viewer): Grants {
  const ofRoles =
    viewer.kind === 'officer' ? viewer.roles.flatMap((role): readonly Scope[] => SCOPES_OF_ROLE[role]) : [];
  return {
    authenticated: viewer.kind !== 'anonymous',
    scopes: new Set<string>([...SCOPES_OF[viewer.kind], ...ofRoles]),
    policy: (name) => isPolicy(name) && POLICIES[name](viewer),
  };
}

/**
 * Returns whether a viewer may read the schema, by introspection and in validation errors. The page of a case holder
 * needs neither.
 */
export function mayReadSchema({ kind }: Viewer): boolean {
  return kind !== 'caseHolder';
}

export function isScope(name: string): name is Scope {
  return SCOPES.some((scope) => scope === name);
}

export function isPolicy(name: string): name is PolicyName {
  return Object.hasOwn(POLICIES, name);
}
