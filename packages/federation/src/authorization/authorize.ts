import { type Logger, SILENT } from '../logger.ts';

/** Requirements of object types' fields by coordinate, `Type.field`. Public fields have none. */
export type Rules = ReadonlyMap<string, Requirement>;

/** Asks the policies that the rules of these coordinates name. Returns a promise where some decide later. */
export function askPolicies(
  rules: Rules,
  coordinates: Iterable<string>,
  decisions: Decisions,
): Promise<void> | undefined {
  const names = new Set<string>();
  for (const coordinate of coordinates) {
    const rule = rules.get(coordinate);
    if (rule && rule.policies.length > 0) for (const name of policiesOf(rule)) names.add(name);
  }
  return names.size > 0 ? decisions.ask(names) : undefined;
}

/** Returns the coordinates that a request is denied, in their order. Their policies must have been asked. */
export function deniedOf(rules: Rules, coordinates: Iterable<string>, decisions: Decisions): readonly string[] {
  const denied: string[] = [];
  const met = new Map<Requirement, boolean>();
  for (const coordinate of coordinates) {
    const rule = rules.get(coordinate);
    if (rule === undefined) continue;
    let isAllowed = met.get(rule);
    if (isAllowed === undefined) {
      isAllowed = isMet(rule, decisions);
      met.set(rule, isAllowed);
    }
    if (!isAllowed) denied.push(coordinate);
  }
  return denied;
}

/** Alternatives, each a list of names that are all needed, as `@requiresScopes(scopes:)` and `@policy(policies:)` have them. */
export type AnyOfAll = readonly (readonly string[])[];

/** The grants that a field requires, all of them. */
export interface Requirement {
  readonly authenticated: boolean;
  readonly scopes: readonly AnyOfAll[];
  readonly policies: readonly AnyOfAll[];
}

/** The requirement that every client meets. */
export const NOTHING: Requirement = { authenticated: false, scopes: [], policies: [] };

/** Returns whether a requirement lets every client pass. */
export function isNothing({ authenticated, scopes, policies }: Requirement): boolean {
  return !authenticated && scopes.length === 0 && policies.length === 0;
}

/** Returns the requirement that holds all of these. */
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

/** Returns the policies that a requirement names. */
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

/** Returns whether each client that is granted `whole` is granted `part`; false where telling would take too long. */
export function implies(whole: Requirement, part: Requirement): boolean {
  return (
    (whole.authenticated || !part.authenticated) &&
    impliesAll(whole.scopes, part.scopes) &&
    impliesAll(whole.policies, part.policies)
  );
}

/** The combinations of alternatives that `implies` compares. */
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

/** The grants of one request, as authorization directives name them. The application decides who gets which. */
export interface Grants {
  /** Satisfies `@authenticated`. */
  readonly authenticated: boolean;
  /** Satisfies `@requiresScopes`. */
  readonly scopes: ReadonlySet<string>;
  /** Satisfies `@policy`. A policy that is not known must not return true. */
  policy(name: string): boolean | undefined | Promise<boolean | undefined>;
}

/** The grants of a client who has none. */
export const NOBODY: Grants = { authenticated: false, scopes: new Set(), policy: () => false };

/** The decisions of one request: each policy is asked once, however many fields name it. */
export class Decisions {
  readonly grants: Grants;
  readonly #log: Logger;
  readonly #allowed = new Map<string, boolean | Promise<void>>();

  constructor(grants: Grants, log: Logger = SILENT) {
    this.grants = grants;
    this.#log = log;
  }

  /** Asks the policies that haven't been asked. Returns a promise, which never rejects, where some decide later. */
  ask(policies: Iterable<string>): Promise<void> | undefined {
    const pending: Promise<void>[] = [];
    for (const name of policies) {
      const known = this.#allowed.get(name) ?? this.#begin(name);
      if (known instanceof Promise) pending.push(known);
    }
    return pending.length > 0 ? Promise.all(pending).then(() => {}) : undefined;
  }

  /** Returns whether a policy that has decided allows; any other denies. */
  allows(policy: string): boolean {
    return this.#allowed.get(policy) === true;
  }

  #begin(name: string): boolean | Promise<void> {
    const settle = (decision: unknown) => void this.#allowed.set(name, decision === true);
    let state: boolean | Promise<void> = false;
    try {
      const decision = this.grants.policy(name);
      state =
        decision instanceof Promise
          ? decision.then(settle, (error) => settle(this.#fault(name, error)))
          : decision === true;
    } catch (error) {
      this.#fault(name, error);
    }
    this.#allowed.set(name, state);
    return state;
  }

  /** Logs the failure of a policy, which denies. */
  #fault(policy: string, error: unknown): false {
    this.#log.error('a policy could not decide', { policy }, error);
    return false;
  }
}
