import type { Meter } from '@bridgehead/federation';
import { CodedError } from '../../errors.ts';
import type { Budget } from './budgets.ts';
import type { Grant, Refusal } from './purse.ts';

/** What an operation costs, as it is told to its client: in objects of an answer. */
export interface Cost {
  /** What it may come to at most: so much must be there. */
  readonly requested: number;
  /** What it came to: so much is gone. */
  readonly actual: number;
  /** What the client may spend at once, after a rest. */
  readonly limit: number;
  readonly remaining: number;
  /** From when on the same may be asked again: RFC 3339. */
  readonly resetsAt: string;
}

/** `report`: the cost is in `extensions.cost` too. `dry-run`: it is only there, and the operation isn't run. */
export type CostWish = 'report' | 'dry-run' | undefined;

/** Whatever it is, looking at it was work. */
const LEAST = 1;
/** Of what is refused when it has been looked at: not valid, or over a limit. Parsing and validating it takes milliseconds. */
const REFUSED = 10;

/** What one request costs its client: paid in advance, and refunded when it is known what it came to. */
export class Charge {
  readonly wish: CostWish;
  readonly meter: Meter = {};
  readonly #budget: Budget;
  #requested = 0;
  #actual = 0;
  #grant: Grant | undefined;
  #isLookedAt = false;

  constructor(budget: Budget, wish: CostWish) {
    this.#budget = budget;
    this.wish = wish;
  }

  /** Throws THROTTLED where it is known already that the client can't pay for a look: nothing is parsed for them then. */
  admit(): void {
    const refusal = this.#budget.refusal(this.#look);
    if (refusal) throw this.#throttled(this.#look, refusal);
  }

  /** Pays for a look at what is refused before it is known whose request it is, or what it asks. Rejects with THROTTLED. */
  async payForRefusal(): Promise<void> {
    this.admit();
    this.#isLookedAt = true;
    const answer = await this.#budget.take(this.#look);
    if ('resetsAt' in answer) throw this.#throttled(this.#look, answer);
  }

  /** Pays for a look at what was refused before its price was known. Who can't is refused from the next on. */
  async payForLook(): Promise<void> {
    if (this.#isLookedAt) return;
    this.#isLookedAt = true;
    await this.#budget.take(this.#look);
  }

  /**
   * Pays for an operation of this price, or for a look at it where it is not to be run.
   * Rejects with THROTTLED where the client hasn't so much.
   */
  async take(price: number): Promise<void> {
    // Whatever the limits let through may be asked after a rest.
    const tokens = this.wish === 'dry-run' ? LEAST : Math.min(Math.max(LEAST, price), this.#budget.limit);
    this.#isLookedAt = true;
    const answer = await this.#budget.take(tokens);
    this.#requested = price;
    if ('resetsAt' in answer) throw this.#throttled(price, answer);
    this.#grant = answer;
    this.#actual = tokens;
  }

  get #look(): number {
    return Math.min(REFUSED, this.#budget.limit);
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

  /** Refunds what was paid too much, once. */
  async settle(): Promise<void> {
    const { actual } = this.meter;
    const grant = this.#grant;
    if (!grant || actual === undefined) return;
    delete this.meter.actual;
    this.#actual = Math.min(grant.tokens, Math.max(LEAST, Math.ceil(actual)));
    if (this.#actual < grant.tokens) await this.#budget.refund(grant, grant.tokens - this.#actual);
  }

  /** Undefined where nothing was paid. */
  get cost(): Cost | undefined {
    if (!this.#grant) return undefined;
    return {
      requested: this.#requested,
      actual: this.#actual,
      limit: this.#budget.limit,
      remaining: this.#budget.remaining(),
      resetsAt: new Date(this.#budget.resetsAt(Math.max(LEAST, this.#requested))).toISOString(),
    };
  }
}
