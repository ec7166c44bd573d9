import { type Allowance, enoughAt, FULL, type FullAt, putBack, scaled, taken, tokensIn } from '../../domain/budget.ts';
import type { BudgetChange, ChangedBudget } from '../../storage/credentials/budgets.ts';

/** Changes the bucket that all instances share if it is as it was read, and returns its state: `changeBudget` of the store. */
export type ChangeBucket = (change: BudgetChange) => Promise<ChangedBudget>;

/** Tokens that one operation has paid in advance. */
export interface Reservation {
  readonly tokens: number;
  /** Epoch milliseconds after which nothing is refunded. */
  readonly until: number;
  /** True where this instance reserved without the shared bucket. */
  readonly isLocal: boolean;
}

/** A refused reservation. */
export interface Refusal {
  /** Epoch milliseconds from which the same may be asked again. */
  readonly resetsAt: number;
}

/** Life of leased tokens. Those of an instance that is gone are lost to its client, not spent later. */
export const LEASE_MS = 10_000;
/** A client that comes again within this time is frequent: more is leased for it than it asks for. */
const FREQUENT_MS = 5_000;
/** Parts of a bucket's capacity: the most that an instance leases in advance, and the least that is worth a write to return. */
const MAX_LEASED_SHARE = 0.1;
const MIN_RETURNED_SHARE = 0.01;
/** The part of an allowance that one instance reserves by itself while the shared bucket can't be reached. */
const LOCAL_SHARE = 0.1;
/** The least time after a refusal before the bucket is asked again. */
const BACK_OFF_MS = 1_000;
/** Attempts at a write while other instances change the bucket. */
const MAX_WRITE_ATTEMPTS = 5;
/** How often `reserve` retries when concurrent requests spend the lease first. */
const MAX_ROUNDS = 4;

/**
 * A lease of one client's tokens to this instance, taken in advance from the bucket that all instances share by one
 * conditional write, and spent without a call. It has no timer: requests do what is due.
 */
export class TokenLease {
  readonly #allowance: Allowance;
  readonly #localAllowance: Allowance;
  readonly #change: ChangeBucket;
  /** The shared bucket as it was last read. */
  #bucket: FullAt = FULL;
  #unspent = 0;
  #expiresAt = 0;
  /** Tokens that concurrent requests of this instance wait for. */
  #waitedFor = 0;
  #leasing: Promise<void> | undefined;
  /** Epoch milliseconds before which the bucket isn't asked, after a refusal. */
  #notBefore = 0;
  #reservedAt = Number.NEGATIVE_INFINITY;
  #isFrequent = false;
  #leasedAt = 0;
  #reservedSince = 0;
  /** The bucket of this instance alone. */
  #local: FullAt = FULL;

  /** @param instances those that share what is reserved without the shared bucket */
  constructor(allowance: Allowance, change: ChangeBucket, instances = 1) {
    this.#allowance = allowance;
    this.#localAllowance = scaled(allowance, LOCAL_SHARE / instances);
    this.#change = change;
  }

