/** Lets so many through at once, and the others know at once that they aren't. */
export interface Turnstile {
  /** Undefined where it is full; else what to call, once, when done. */
  enter(): (() => void) | undefined;
}

export interface TurnstileOptions {
  /** Of requests that mostly wait for others: what each holds in memory is the bound. */
  readonly mostAtOnce: number;
  /** While the process itself has no time left: with more the latency of each grows, and nothing else. */
  readonly mostWhenBusy: number;
  readonly isBusy: () => boolean;
}

export function turnstile({ mostAtOnce, mostWhenBusy, isBusy }: TurnstileOptions): Turnstile {
  let within = 0;
  return {
    enter() {
      if (within >= mostAtOnce || (within >= mostWhenBusy && isBusy())) return undefined;
      within++;
      return () => {
        within--;
      };
    },
  };
}
