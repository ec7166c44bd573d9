/** Two signals within this time are one wish: npm passes on a Ctrl-C that the terminal sends to its children too. */
const SAME_WISH_MS = 1_000;

/**
 * Settles when the process is asked to end (Ctrl-C, SIGTERM, a terminal that is closed). Asking again, later, ends it at
 * once: the next start finds everything that was acknowledged.
 */
export function untilAskedToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const ask = (signal: NodeJS.Signals) => {
      askedAt ??= Date.now();
      if (Date.now() - askedAt > SAME_WISH_MS) process.exit(1);
      resolve(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  });
}
