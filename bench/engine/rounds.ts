/** How often each takes its turn after it is warm, and how long a turn is. */
export const ROUNDS = Number(process.env.ROUNDS ?? 7);
export const SECONDS = Number(process.env.SECONDS ?? 2);
