/** Concurrent calls of one request. */
export const MAX_CONCURRENT_CALLS = 8;

/**
 * Runs a function for each element with limited concurrency, and returns the results in their order. After a fault no
 * further call starts. The fault is thrown once running calls have ended, so that none continues after the response.
 */
export async function mapConcurrently<Of, Answer>(
  all: readonly Of[],
  limit: number,
  run: (one: Of) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = new Array(all.length);
  const waiting = [...all.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [i, one] = next;
      try {
        answers[i] = await run(one);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(limit, all.length) }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return answers;
}
