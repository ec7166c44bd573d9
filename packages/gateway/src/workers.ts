import cluster, { type Worker } from 'node:cluster';
import { inspect } from 'node:util';
import { CodedError } from '@bridgehead/federation';
import { ENDING_SIGNALS } from './asked-to-end.ts';
import type { HttpHost } from './http-host.ts';

/** Workers that may fail in a minute and be replaced; one more ends the pool. */
const MAX_REPLACED = 5;
const REPLACED_WITHIN_MS = 60_000;

/** V8's own choice of 64 costs a worker some 100 MB more, and saves no CPU that is measurable. */
const SEMI_SPACE_MEGABYTES = 4;
/** glibc gives each thread an arena of its own, of which little is used: some 20 MB. Other libraries ignore it. */
const MEMORY = { MALLOC_ARENA_MAX: '1' };

/** A message between the first process and a worker. The kinds `serving`, `failed` and `end` are the pool's own. */
export interface WorkerMessage {
  readonly kind: string;
}

interface Serving extends WorkerMessage {
  readonly kind: 'serving';
  readonly url: string;
}

interface Failed extends WorkerMessage {
  readonly kind: 'failed';
  readonly reason: string;
}

export interface WorkersOptions {
  /** The module that each worker runs; it calls `serveAsWorker`. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly count: number;
  /** Sent to each worker first. Workers load their modules meanwhile. */
  readonly first?: Promise<WorkerMessage>;
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
 * Rejects with CONFIGURATION, and what the worker said, where one ends before it serves.
 */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { file, args = [], count, first, onWorker } = options;
  const execArgv = [...process.execArgv, `--max-semi-space-size=${SEMI_SPACE_MEGABYTES}`];
  cluster.setupPrimary({ exec: file, args: [...args], execArgv, serialization: 'advanced' });
  const workers = new Set<Worker>();
  const starting = new Set<Worker>();
  // Where this process ends meanwhile, e.g. for its settings, Node in a starting worker would print that its channel is gone.
  process.once('exit', () => {
    for (const worker of starting) worker.process.kill('SIGKILL');
  });
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let replaced: number[] = [];
  let isStopping = false;

  function start(): Promise<string> {
    const worker = cluster.fork(MEMORY);
    workers.add(worker);
    starting.add(worker);
    onWorker?.(worker);
    void first?.then((message) => tellWorker(worker, message));
    return new Promise((resolve, reject) => {
      let isServing = false;
      let reason: string | undefined;
      worker.on('message', (message: WorkerMessage | Serving | Failed) => {
        if (isFailed(message)) reason = message.reason;
        if (!isServingMessage(message)) return;
        isServing = true;
        starting.delete(worker);
        resolve(message.url);
      });
      worker.once('exit', (code, signal) => {
        workers.delete(worker);
        starting.delete(worker);
        if (!isServing) reject(failure(reason ?? `A worker ended (${signal || code}) before it served.`));
        else if (!isStopping) replace();
      });
    });
  }

  function replace(): void {
    const now = Date.now();
    replaced = [...replaced.filter((at) => now - at < REPLACED_WITHIN_MS), now];
    if (replaced.length > MAX_REPLACED) fail(failure('Workers fail again and again.'));
    else start().catch(fail);
  }

  const [url = ''] = await Promise.all(Array.from({ length: count }, start));
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

const failure = (message: string) => new CodedError('CONFIGURATION', message);
const isFailed = (message: WorkerMessage): message is Failed => message.kind === 'failed';
const isServingMessage = (message: WorkerMessage): message is Serving => message.kind === 'serving';

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
 * Serves as a worker until the pool's first process asks it to end, and ends this process. Signals are the first process's:
 * a Ctrl-C reaches all processes of a terminal. Called in the first turn of a worker's module, it misses no message.
 */
export async function serveAsWorker(serve: () => Promise<HttpHost>): Promise<never> {
  for (const signal of ENDING_SIGNALS) process.on(signal, () => undefined);
  // A message of node:cluster to a first process that has just ended fails here. The channel's end ends this process too.
  cluster.worker?.on('error', () => process.exit(1));
  const ended = new Promise<void>((resolve) => {
    process.on('message', ({ kind }: WorkerMessage) => kind === 'end' && resolve());
  });
  try {
    const host = await serve();
    tellFirst({ kind: 'serving', url: host.url } as Serving);
    await ended;
    await host.close();
    process.exit(0);
  } catch (error) {
    const reason = error instanceof CodedError ? error.message : inspect(error);
    const message: Failed = { kind: 'failed', reason };
    await new Promise((resolve) => process.send?.(message, undefined, undefined, resolve));
    process.exit(1);
  }
}
