/** Signals that ask a process to end. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Two signals within this time count as one: npm forwards a Ctrl-C that the terminal also sends to its children. */
const SAME_WISH_MS = 1_000;

/**
 * Settles when the process gets a signal to end (Ctrl-C, SIGTERM, a closed terminal). A later second signal ends it at
 * once.
 */
export function untilAskedToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const ask = (signal: NodeJS.Signals) => {
      askedAt ??= Date.now();
      if (Date.now() - askedAt > SAME_WISH_MS) process.exit(1);
      resolve(signal);
    };
    for (const signal of ENDING_SIGNALS) process.on(signal, ask);
  });
}
