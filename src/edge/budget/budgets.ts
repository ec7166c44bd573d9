import type { Meter } from '@bridgehead/federation';
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

/** The cost of an operation as its client reads it, in objects of an answer. */
export interface Cost {
  /** The most that it may come to: the budget must hold this much. */
  readonly requested: number;
  /** The tokens that were spent. */
  readonly actual: number;
  /** The tokens of a full budget. */
  readonly limit: number;
  readonly remaining: number;
  /** The instant from which the same may be asked again: RFC 3339. */
  readonly resetsAt: string;
}

/** `report`: the cost is in `extensions.cost` too. `dry-run`: it is only there, and the operation isn't run. */
export type CostWish = 'report' | 'dry-run' | undefined;

/** The least price of an operation. */
const MIN_PRICE = 1;
/** The price of a refused request: not valid, or over a limit. Parsing and validating it takes milliseconds. */
const REFUSED_PRICE = 10;

/** The charge of one request: reserved in advance, and refunded when its actual cost is known. */
export class Charge {
  readonly wish: CostWish;
  readonly meter: Meter = {};
  readonly #budget: Budget;
  #requested = 0;
  #actual = 0;
  #reservation: Reservation | undefined;
  #isPaid = false;
  #reserving: Promise<void> | undefined;

  constructor(budget: Budget, wish: CostWish) {
    this.#budget = budget;
    this.wish = wish;
  }

  /** Throws THROTTLED where the client is known to be unable to pay for a refusal: nothing is parsed then. */
  admit(): void {
    const refusal = this.#budget.refusal(this.#refusedPrice);
    if (refusal) throw this.#throttled(this.#refusedPrice, refusal);
  }

  /** Pays for a request that is refused before its client or its operation is known. Rejects with THROTTLED. */
  async payForRefusal(): Promise<void> {
    this.admit();
    this.#isPaid = true;
    const answer = await this.#payRefusedPrice();
    if ('resetsAt' in answer) throw this.#throttled(this.#refusedPrice, answer);
  }

  /** Pays for a request that was refused before its price was known. A client who can't pay is refused from the next on. */
  async payIfUnpaid(): Promise<void> {
    if (this.#isPaid) return;
    this.#isPaid = true;
    await this.#payRefusedPrice();
  }

  /** The whole price is spent: nothing of it is refunded. */
  async #payRefusedPrice(): Promise<Reservation | Refusal> {
    const answer = await this.#budget.reserve(this.#refusedPrice);
    if ('resetsAt' in answer) return answer;
    this.#reservation = answer;
    this.#requested = answer.tokens;
    this.#actual = answer.tokens;
    return answer;
  }

  /**
   * Reserves the price of an operation, or the least price where it is a dry run. Rejects with THROTTLED where the client
   * lacks the tokens.
   */
  async reserve(price: number): Promise<void> {
    const tokens = this.wish === 'dry-run' ? MIN_PRICE : this.#tokensOf(price);
    this.#isPaid = true;
    const answer = await this.#budget.reserve(tokens);
    this.#requested = price;
    if ('resetsAt' in answer) throw this.#throttled(price, answer);
    this.#reservation = answer;
    this.#actual = tokens;
  }

  /**
   * Reserves the price of an operation that changes nothing while it runs: its answer waits for `paid`. Throws THROTTLED
   * where the client is known to lack the tokens.
   */
  reserveBeside(price: number): void {
    const refusal = this.#budget.refusal(this.#tokensOf(price));
    if (refusal) throw this.#throttled(price, refusal);
    this.#reserving = this.reserve(price);
    // The rejection is met where the answer waits.
    this.#reserving.catch(() => undefined);
  }

  /** Waits for the tokens that are reserved beside an operation. Rejects with THROTTLED where the client lacks them. */
  async paid(): Promise<void> {
    await this.#reserving;
  }

  /** An operation within the limits may be asked with a full budget. */
  #tokensOf(price: number): number {
    return Math.min(Math.max(MIN_PRICE, price), this.#budget.limit);
  }

  get #refusedPrice(): number {
    return Math.min(REFUSED_PRICE, this.#budget.limit);
  }

  #throttled(requested: number, { resetsAt }: Refusal): CodedError {
    return new CodedError('THROTTLED', 'This is more than you may ask for at this time.', {
      details: {
        requested,
        limit: this.#budget.limit,
        remaining: this.#budget.remaining(),
        resetsAt: new Date(resetsAt).toISOString(),
      },
    });
  }

  /** Refunds unused tokens, once. */
  async settle(): Promise<void> {
    const { actual } = this.meter;
    const reservation = this.#reservation;
    if (!reservation || actual === undefined) return;
    delete this.meter.actual;
    this.#actual = Math.min(reservation.tokens, Math.max(MIN_PRICE, Math.ceil(actual)));
    if (this.#actual < reservation.tokens) await this.#budget.refund(reservation, reservation.tokens - this.#actual);
  }

  /** Undefined where nothing was paid. */
  get cost(): Cost | undefined {
    if (!this.#reservation) return undefined;
    return {
      requested: this.#requested,
      actual: this.#actual,
      limit: this.#budget.limit,
      remaining: this.#budget.remaining(),
      resetsAt: new Date(this.#budget.resetsAt(Math.max(MIN_PRICE, this.#requested))).toISOString(),
    };
  }
}

/** The header by which a request asks for its cost, and by which an answer reports it. */
export const COST_HEADER = 'graphql-cost';

const WISHES = ['report', 'dry-run'] as const satisfies readonly CostWish[];

/**
 * Reads a request's wish for its cost from the header, or from `extensions.cost`, which takes precedence.
 * Throws BAD_REQUEST for an unknown wish: a mistyped `dry-run` must not be run.
 */
export function readCostWish(header: string | undefined, extensions: unknown): CostWish {
  const asked =
    typeof extensions === 'object' && extensions !== null && 'cost' in extensions ? extensions.cost : header;
  const wish = WISHES.find((known) => known === asked);
  if (wish === undefined && asked !== undefined && asked !== null) {
    throw new CodedError('BAD_REQUEST', `The header ${COST_HEADER}, and extensions.cost, can be report or dry-run.`);
  }
  return wish;
}

/** Formats a cost as a dictionary (RFC 9651 §3.2), e.g. `requested=62, actual=30, limit=20000, remaining=19970, resets-in=0` (seconds). */
export function costHeader({ requested, actual, limit, remaining, resetsAt }: Cost, now: Date): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(resetsAt) - now.getTime()) / 1_000));
  return `requested=${requested}, actual=${actual}, limit=${limit}, remaining=${remaining}, resets-in=${seconds}`;
}
