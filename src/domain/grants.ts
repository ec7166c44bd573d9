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
  /** Report and ask for an enterprise of one's own. */
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
  officer: [
    'cases:handle',
    'enterprises:read',
    'enterprises:track',
    'enterprises:manage',
    'linkages:manage',
    'statistics:live',
  ],
  clerk: ['enterprises:read', 'enterprises:report', 'cases:recommend'],
  partner: ['linkages:partner'],
  analyst: [],
  admin: ['enterprises:read', 'enterprises:manage', 'records:publish', 'system:manage'],
} as const satisfies Record<ViewerKind, readonly Scope[]>;

/** What an officer's roles add. */
const SCOPES_OF_ROLE = {
  RECEIVE: [],
  REVIEW: [],
  DECIDE: [],
  TRACK: [],
  PUBLISH: ['records:publish'],
} as const satisfies Record<OfficerRole, readonly Scope[]>;

const hasRole =
  (role: OfficerRole) =>
  (viewer: Viewer): boolean =>
    viewer.kind === 'officer' && viewer.roles.includes(role);

/** Every name that `@policy` may have. */
const POLICIES = {
  /** Takes cases in: accepts, declines, asks for what is missing. */
  'receives-cases': hasRole('RECEIVE'),
  /** Gives an agency's opinion, begins and ends special procedures. */
  'reviews-cases': hasRole('REVIEW'),
  /** Decides, delivers, closes. */
  'decides-cases': hasRole('DECIDE'),
  /** Answers support requests and logs visits. */
  'tracks-enterprises': hasRole('TRACK'),
} as const satisfies Record<string, (viewer: Viewer) => boolean>;
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
