import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../../log.ts';
import { type DataLock, lockData } from './data-lock.ts';
import { type DatabaseProcess, runDatabase } from './database-process.ts';
import { endOrphan } from './orphan.ts';
import { indexStreamRecords } from './stream-index.ts';

/** A DynamoDB on this machine, with its data on disk. */
export interface EmbeddedDatabase {
  /** `http://127.0.0.1:<port>`; stays the same over restarts. */
  readonly endpoint: string;
  /** Absolute path of its file: to be opened by others only while it is stopped. */
  readonly file: string;
  /** Settles when the program has ended more often than it is started again. */
  readonly died: Promise<void>;
  stop(): Promise<void>;
  /** Ends it without warning, as a crash would; the data stays and `restart` brings it back. */
  kill9(): Promise<void>;
  /** Stops and starts it; `whileStopped` may open the file in between. */
  restart(whileStopped?: () => void | Promise<void>): Promise<void>;
}

/** How often a program that ends by itself is started again within `RESTART_WINDOW_MS`. */
const MAX_RESTARTS = 5;
const RESTART_WINDOW_MS = 600_000;
/** The pause before the first of these restarts; each further one waits twice as long. */
const FIRST_RESTART_PAUSE_MS = 20;

/** Where the data of a data folder lies. */
export const databaseFile = (dataDir: string) => join(resolve(dataDir), 'dynamodb.sqlite');

/**
 * Starts the embedded DynamoDB on a data folder, ends one that an earlier, killed process left running, and sees to the
 * index that keeps its streams quick. Takes the folder's lock unless the caller has it already. A program that ends by
 * itself is started again on the same port, at most `MAX_RESTARTS` times in `RESTART_WINDOW_MS`; the log tells each time.
 * @throws CodedError CONFIGURATION when the folder is in use or this platform has no program.
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
        log.error('the embedded database has ended too often', { restarts: MAX_RESTARTS });
        return reports.resolve();
      }
      const pause = FIRST_RESTART_PAUSE_MS * 2 ** restarts.length;
      restarts = [...restarts, Date.now()];
      log.error('the embedded database has ended and is started again', {
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
