import { type ChildProcess, fork } from 'node:child_process';
import { CodedError } from '../../errors.ts';
import { LeastRecentlyUsed } from '../lru.ts';
import type { FromPlanner, ToPlanner } from './messages.ts';
import type { QueryPlan } from './plan.ts';
import { notPlannable, type Planner } from './planner.ts';

export interface FenceOptions {
  readonly supergraphSdl: string;
  /** The module of the planner's process: `child.ts` beside this file, or what a bundler made of it. */
  readonly childModule?: string | URL;
  /** Milliseconds for one document; starting the process is not in it. */
  readonly planMilliseconds?: number;
  /** Milliseconds for starting the process and loading the supergraph. */
  readonly startMilliseconds?: number;
  /** Documents that may wait for the process. */
  readonly maxWaiting?: number;
  /** Milliseconds after which a document that took too long is tried again; each time it does, they are twice as many. */
  readonly pauseMilliseconds?: number;
  /** Documents to remember that ended the process, or took too long. */
  readonly maxRemembered?: number;
}

/** What is remembered of a document: until when it is refused (epoch milliseconds), and how long it was this time. */
interface Refused {
  readonly until: number;
  readonly pause: number;
}

interface Job {
  readonly query: string;
  readonly labels: readonly string[];
  readonly resolve: (plan: QueryPlan) => void;
  readonly reject: (error: CodedError) => void;
}

/**
 * A planner behind a fence: some documents make it abort the whole process or compute for seconds, so it runs in one
 * child process, which plans one document at a time and is killed when a document takes longer than its time. What ended
 * the process is remembered and refused from then on; what took too long, for a time, as the machine may have been busy. The process starts with the first document, and never keeps this one
 * alive.
 */
export function fencedPlanner(options: FenceOptions): Planner & { readonly processId: number | undefined } {
  const {
    supergraphSdl,
    childModule = new URL('./child.ts', import.meta.url),
    planMilliseconds = 250,
    startMilliseconds = 10_000,
    pauseMilliseconds = 1_000,
    maxWaiting = 64,
    maxRemembered = 1_000,
  } = options;
  const waiting: Job[] = [];
  const refused = new LeastRecentlyUsed<string, Refused>(maxRemembered);
  let child: ChildProcess | undefined;
  let isWorking = false;
  let isClosed = false;

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      if (isRefused(job)) job.reject(tooComplex());
      else await runJob(job).catch(job.reject);
    }
    isWorking = false;
  }

  async function runJob(job: Job): Promise<void> {
    const started = await start();
    const reply = await ask(started, { kind: 'plan', query: job.query, labels: job.labels }, planMilliseconds);
    if (reply !== 'LATE' && reply?.kind === 'planned') {
      job.resolve(reply.plan);
    } else if (reply !== 'LATE' && reply) {
      job.reject(notPlannable(reply.kind === 'failed' ? new Error(reply.message) : undefined));
    } else {
      end();
      if (isClosed) {
        job.reject(closed());
      } else {
        refuse(job, reply === 'LATE');
        job.reject(tooComplex());
      }
    }
  }

  const isRefused = (job: Pick<Job, 'query' | 'labels'>) => (refused.get(nameOf(job))?.until ?? 0) > Date.now();

  function refuse(job: Job, wasLate: boolean): void {
    const before = refused.get(nameOf(job))?.pause;
    const pause = wasLate ? (before === undefined ? pauseMilliseconds : 2 * before) : Number.POSITIVE_INFINITY;
    refused.set(nameOf(job), { until: Date.now() + pause, pause });
  }

  async function start(): Promise<ChildProcess> {
    if (child) return child;
    if (isClosed) throw closed();
    // No environment: the process needs no setting and no credentials.
    const started = fork(childModule, { execArgv: [], env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const forget = () => {
      if (child === started) child = undefined;
    };
    started.on('exit', forget).on('error', forget);
    started.unref();
    started.channel?.unref();
    child = started;
    const reply = await ask(started, { kind: 'load', supergraphSdl }, startMilliseconds);
    if (reply !== 'LATE' && reply?.kind === 'loaded') return started;
    end();
    const cause = reply !== 'LATE' && reply?.kind === 'failed' ? new Error(reply.message) : undefined;
    throw new CodedError('INTERNAL_SERVER_ERROR', 'The planner does not start.', { cause });
  }

  function end(): void {
    child?.kill('SIGKILL');
    child = undefined;
  }

  return {
    plan(query, labels = []) {
      return new Promise((resolve, reject) => {
        if (isClosed) reject(closed());
        else if (isRefused({ query, labels })) reject(tooComplex());
        else if (waiting.length >= maxWaiting) {
          reject(new CodedError('THROTTLED', 'Too many new documents are being planned.'));
        } else {
          waiting.push({ query, labels, resolve, reject });
          void work();
        }
      });
    },
    close() {
      isClosed = true;
      end();
      for (const job of waiting.splice(0)) job.reject(closed());
    },
    get processId() {
      return child?.pid;
    },
  };
}

/** The child's next message; undefined where it ends or can't be reached, LATE where it takes longer than `milliseconds`. */
function ask(child: ChildProcess, message: ToPlanner, milliseconds: number): Promise<FromPlanner | 'LATE' | undefined> {
  return new Promise((resolve) => {
    const settle = (reply: FromPlanner | 'LATE' | undefined) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onEnd).off('error', onEnd);
      resolve(reply);
    };
    const onMessage = (reply: unknown) => settle(reply as FromPlanner);
    const onEnd = () => settle(undefined);
    const timer = setTimeout(() => settle('LATE'), milliseconds);
    child.on('message', onMessage).on('exit', onEnd).on('error', onEnd);
    child.send(message, (error) => {
      if (error) onEnd();
    });
  });
}

function nameOf({ query, labels }: Pick<Job, 'query' | 'labels'>): string {
  return [...labels, query].join('\n');
}

function tooComplex(): CodedError {
  return new CodedError('OPERATION_TOO_COMPLEX', 'The operation takes too long to plan.');
}

function closed(): CodedError {
  return new CodedError('INTERNAL_SERVER_ERROR', 'The planner is closed.');
}
