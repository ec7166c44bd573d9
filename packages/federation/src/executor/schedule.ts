import type { Fetch } from './fetch.ts';
import type { Run } from './run.ts';

/** Makes a plan's fetches. Rejects with nothing that a subgraph does. */
export type Start = (run: Run) => Promise<void>;

/**
 * Compiles when fetches are made: each in the instant in which the last of those that it waits for is done.
 * @param waitsFor for each fetch the indices of earlier ones
 */
export function compileSchedule(fetches: readonly Fetch[], waitsFor: readonly (readonly number[])[]): Start {
  const counts = waitsFor.map(({ length }) => length);
  const first = fetches.flatMap((_, index) => (counts[index] === 0 ? index : []));
  const followers = fetches.map((_, index) =>
    fetches.flatMap((_, later) => (waitsFor[later]?.includes(index) ? later : [])),
  );
  if (fetches.length === 0) return async () => {};

  return (run) =>
    new Promise((resolve, reject) => {
      const open = [...counts];
      let left = fetches.length;
      const start = (index: number): void => {
        const underWay = fetches[index]!.run(run);
        if (underWay) underWay.then(() => finish(index)).catch(reject);
        else finish(index);
      };
      const finish = (index: number): void => {
        left -= 1;
        for (const follower of followers[index]!) {
          open[follower]! -= 1;
          if (open[follower] === 0) start(follower);
        }
        if (left === 0) resolve();
      };
      first.forEach(start);
    });
}
