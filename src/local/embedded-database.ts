import { join, resolve } from 'node:path';
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
  /** Settles when the program ends without having been asked to. */
  readonly died: Promise<void>;
  stop(): Promise<void>;
  /** Ends it without warning, as a crash would; the data stays and `restart` brings it back. */
  kill9(): Promise<void>;
  /** Stops and starts it; `whileStopped` may open the file in between. */
  restart(whileStopped?: () => void | Promise<void>): Promise<void>;
}

/** Where the data of a data folder lies. */
export const databaseFile = (dataDir: string) => join(resolve(dataDir), 'dynamodb.sqlite');

/**
 * Starts the embedded DynamoDB on a data folder, ends one that an earlier, killed process left running, and sees to the
 * index that keeps its streams quick. Takes the folder's lock unless the caller has it already.
 * @throws CodedError CONFIGURATION when the folder is in use or this platform has no program.
 */
export async function startDatabase(options: { dataDir: string; lock?: DataLock }): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir);
  const file = databaseFile(dataDir);
  const ownLock = options.lock === undefined ? lockData(dataDir) : undefined;
  const reports = Promise.withResolvers<void>();
  let running: DatabaseProcess | undefined;

  const start = async (port?: number) => {
    const started = await runDatabase(dataDir, file, port);
    running = started;
    void started.ended.then(() => {
      if (running === started) reports.resolve();
    });
    return started;
  };
  const end = async (how: 'stop' | 'kill9') => {
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
