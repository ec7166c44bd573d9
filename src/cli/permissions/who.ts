import { Decisions, isMet, NOTHING, policiesOf, type Requirement } from '@bridgehead/federation';
import { grantsOf, SCOPES, type Scope } from '../../domain/grants.ts';
import { OFFICER_ROLES, type Viewer, type ViewerKind } from '../../domain/viewer.ts';

/**
 * A viewer of each kind. Rights to fields depend on the kind and an officer's roles, not on what a viewer is bound to.
 */
const SOMEBODY = {
  anonymous: { kind: 'anonymous' },
  applicant: { kind: 'applicant', person: '' },
  caseHolder: { kind: 'caseHolder', caseId: '' },
  officer: { kind: 'officer', person: '', agency: 'PARK', zone: '', roles: [] },
  clerk: { kind: 'clerk', person: '', enterprise: '' },
  partner: { kind: 'partner', zone: '', key: '' },
  analyst: { kind: 'analyst', person: '' },
  admin: { kind: 'admin', person: '' },
} as const satisfies { readonly [K in ViewerKind]: Extract<Viewer, { kind: K }> };

/** Returns in words who is granted a requirement, e.g. `applicant, officer (DECIDE)`. */
export function whoIsGranted(requirement: Requirement): string {
  const granted = Object.values(SOMEBODY).flatMap((viewer: Viewer): string[] => {
    if (isGranted(requirement, viewer)) return [viewer.kind];
    if (viewer.kind !== 'officer') return [];
    const roles = OFFICER_ROLES.filter((role) => isGranted(requirement, { ...viewer, roles: [role] }));
    return roles.length > 0 ? [`officer (${roles.join(', ')})`] : [];
  });
  if (granted.length === Object.keys(SOMEBODY).length) return 'everybody';
  return granted.length > 0 ? granted.join(', ') : 'nobody';
}

/** Returns each scope with the viewers who have it. */
export function whoHasScopes(): readonly (readonly [Scope, string])[] {
  return SCOPES.map((scope) => [scope, whoIsGranted({ ...NOTHING, scopes: [[[scope]]] })]);
}

function isGranted(requirement: Requirement, viewer: Viewer): boolean {
  const decisions = new Decisions(grantsOf(viewer));
  decisions.ask(policiesOf(requirement));
  return isMet(requirement, decisions);
}
