import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Tells when a database may have changed, so that whoever reads its streams need not ask all the time. */
export interface Changes {
  /** The number of changes so far. */
  count(): number;
  /** Waits for a change after the first `seen` ones, but no longer than the longest wait. Ends early at the signal. */
  after(seen: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Longest wait where a file tells of changes: the system may drop its events. */
const MAX_WATCHED_WAIT_MS = 5_000;
/** Period between two questions where nothing tells of changes, as behind an address. */
const UNWATCHED_WAIT_MS = 100;

/**
 * Returns the changes of a database file: SQLite appends each commit to the file's `-wal`. The folder is watched, so
 * that the watch outlives restarts of the database.
 * @param file undefined for a database elsewhere
 */
export function changesOf(file: string | undefined): Changes {
  const longest = file === undefined ? UNWATCHED_WAIT_MS : MAX_WATCHED_WAIT_MS;
  const waiting = new Set<() => void>();
  let count = 0;
  const changed = () => {
    count += 1;
    for (const wake of waiting) wake();
  };
  const watcher = file === undefined ? undefined : watchLog(file, changed);
  return {
    count: () => count,
    after: (seen, signal) =>
      new Promise((resolve) => {
        if (count > seen || signal.aborted) return resolve();
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, longest);
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      }),
    close: () => watcher?.close(),
  };
}

function watchLog(file: string, changed: () => void): FSWatcher {
  const log = `${basename(file)}-wal`;
  // A system without file events is no fault: the longest wait ends.
  return watch(dirname(file), (_, name) => name === log && changed()).on('error', () => undefined);
}
