/** As many calls of one request that are under way at once. */
export const FEW = 8;

/**
 * Does so many things, a few at once, and answers in their order. After a fault none is begun any more, and it is thrown when
 * those under way are over: nothing goes on behind an answer.
 */
export async function fewAtOnce<Of, Answer>(
  all: readonly Of[],
  most: number,
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
  const ends = await Promise.allSettled(Array.from({ length: Math.min(most, all.length) }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return answers;
}
