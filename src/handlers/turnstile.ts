/** Lets so many through at once, and the others know at once that they aren't. */
export interface Turnstile {
  /** Undefined where it is full; else what to call, once, when done. */
  enter(): (() => void) | undefined;
}

export function turnstile(mostAtOnce: number): Turnstile {
  let within = 0;
  return {
    enter() {
      if (within >= mostAtOnce) return undefined;
      within++;
      return () => {
        within--;
      };
    },
  };
}
