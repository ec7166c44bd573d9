import { LeastRecentlyUsed } from '@bridgehead/federation';
import { scaled } from '../../domain/budget.ts';
import { log } from '../../log.ts';
import type { Client } from './client.ts';
import { type ChangeBucket, type Grant, Purse, type Refusal } from './purse.ts';

/** Clients that an instance keeps tokens of. Those of one that is forgotten are lost to it. */
const MOST_KEPT = 5_000;
/** A store that failed isn't asked again for so long. */
const DOWN_MS = 5_000;

export interface BudgetsOptions {
  /** Reaches a client's bucket; undefined where instances share none. */
  readonly bucketOf: ((client: string) => ChangeBucket) | undefined;
  /** What all allowances are multiplied by. */
  readonly factor: number;
}

/** The budgets of all clients, in one instance. */
export class Budgets {
  readonly #options: BudgetsOptions;
  readonly #purses = new LeastRecentlyUsed<string, Purse>(MOST_KEPT);
  #downUntil = 0;

  constructor(options: BudgetsOptions) {
    this.#options = options;
  }

  /** A client's budget, for one request at this instant (epoch milliseconds). */
  open({ name, allowance }: Client, now: number): Budget {
    const ours = scaled(allowance, this.#options.factor);
    let purse = this.#purses.get(name);
    if (!purse) {
      purse = new Purse(ours, this.#options.bucketOf?.(name) ?? unreachable);
      this.#purses.set(name, purse);
    }
    const of = purse;
    return {
      limit: ours.capacity,
      take: (tokens) => this.#take(of, tokens, now),
      refusal: (tokens) => of.refusal(tokens, now),
      refund: (grant, tokens) => this.#refund(of, grant, tokens, now),
      remaining: () => of.remaining(now),
      resetsAt: (tokens) => of.resetsAt(tokens, now),
    };
  }

  async #take(purse: Purse, tokens: number, now: number): Promise<Grant | Refusal> {
    if (!this.#options.bucketOf || now < this.#downUntil) return purse.takeLocally(tokens, now);
    try {
      return await purse.take(tokens, now);
    } catch (error) {
      this.#isDown(error, now);
      return purse.takeLocally(tokens, now);
    }
  }

  async #refund(purse: Purse, grant: Grant, tokens: number, now: number): Promise<void> {
    try {
      await purse.refund(grant, tokens, now);
    } catch (error) {
      this.#isDown(error, now);
    }
  }

  #isDown(error: unknown, now: number): void {
    if (now >= this.#downUntil)
      log.error('budgets can not be reached: each instance grants a little by itself', {}, error);
    this.#downUntil = now + DOWN_MS;
  }
}

export interface Budget {
  readonly limit: number;
  take(tokens: number): Promise<Grant | Refusal>;
  /** Where it is known already that there is less: asked without asking the store. */
  refusal(tokens: number): Refusal | undefined;
  /** Returns what was paid too much. */
  refund(grant: Grant, tokens: number): Promise<void>;
  remaining(): number;
  resetsAt(tokens: number): number;
}

const unreachable: ChangeBucket = () => Promise.reject(new Error('instances share no buckets here'));
