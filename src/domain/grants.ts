/**
 * What a caller's kind entitles them to ask for at all, as authorization directives name it (`@authenticated`,
 * `@requiresScopes`, `@policy`). Whether they may see a certain row is decided by the row's owner.
 */
import type { OfficerRole, Viewer, ViewerKind } from './viewer.ts';

export const SCOPES = [
  /** Cases and personal data of one's own. */
  'cases:own',
  /** Work on cases of one's agency and zone. */
  'cases:handle',
  /** Recommend a talent for one's enterprise. */
  'cases:recommend',
  /** Daily reports of enterprises: of a clerk's own, or for others by an officer who reports. */
  'enterprises:report',
  /** What enterprises show to their own clerks and to the administration: staff, reports, requests. */
  'enterprises:read',
  /** One-to-one tracking of enterprises. */
  'enterprises:track',
  /** Register and import enterprises. */
  'enterprises:manage',
  /** Agreements, coverage and settlements of one's zone. */
  'linkages:partner',
  /** Conclude and change agreements for one's zone. */
  'linkages:manage',
  /** Record observations, publish policies. */
  'records:publish',
  /** Counts of what is under way, not yet published. */
  'statistics:live',
  /** API keys, partners, the check of the access log. */
  'system:manage',
] as const;
export type Scope = (typeof SCOPES)[number];

const SCOPES_OF = {
  anonymous: [],
  applicant: ['cases:own'],
  caseHolder: ['cases:own'],
  officer: ['cases:handle', 'enterprises:read', 'linkages:manage', 'statistics:live'],
  clerk: ['enterprises:read', 'enterprises:report', 'cases:recommend'],
  partner: ['linkages:partner'],
  analyst: [],
  admin: ['enterprises:read', 'enterprises:manage', 'records:publish', 'system:manage'],
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
  /** Takes cases in: accepts, declines, asks for what is missing. */
  'receives-cases': hasRole('RECEIVE'),
  /** Gives an agency's opinion, begins and ends special procedures. */
  'reviews-cases': hasRole('REVIEW'),
  /** Decides, delivers, closes. */
  'decides-cases': hasRole('DECIDE'),
  /** Claims and releases cases in the agency's list. */
  'works-on-cases': hasRole(...CASE_ROLES),
  /** Opens whole personal values and documents of others. */
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
  /** Publishes a park's daily figures and proposes corrections. */
  'publishes-figures': hasRole('PUBLISH_FIGURES'),
  /** Accepts backfills and corrections that another officer proposed. */
  'accepts-figures': hasRole('ACCEPT_FIGURES'),
  /** Opens cases and acts on them as their applicant, signed in. */
  'applies-for-cases': isOf('applicant'),
  /** Acts on a case as its applicant, or as the holder of its receipt and secret. */
  'holds-cases': isOf('applicant', 'caseHolder'),
  /** Speaks for one enterprise. */
  'speaks-for-enterprise': isOf('clerk'),
  /** Administers the system. */
  administers: isOf('admin'),
} as const satisfies Record<string, Test>;
export type PolicyName = keyof typeof POLICIES;

export interface Grants {
  readonly authenticated: boolean;
  readonly scopes: ReadonlySet<string>;
  /** Whether the policy of that name allows; one that nobody knows denies. */
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
 * Whether they may look up what they may ask for: by introspection, and in what validation says. Who holds one case's
 * receipt has a page for it, which needs none of that.
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
