import { type Logger, SILENT } from '../logger.ts';

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
