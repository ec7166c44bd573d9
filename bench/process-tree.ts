import { readdirSync, readFileSync } from 'node:fs';

/** The CPU and memory of a process and of all that it has started. */
export interface Use {
  /** Microseconds of CPU, user and system. */
  readonly cpu: number;
  /** Bytes of memory, by process, the largest first. */
  readonly memory: readonly number[];
}

/** Clock ticks are hundredths of a second on every Linux that Node runs on. */
const TICK_MICROSECONDS = 10_000;
const PAGE_BYTES = 4_096;

/** Reads `/proc`. */
export function useOf(pid: number): Use {
  const pids = [pid, ...childrenOf(pid)];
  const stats = pids.map((each) =>
    readFileSync(`/proc/${each}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' '),
  );
  // After the name: state is 0, utime 11, stime 12, rss 21 (proc(5)).
  const ticks = stats.map((fields) => Number(fields[11]) + Number(fields[12]));
  return {
    cpu: ticks.reduce((sum, each) => sum + each, 0) * TICK_MICROSECONDS,
    memory: stats.map((fields) => Number(fields[21]) * PAGE_BYTES).toSorted((a, b) => b - a),
  };
}

function childrenOf(pid: number): readonly number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const own = threads.flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return own.flatMap((child) => [child, ...childrenOf(child)]);
}
