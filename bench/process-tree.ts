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

/** One process of a tree. */
export interface ProcessUse {
  readonly command: string;
  /** Microseconds of CPU, user and system. */
  readonly cpu: number;
  /** Resident bytes. */
  readonly memory: number;
}

/** Returns what a process and all that it has started use, each by itself. Reads `/proc`. */
export function usesOf(pid: number): readonly ProcessUse[] {
  return [pid, ...childrenOf(pid)].map((each) => {
    const fields = readFileSync(`/proc/${each}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // After the name: state is 0, utime 11, stime 12, rss 21 (proc(5)).
    return {
      command: readFileSync(`/proc/${each}/cmdline`, 'utf8').replaceAll('\0', ' '),
      cpu: (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS,
      memory: Number(fields[21]) * PAGE_BYTES,
    };
  });
}

/** Returns the sum of what they use. */
export function useOf(pid: number): Use {
  const uses = usesOf(pid);
  return {
    cpu: uses.reduce((sum, { cpu }) => sum + cpu, 0),
    memory: uses.map(({ memory }) => memory).toSorted((a, b) => b - a),
  };
}

function childrenOf(pid: number): readonly number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const own = threads.flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return own.flatMap((child) => [child, ...childrenOf(child)]);
}
