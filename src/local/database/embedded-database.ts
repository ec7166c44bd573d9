import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../../log.ts';
import { type DataLock, lockData } from './data-lock.ts';
import { type DatabaseProcess, runDatabase } from './database-process.ts';
import { endOrphan } from './orphan.ts';
import { indexStreamRecords } from './stream-index.ts';

/** A DynamoDB on this machine that stores its data on disk. */
export interface EmbeddedDatabase {
  /** `http://127.0.0.1:<port>`; restarts don't change it. */
  readonly endpoint: string;
  /** Absolute path of its file. Open it only while the database is stopped. */
  readonly file: string;
  /** Settles when the program has ended more often than it may be restarted. */
  readonly died: Promise<void>;
  stop(): Promise<void>;
  /** Kills it as a crash would. The data stay, and `restart` brings it back. */
  kill9(): Promise<void>;
  /** Stops and starts it. `whileStopped` may open the file in between. */
  restart(whileStopped?: () => void | Promise<void>): Promise<void>;
}

/** Maximum restarts of a crashed program within `RESTART_WINDOW_MS`. */
const MAX_RESTARTS = 5;
const RESTART_WINDOW_MS = 600_000;
/** Pause before the first of these restarts. It doubles with each further one. */
const FIRST_RESTART_PAUSE_MS = 20;

/** Returns the database file of a data folder. */
export const databaseFile = (dataDir: string) => join(resolve(dataDir), 'dynamodb.sqlite');

/**
 * Starts the embedded DynamoDB on a data folder. It ends a database that an earlier, killed process left running, and
 * adds the index that keeps streams fast. It takes the folder's lock unless the caller holds it. A crashed program is
 * restarted on the same port, at most `MAX_RESTARTS` times in `RESTART_WINDOW_MS`; each restart is logged.
 * @throws CodedError CONFIGURATION if the folder is in use or this platform has no program
 */
export async function startDatabase(options: { dataDir: string; lock?: DataLock }): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir);
  const file = databaseFile(dataDir);
  const ownLock = options.lock === undefined ? lockData(dataDir) : undefined;
  const reports = Promise.withResolvers<void>();
  let running: DatabaseProcess | undefined;
  let isWanted = true;
  let reviving: Promise<void> | undefined;
  let restarts: readonly number[] = [];

  const start = async (port?: number) => {
    isWanted = true;
    const started = await runDatabase(dataDir, file, port);
    running = started;
    void started.ended.then(() => {
      if (running !== started) return;
      running = undefined;
      reviving = revive(started.port);
    });
    return started;
  };
  const revive = async (port: number) => {
    while (isWanted && !running) {
      restarts = restarts.filter((at) => at > Date.now() - RESTART_WINDOW_MS);
      if (restarts.length >= MAX_RESTARTS) {
        log.error('the embedded database has crashed too often', { restarts: MAX_RESTARTS });
        return reports.resolve();
      }
      const pause = FIRST_RESTART_PAUSE_MS * 2 ** restarts.length;
      restarts = [...restarts, Date.now()];
      log.error('the embedded database has crashed and is restarted', {
        restart: restarts.length,
        of: MAX_RESTARTS,
      });
      await sleep(pause);
      if (!isWanted) return;
      await start(port).catch((error) => log.error('the embedded database did not start', {}, error));
    }
  };
  const end = async (how: 'stop' | 'kill9') => {
    isWanted = false;
    await reviving;
    const ending = running;
    running = undefined;
    await ending?.[how]();
  };

  try {
    await endOrphan(dataDir, file);
    if (!indexStreamRecords(file)) {
      await (await runDatabase(dataDir, file)).stop();
      indexStreamRecords(file);
    }
    const { port } = await start();
    return {
      endpoint: `http://127.0.0.1:${port}`,
      file,
      died: reports.promise,
      stop: async () => {
        await end('stop');
        ownLock?.release();
      },
      kill9: () => end('kill9'),
      restart: async (whileStopped) => {
        await end('stop');
        await whileStopped?.();
        await start(port);
      },
    };
  } catch (error) {
    ownLock?.release();
    throw error;
  }
}
