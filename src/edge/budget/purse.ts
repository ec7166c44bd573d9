import { type Allowance, enoughAt, FULL, type FullAt, putBack, scaled, taken, tokensIn } from '../../domain/budget.ts';
import type { BudgetChange, ChangedBudget } from '../../storage/credentials/budgets.ts';

/** Changes the bucket that all instances share, if it is as it was seen, and tells what it is now: `changeBudget` of the store. */
export type ChangeBucket = (change: BudgetChange) => Promise<ChangedBudget>;

/** What was paid for one operation in advance. */
export interface Grant {
  readonly tokens: number;
  /** Until when what was too much may be returned, epoch milliseconds. */
  readonly until: number;
  /** Whether it was paid out of what this instance may grant by itself. */
  readonly isLocal: boolean;
}

export interface Refusal {
  /** The instant from which on the same may be asked again, epoch milliseconds. */
  readonly resetsAt: number;
}

/** Tokens that an instance has leased are void after so long: what one that is gone has kept is lost to its client, not spent later. */
export const LEASE_MS = 10_000;
/** A client that was here so lately is expected again: more is leased for it than it asks for, and kept. */
const LATELY_MS = 5_000;
/** Of a capacity: no instance leases more in advance, and less isn't worth a write to put back. */
const MOST_LEASED = 0.1;
const WORTH_RETURNING = 0.01;
/** Of an allowance: what one instance grants by itself while the shared bucket can't be reached. */
const LOCAL_SHARE = 0.1;
/** Of a refused instance, at least. */
const BACK_OFF_MS = 1_000;
/** Others may change the bucket between an instance's look and its write so often. */
const MOST_TRIES = 5;
/** So often others in this instance may spend what was leased for all who wait. */
const MOST_ROUNDS = 4;

/**
 * One client's tokens in this instance: leased in advance from the bucket that all instances share, by one conditional
 * write, and spent without asking anybody. It has no timer: what is due is done by the requests that come.
 */
export class Purse {
  readonly #allowance: Allowance;
  readonly #localAllowance: Allowance;
  readonly #change: ChangeBucket;
  /** The shared bucket as it was last seen. */
  #bucket: FullAt = FULL;
  #held = 0;
  #heldUntil = 0;
  /** What others in this instance wait for. */
  #waitedFor = 0;
  #leasing: Promise<void> | undefined;
  /** After a refusal the bucket isn't asked before. */
  #notBefore = 0;
  #takenAt = Number.NEGATIVE_INFINITY;
  #isFrequent = false;
  #leasedAt = 0;
  #takenSince = 0;
  /** What this instance may grant by itself. */
  #local: FullAt = FULL;

  constructor(allowance: Allowance, change: ChangeBucket) {
    this.#allowance = allowance;
    this.#localAllowance = scaled(allowance, LOCAL_SHARE);
    this.#change = change;
  }

  /**
   * Pays for an operation in advance. Rejects with what the store does: whether anything was leased isn't known then.
   * @param now epoch milliseconds
   */
  async take(tokens: number, now: number): Promise<Grant | Refusal> {
    this.#isFrequent = now - this.#takenAt <= LATELY_MS;
    this.#takenAt = now;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (this.#usable(now) >= tokens) {
        this.#held -= tokens;
        this.#takenSince += tokens;
        return { tokens, until: this.#heldUntil, isLocal: false };
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

  /** What a client is told who was refused a moment ago and still hasn't so much; undefined where asking may be of use. */
  refusal(tokens: number, now: number): Refusal | undefined {
    if (this.#notBefore <= now || this.#usable(now) >= tokens) return undefined;
    return { resetsAt: Math.max(this.#notBefore, this.#enoughAt(tokens, now)) };
  }

  /** The same without the shared bucket: a small part of the allowance. */
  takeLocally(tokens: number, now: number): Grant | Refusal {
    if (this.#usable(now) >= tokens) {
      this.#held -= tokens;
      return { tokens, until: this.#heldUntil, isLocal: false };
    }
    if (tokensIn(this.#local, this.#localAllowance, now) < tokens) {
      return { resetsAt: Math.max(now + BACK_OFF_MS, enoughAt(this.#local, this.#localAllowance, tokens, now)) };
    }
    this.#local = taken(this.#local, this.#localAllowance, tokens, now);
    return { tokens, until: Number.POSITIVE_INFINITY, isLocal: true };
  }

  /** Returns what was paid too much, and to the shared bucket what isn't expected to be spent here. Rejects as the store does. */
  async refund(grant: Grant, tokens: number, now: number): Promise<void> {
    if (grant.isLocal) {
      this.#local = putBack(this.#local, this.#localAllowance, tokens);
      return;
    }
    if (now >= grant.until) return;
    this.#held = this.#usable(now) + tokens;
    this.#heldUntil = Math.max(this.#heldUntil, grant.until);
    const { capacity } = this.#allowance;
    const spare = this.#held - (this.#isFrequent ? capacity * MOST_LEASED : 0);
    if (this.#leasing || spare < capacity * WORTH_RETURNING) return;
    this.#leasing = this.#return(Math.floor(spare), now).finally(() => {
      this.#leasing = undefined;
    });
    await this.#leasing;
  }

  /** What is left for the client, as far as this instance knows: what is leased beside a bucket that has filled again doesn't count. */
  remaining(now: number): number {
    return Math.min(tokensIn(this.#bucket, this.#allowance, now) + this.#usable(now), this.#allowance.capacity);
  }

  /** From when on the same may be asked again, as far as this instance knows. */
  resetsAt(tokens: number, now: number): number {
    return this.#usable(now) >= tokens ? now : this.#enoughAt(tokens, now);
  }

  /** Leases what is waited for, and more for a client who comes often; nothing where the bucket hasn't enough for the first. */
  async #lease(first: number, now: number): Promise<void> {
    const capacity = this.#allowance.capacity;
    const perSecond = this.#takenSince / Math.max(1, (now - this.#leasedAt) / 1_000);
    const ahead = this.#isFrequent ? Math.min((perSecond * LATELY_MS) / 1_000, capacity * MOST_LEASED) : 0;
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
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
      this.#held += leased;
      this.#heldUntil = now + LEASE_MS;
      this.#leasedAt = now;
      this.#takenSince = 0;
      return;
    }
    this.#notBefore = now + BACK_OFF_MS;
  }

  async #return(spare: number, now: number): Promise<void> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const returned = Math.min(spare, this.#usable(now));
      // A full bucket would run over.
      if (returned === 0 || this.#bucket <= now) return;
      if (await this.#write(returned, putBack(this.#bucket, this.#allowance, returned), now)) return;
    }
  }

  /** @returns whether it was written; if not, how the bucket is now is known, and nothing was returned. */
  async #write(returned: number, next: FullAt, now: number): Promise<boolean> {
    // Nobody may spend meanwhile what is on its way back.
    this.#held -= returned;
    const { isDone, fullAt } = await this.#change({ seen: this.#bucket, next, now });
    this.#bucket = fullAt;
    if (!isDone) this.#held += returned;
    return isDone;
  }

  #usable(now: number): number {
    if (now >= this.#heldUntil) this.#held = 0;
    return this.#held;
  }

  #enoughAt(tokens: number, now: number): number {
    return enoughAt(putBack(this.#bucket, this.#allowance, this.#usable(now)), this.#allowance, tokens, now);
  }
}
