import cluster, { type Worker } from 'node:cluster';
import type { HttpHost } from './http-host.ts';

/** Workers that may fail in a minute and be replaced; one more ends the pool. */
const MAX_REPLACED = 5;
const REPLACED_WITHIN_MS = 60_000;
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Workers fail. Why, they have said themselves. */
export class WorkerFailure extends Error {}

/** A message between the first process and a worker. The kinds `serving` and `end` are the pool's own. */
export interface WorkerMessage {
  readonly kind: string;
}

interface Serving extends WorkerMessage {
  readonly url: string;
}

export interface WorkersOptions {
  /** The module that each worker runs; it calls `serveAsWorker`. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly count: number;
  /** Sent to each worker first. */
  readonly first?: WorkerMessage;
  /** Called with each worker before it runs. */
  readonly onWorker?: (worker: Worker) => void;
}

export interface Workers {
  /** Where they serve. */
  readonly url: string;
  /** Rejects when workers fail more often than they are replaced. */
  readonly failed: Promise<never>;
  /** Has each worker answer its requests in progress and end. */
  stop(): Promise<void>;
}

/**
 * Starts processes that serve one port together: this process accepts connections and gives them to the workers in turn. A
 * worker that fails is replaced. They end with this process, also where it is killed.
 * Rejects with WorkerFailure where the first worker ends before it serves.
 */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { file, args = [], count, first, onWorker } = options;
  cluster.setupPrimary({ exec: file, args: [...args], serialization: 'advanced' });
  const workers = new Set<Worker>();
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let replaced: number[] = [];
  let isStopping = false;

  function start(): Promise<string> {
    const worker = cluster.fork();
    workers.add(worker);
    onWorker?.(worker);
    return new Promise((resolve, reject) => {
      let isServing = false;
      worker.once('online', () => first && tellWorker(worker, first));
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind !== 'serving') return;
        isServing = true;
        resolve((message as Serving).url);
      });
      worker.once('exit', (code, signal) => {
        workers.delete(worker);
        if (!isServing) reject(new WorkerFailure(`A worker ended (${signal || code}) before it served.`));
        else if (!isStopping) replace();
      });
    });
  }

  function replace(): void {
    const now = Date.now();
    replaced = [...replaced.filter((at) => now - at < REPLACED_WITHIN_MS), now];
    if (replaced.length > MAX_REPLACED) fail(new WorkerFailure('Workers fail again and again.'));
    else start().catch(fail);
  }

  // The first one alone finds what is wrong with settings, and says it once.
  const url = await start();
  await Promise.all(Array.from({ length: count - 1 }, start));
  return {
    url,
    failed,
    async stop() {
      isStopping = true;
      const ended = [...workers].map((worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve())));
      for (const worker of workers) tellWorker(worker, { kind: 'end' });
      await Promise.all(ended);
    },
  };
}

/** Serves by this process alone. */
export async function serveAlone(serve: () => Promise<HttpHost>): Promise<Workers> {
  const { url, close } = await serve();
  return { url, failed: new Promise(() => undefined), stop: close };
}

/** Returns whether this process is a worker of a pool. */
export const isWorker = (): boolean => cluster.isWorker;

/** Sends a message to a worker. One that has been killed gets none: its end is known by its exit. */
export function tellWorker(worker: Worker, message: WorkerMessage): void {
  if (worker.isConnected()) worker.send(message, () => undefined);
}

/** Sends a message to the first process of the pool. Where that one is gone, this process ends by itself. */
export function tellFirst(message: WorkerMessage): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

/**
 * Serves as a worker until the pool's first process asks it to end. Signals are that process's: a Ctrl-C reaches all
 * processes of a terminal. Called in the first turn of a worker's module, it misses no message.
 */
export async function serveAsWorker(serve: () => Promise<HttpHost>): Promise<void> {
  for (const signal of ENDING_SIGNALS) process.on(signal, () => undefined);
  const ended = new Promise<void>((resolve) => {
    process.on('message', ({ kind }: WorkerMessage) => kind === 'end' && resolve());
  });
  const host = await serve();
  const serving: Serving = { kind: 'serving', url: host.url };
  tellFirst(serving);
  await ended;
  await host.close();
}
