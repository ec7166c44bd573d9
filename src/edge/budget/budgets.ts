import { LRUCache } from 'lru-cache';
import { type Client, scaled } from '../../domain/budget.ts';
import { CodedError } from '../../errors.ts';
import { log } from '../../log.ts';
import { securityEvent } from '../../security-event.ts';
import { type ChangeBucket, type Refusal, type Reservation, TokenLease } from './token-lease.ts';

/** Clients whose leases an instance stores. The tokens of one that is evicted are lost to it. */
const MAX_CLIENTS = 5_000;
/** Time for which a store that failed isn't asked again. */
const DOWN_MS = 5_000;

export interface BudgetsOptions {
  /** Reaches a client's bucket; undefined where instances share none. */
  readonly bucketOf: ((client: string) => ChangeBucket) | undefined;
  /** Multiplies all allowances. */
  readonly factor: number;
  /** Instances of this machine, which share what is granted while the buckets can't be reached; 1 where it isn't given. */
  readonly instances?: number;
}

/** The budgets of all clients, in one instance. */
export class Budgets {
  readonly #options: BudgetsOptions;
  readonly #leases = new LRUCache<string, TokenLease>({ max: MAX_CLIENTS });
  #downUntil = 0;

  constructor(options: BudgetsOptions) {
    this.#options = options;
  }

  /** Opens a client's budget for one request at this instant (epoch milliseconds). */
  open({ name, allowance }: Client, now: number): Budget {
    const ours = scaled(allowance, this.#options.factor);
    let lease = this.#leases.get(name);
    if (!lease) {
      lease = new TokenLease(ours, this.#options.bucketOf?.(name) ?? unreachable, this.#options.instances);
      this.#leases.set(name, lease);
    }
    const of = lease;
    return {
      limit: ours.capacity,
      reserve: (tokens) => this.#reserve(of, tokens, now),
      refusal: (tokens) => of.refusal(tokens, now),
      refund: (reservation, tokens) => this.#refund(of, reservation, tokens, now),
      remaining: () => of.remaining(now),
      resetsAt: (tokens) => of.resetsAt(tokens, now),
    };
  }

  async #reserve(lease: TokenLease, tokens: number, now: number): Promise<Reservation | Refusal> {
    if (!this.#options.bucketOf || now < this.#downUntil) return lease.reserveLocally(tokens, now);
    try {
      return await lease.reserve(tokens, now);
    } catch (error) {
      this.#isDown(error, now);
      return lease.reserveLocally(tokens, now);
    }
  }

  async #refund(lease: TokenLease, reservation: Reservation, tokens: number, now: number): Promise<void> {
    try {
      await lease.refund(reservation, tokens, now);
    } catch (error) {
      this.#isDown(error, now);
    }
  }

  #isDown(error: unknown, now: number): void {
    if (now >= this.#downUntil) {
      log.error('a shared bucket does not answer', {}, error);
      securityEvent(log, { kind: 'BUDGETS_UNREACHABLE', code: error instanceof CodedError ? error.code : 'UNKNOWN' });
    }
    this.#downUntil = now + DOWN_MS;
  }
}

/** The budget of one client, for one request. */
export interface Budget {
  readonly limit: number;
  reserve(tokens: number): Promise<Reservation | Refusal>;
  /** Returns a refusal where the tokens are known to be lacking. It doesn't ask the store. */
  refusal(tokens: number): Refusal | undefined;
  /** Refunds unused tokens. */
  refund(reservation: Reservation, tokens: number): Promise<void>;
  remaining(): number;
  resetsAt(tokens: number): number;
}

const unreachable: ChangeBucket = () => Promise.reject(new Error('instances share no buckets here'));