  /**
   * Reserves tokens for an operation. Rejects as the store does: whether anything was leased isn't known then.
   * @param now epoch milliseconds
   */
  async reserve(tokens: number, now: number): Promise<Reservation | Refusal> {
    this.#isFrequent = now - this.#reservedAt <= FREQUENT_MS;
    this.#reservedAt = now;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if (this.#usable(now) >= tokens) {
        this.#unspent -= tokens;
        this.#reservedSince += tokens;
        return { tokens, until: this.#expiresAt, isLocal: false };
      }
      const refusal = this.refusal(tokens, now);
      if (refusal) return refusal;
      this.#waitedFor += tokens;
      try {
        this.#leasing ??= this.#lease(tokens, now).finally(() => {
          this.#leasing = undefined;
        });
        await this.#leasing;
      } finally {
        this.#waitedFor -= tokens;
      }
    }
    return { resetsAt: now + BACK_OFF_MS };
  }

  /** Returns the refusal of a client who was refused a moment ago and still lacks the tokens; undefined where asking may help. */
  refusal(tokens: number, now: number): Refusal | undefined {
    if (this.#notBefore <= now || this.#usable(now) >= tokens) return undefined;
    return { resetsAt: Math.max(this.#notBefore, this.#enoughAt(tokens, now)) };
  }

  /** Reserves without the shared bucket, out of a small part of the allowance. */
  reserveLocally(tokens: number, now: number): Reservation | Refusal {
    if (this.#usable(now) >= tokens) {
      this.#unspent -= tokens;
      return { tokens, until: this.#expiresAt, isLocal: false };
    }
    if (tokensIn(this.#local, this.#localAllowance, now) < tokens) {
      return { resetsAt: Math.max(now + BACK_OFF_MS, enoughAt(this.#local, this.#localAllowance, tokens, now)) };
    }
    this.#local = taken(this.#local, this.#localAllowance, tokens, now);
    return { tokens, until: Number.POSITIVE_INFINITY, isLocal: true };
  }

  /** Refunds unused tokens, and returns to the shared bucket those that this instance won't need. Rejects as the store does. */
  async refund(reservation: Reservation, tokens: number, now: number): Promise<void> {
    if (reservation.isLocal) {
      this.#local = putBack(this.#local, this.#localAllowance, tokens);
      return;
    }
    if (now >= reservation.until) return;
    this.#unspent = this.#usable(now) + tokens;
    this.#expiresAt = Math.max(this.#expiresAt, reservation.until);
    const { capacity } = this.#allowance;
    const spare = this.#unspent - (this.#isFrequent ? capacity * MAX_LEASED_SHARE : 0);
    if (this.#leasing || spare < capacity * MIN_RETURNED_SHARE) return;
    this.#leasing = this.#return(Math.floor(spare), now).finally(() => {
      this.#leasing = undefined;
    });
    await this.#leasing;
  }

  /** Returns the client's remaining tokens, as far as this instance knows, at most the capacity. */
  remaining(now: number): number {
    return Math.min(tokensIn(this.#bucket, this.#allowance, now) + this.#usable(now), this.#allowance.capacity);
  }

  /** Returns the instant from which the same may be asked again, as far as this instance knows. */
  resetsAt(tokens: number, now: number): number {
    return this.#usable(now) >= tokens ? now : this.#enoughAt(tokens, now);
  }

  /** Leases the tokens that are waited for, and more for a frequent client; none where the bucket lacks those of the first. */
  async #lease(first: number, now: number): Promise<void> {
    const capacity = this.#allowance.capacity;
    const perSecond = this.#reservedSince / Math.max(1, (now - this.#leasedAt) / 1_000);
    const ahead = this.#isFrequent ? Math.min((perSecond * FREQUENT_MS) / 1_000, capacity * MAX_LEASED_SHARE) : 0;
    for (let attempt = 0; attempt < MAX_WRITE_ATTEMPTS; attempt++) {
      const returned = this.#usable(now);
      const bucket = putBack(this.#bucket, this.#allowance, returned);
      const there = tokensIn(bucket, this.#allowance, now);
      if (there < first) {
        this.#notBefore = now + BACK_OFF_MS;
        return;
      }
      const leased = Math.min(there, Math.ceil(this.#waitedFor + ahead));
      const next = taken(bucket, this.#allowance, leased, now);
      if (!(await this.#write(returned, next, now))) continue;
      this.#unspent += leased;
      this.#expiresAt = now + LEASE_MS;
      this.#leasedAt = now;
      this.#reservedSince = 0;
      return;
    }
    this.#notBefore = now + BACK_OFF_MS;
  }

  async #return(spare: number, now: number): Promise<void> {
    for (let attempt = 0; attempt < MAX_WRITE_ATTEMPTS; attempt++) {
      const returned = Math.min(spare, this.#usable(now));
      // A full bucket would run over.
      if (returned === 0 || this.#bucket <= now) return;
      if (await this.#write(returned, putBack(this.#bucket, this.#allowance, returned), now)) return;
    }
  }

  /** Returns whether it was written. If not, the bucket's state is known, and nothing was returned. */
  async #write(returned: number, next: FullAt, now: number): Promise<boolean> {
    // Tokens on their way back must not be spent meanwhile.
    this.#unspent -= returned;
    const { isDone, fullAt } = await this.#change({ seen: this.#bucket, next, now });
    this.#bucket = fullAt;
    if (!isDone) this.#unspent += returned;
    return isDone;
  }

  #usable(now: number): number {
    if (now >= this.#expiresAt) this.#unspent = 0;
    return this.#unspent;
  }

  #enoughAt(tokens: number, now: number): number {
    return enoughAt(putBack(this.#bucket, this.#allowance, this.#usable(now)), this.#allowance, tokens, now);
  }
}
