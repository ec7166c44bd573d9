import type { Decisions } from './grants.ts';

/** Any one of the lists, and of it all: what `@requiresScopes(scopes:)` and `@policy(policies:)` take. */
export type AnyOfAll = readonly (readonly string[])[];

/** The grants that a field requires, all of them. */
export interface Requirement {
  readonly authenticated: boolean;
  readonly scopes: readonly AnyOfAll[];
  readonly policies: readonly AnyOfAll[];
}

export const NOTHING: Requirement = { authenticated: false, scopes: [], policies: [] };

export function isNothing({ authenticated, scopes, policies }: Requirement): boolean {
  return !authenticated && scopes.length === 0 && policies.length === 0;
}

export function all(requirements: Iterable<Requirement>): Requirement {
  const scopes = new Map<string, AnyOfAll>();
  const policies = new Map<string, AnyOfAll>();
  let authenticated = false;
  for (const requirement of requirements) {
    authenticated ||= requirement.authenticated;
    for (const any of requirement.scopes) scopes.set(JSON.stringify(any), any);
    for (const any of requirement.policies) policies.set(JSON.stringify(any), any);
  }
  return { authenticated, scopes: [...scopes.values()], policies: [...policies.values()] };
}

export function policiesOf({ policies }: Requirement): readonly string[] {
  return policies.flat(2);
}

/** Returns whether a request meets a requirement. Its policies must have been asked. */
export function isMet({ authenticated, scopes, policies }: Requirement, decisions: Decisions): boolean {
  const { grants } = decisions;
  return (
    (!authenticated || grants.authenticated === true) &&
    scopes.every((any) => any.some((every) => every.every((scope) => grants.scopes.has(scope)))) &&
    policies.every((any) => any.some((every) => every.every((policy) => decisions.allows(policy))))
  );
}

/** Whoever is granted `whole` is granted `part`. What would take too long to tell is said not to be. */
export function implies(whole: Requirement, part: Requirement): boolean {
  return (
    (whole.authenticated || !part.authenticated) &&
    impliesAll(whole.scopes, part.scopes) &&
    impliesAll(whole.policies, part.policies)
  );
}

const MAX_WAYS = 4_096;

function impliesAll(whole: readonly AnyOfAll[], part: readonly AnyOfAll[]): boolean {
  if (part.length === 0) return true;
  if (whole.reduce((count, any) => count * any.length, 1) > MAX_WAYS) return false;
  const ways = whole.reduce<readonly (readonly string[])[]>(
    (known, any) => known.flatMap((way) => any.map((every) => [...way, ...every])),
    [[]],
  );
  return part.every((any) => ways.every((way) => any.some((every) => every.every((name) => way.includes(name)))));
}
