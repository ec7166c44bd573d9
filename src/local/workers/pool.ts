import { join } from 'node:path';
import { startWorkers, tellWorker, type WorkerMessage, type Workers } from '@bridgehead/gateway';
import type { Config } from '../../config.ts';
import type { WriteCounts } from '../../storage/dynamodb/connection.ts';
import type { RoutedTo } from '../http/routes.ts';
import type { Invoke } from '../lambda-function.ts';
import type { Route, ServiceFunction } from '../service.ts';
import { Questions } from './questions.ts';

/** Longest wait until every process knows of a write. */
const ANNOUNCED_MS = 1_000;

/** Functions that the first process runs: they count failed sign-ins in memory, so one process has to see all of them. */
export const OF_FIRST_PROCESS: ReadonlySet<string> = new Set(['caseHolder']);

/** The first message to a worker. */
export interface WorkersStart extends WorkerMessage {
  readonly kind: 'start';
  readonly settings: Config;
  /** Functions that workers run: `serverless.yml` is read by the first process alone. */
  readonly functions: readonly ServiceFunction[];
  /** Routes that the first process answers itself. */
  readonly routes: readonly Route[];
}

/** A question between processes: to answer an event of a route, or to know of a write to tables. */
export type Question =
  | { readonly route: Route; readonly event: unknown; readonly requestId: string | undefined }
  | { readonly wrote: readonly string[] };

export interface PoolOptions {
  readonly settings: Config;
  readonly functions: readonly ServiceFunction[];
  /** Routes that this process answers for all workers. */
  readonly own: readonly RoutedTo<Invoke>[];
  /** The writes of this process, which workers are told of. */
  readonly writes: WriteCounts;
}

/**
 * Starts workers, and returns the function that has them serve the routes of `serverless.yml`: they load while the data are
 * opened. What one process writes, all know before the writer reads on: none of them shows what it has kept of the table
 * from before.
 */
export function startPool(count: number): (options: PoolOptions) => Promise<Workers> {
  const { promise: options, resolve: begin } = Promise.withResolvers<PoolOptions>();
  const talks = new Map<number, Questions>();

  const announce = async (wrote: readonly string[], by?: Questions) => {
    const others = [...talks.values()].filter((talk) => talk !== by);
    await Promise.allSettled(others.map((talk) => talk.ask({ wrote } satisfies Question, ANNOUNCED_MS)));
  };

  const workers = startWorkers({
    file: join(import.meta.dirname, 'worker.ts'),
    count,
    first: options.then(startOf),
    onWorker(worker) {
      const talk = new Questions(
        (message) => tellWorker(worker, message),
        async (asked) => {
          const question = asked as Question;
          const { own, writes } = await options;
          if ('route' in question) return targetOf(own, question.route)(question.event, question.requestId);
          writes.add(question.wrote);
          return announce(question.wrote, talk);
        },
      );
      talks.set(worker.id, talk);
      worker.once('exit', () => talks.delete(worker.id));
      worker.on('message', (message: WorkerMessage) => void talk.receive(message));
    },
  });
  // Awaited when the data are open: a start that fails before has its own reason.
  workers.catch(() => undefined);

  return (given) => {
    given.writes.announce = (wrote) => announce(wrote);
    begin(given);
    return workers;
  };
}

const startOf = ({ settings, functions, own }: PoolOptions): WorkersStart => ({
  kind: 'start',
  settings,
  functions: functions.filter(({ name }) => !OF_FIRST_PROCESS.has(name)),
  routes: own.map(({ method, path }) => ({ method, path })),
});

function targetOf(own: PoolOptions['own'], { method, path }: Route): Invoke {
  const route = own.find((each) => each.method === method && each.path === path);
  if (!route) throw new Error(`No route ${method} ${path} of this process.`);
  return route.target;
}
