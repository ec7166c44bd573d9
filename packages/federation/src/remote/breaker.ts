/** The outcome of one use of a subgraph for its health; `unknown` where the client or this gateway ended it. */
export type Outcome = 'answered' | 'failed' | 'unknown';

export interface BreakerSettings {
  /** It opens when so many of the recent uses failed, and they are half of them at least. */
  readonly failures: number;
  /** The number of latest uses that count, and their greatest age. */
  readonly recentUses: number;
  readonly recentMilliseconds: number;
  /** The time that it stays open at first; each failed probe doubles it. */
  readonly openMilliseconds: number;
  readonly longestOpenMilliseconds: number;
  /** After so long a probe that never said how it ended is forgotten. */
  readonly probeMilliseconds: number;
}

export interface Pass {
  /** Tells how the use ended. Only the first call counts. */
  end(outcome: Outcome, now: number): void;
}

type State =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly until: number; readonly lasted: number }
  | { readonly kind: 'probing'; readonly pass: Pass; readonly until: number; readonly lasted: number };

/**
 * Keeps calls away from a subgraph that keeps failing, as this sandbox has seen it. There is no timer: whether a probe
 * may be made is decided by the clock when a call comes, so a frozen sandbox wakes up right.
 */
export class Breaker {
  readonly #settings: BreakerSettings;
  #state: State = { kind: 'closed' };
  #recent: { readonly at: number; readonly isFailure: boolean }[] = [];

  constructor(settings: BreakerSettings) {
    this.#settings = settings;
  }

  /** A pass for one use; undefined while it is open, or while another use probes. `now` in epoch milliseconds. */
  enter(now: number): Pass | undefined {
    const state = this.#state;
    if (state.kind !== 'closed' && now < state.until) return undefined;
    let hasEnded = false;
    const pass: Pass = {
      end: (outcome, at) => {
        if (hasEnded) return;
        hasEnded = true;
        this.#end(pass, outcome, at);
      },
    };
    if (state.kind !== 'closed') {
      this.#state = { kind: 'probing', pass, until: now + this.#settings.probeMilliseconds, lasted: state.lasted };
    }
    return pass;
  }

  #end(pass: Pass, outcome: Outcome, now: number): void {
    const state = this.#state;
    if (state.kind === 'closed') {
      if (outcome !== 'unknown') this.#count(outcome === 'failed', now);
      return;
    }
    // What was under way when it opened says nothing new.
    if (state.kind !== 'probing' || state.pass !== pass) return;
    if (outcome === 'answered') {
      this.#state = { kind: 'closed' };
      this.#recent = [];
    } else {
      const { longestOpenMilliseconds } = this.#settings;
      const lasted = outcome === 'failed' ? Math.min(state.lasted * 2, longestOpenMilliseconds) : state.lasted;
      const until = outcome === 'failed' ? now + lasted : now;
      this.#state = { kind: 'open', until, lasted };
    }
  }

  #count(isFailure: boolean, now: number): void {
    const { failures, recentUses, recentMilliseconds, openMilliseconds } = this.#settings;
    this.#recent = [...this.#recent, { at: now, isFailure }]
      .filter(({ at }) => now - at < recentMilliseconds)
      .slice(-recentUses);
    const failed = this.#recent.filter((use) => use.isFailure).length;
    if (failed >= failures && failed * 2 >= this.#recent.length) {
      this.#state = { kind: 'open', until: now + openMilliseconds, lasted: openMilliseconds };
    }
  }
}
