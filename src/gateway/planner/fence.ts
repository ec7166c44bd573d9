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
  /** Milliseconds after which a document that was late is planned again. They double each time, up to `MAX_PAUSE_MS`. */
  readonly pauseMilliseconds?: number;
  /** Documents to remember that aborted the process, or were late. */
  readonly maxRemembered?: number;
  /** The clock of pauses, in epoch milliseconds. */
  readonly now?: () => number;
}

/** The longest pause of a document that was late: whether the document or the machine was slow, nobody can tell. */
const MAX_PAUSE_MS = 60_000;

/** The signals by which others end a process. Every other end is the document's doing. */
const FROM_OUTSIDE: readonly (NodeJS.Signals | null)[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'];

/** What is remembered of a document: until when it is refused (epoch milliseconds), and how long it was this time. */
interface Refused {
  readonly until: number;
  readonly pause: number;
}

/** How a request to the process ended: `aborted` by the document, `killed` by others or never reached, or `late`. */
type Reply = FromPlanner | { readonly kind: 'aborted' | 'killed' | 'late' };

interface Job {
  readonly query: string;
  readonly labels: readonly string[];
  readonly resolve: (plan: QueryPlan) => void;
  readonly reject: (error: CodedError) => void;
}

/**
 * Plans in a child process, because some documents make the planner abort its process or compute for seconds. The process
 * plans one document at a time and is killed when a document takes longer than its time. A document that aborted the
 * process is refused from then on with OPERATION_NOT_PLANNABLE. One that was late gets PLANNER_BUSY and is refused for a
 * bounded time, because the machine may have been busy. The process starts with the first document and keeps no parent alive.
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
    now = Date.now,
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
      const refusal = refusalOf(job);
      if (refusal) job.reject(refusal);
      else await runJob(job).catch(job.reject);
    }
    isWorking = false;
  }

  async function runJob(job: Job): Promise<void> {
    const started = await start();
    const reply = await ask(started, { kind: 'plan', query: job.query, labels: job.labels }, planMilliseconds);
    if (reply.kind === 'planned') {
      refused.delete(nameOf(job));
      return job.resolve(reply.plan);
    }
    if (reply.kind === 'failed' || reply.kind === 'loaded') {
      return job.reject(notPlannable(reply.kind === 'failed' ? new Error(reply.message) : undefined));
    }
    end();
    if (isClosed) return job.reject(closed());
    if (reply.kind !== 'killed') remember(job, reply.kind);
    job.reject(refusalOf(job) ?? busy());
  }

  /** Why a document is refused without being planned; undefined where it is planned. */
  function refusalOf(job: Pick<Job, 'query' | 'labels'>): CodedError | undefined {
    const { until = 0 } = refused.get(nameOf(job)) ?? {};
    if (until === Number.POSITIVE_INFINITY) return notPlannable(new Error('it aborted the planner before'));
    const wait = until - now();
    return wait > 0 ? busy(wait) : undefined;
  }

  function remember(job: Job, how: 'aborted' | 'late'): void {
    const before = refused.get(nameOf(job))?.pause;
    const pause = before === undefined ? pauseMilliseconds : Math.min(2 * before, MAX_PAUSE_MS);
    const until = how === 'aborted' ? Number.POSITIVE_INFINITY : now() + pause;
    refused.set(nameOf(job), { until, pause });
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
    if (reply.kind === 'loaded') return started;
    end();
    if (!isClosed && (reply.kind === 'late' || reply.kind === 'killed')) throw busy();
    const cause = reply.kind === 'failed' ? new Error(reply.message) : undefined;
    throw new CodedError('INTERNAL_SERVER_ERROR', 'The planner does not start.', { cause });
  }

  function end(): void {
    child?.kill('SIGKILL');
    child = undefined;
  }

  return {
    plan(query, labels = []) {
      return new Promise((resolve, reject) => {
        const refusal = isClosed ? closed() : refusalOf({ query, labels });
        if (refusal) reject(refusal);
        else if (waiting.length >= maxWaiting) reject(busy());
        else {
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

/** Sends a message to the child and waits for the next one from it, for no longer than `milliseconds`. */
function ask(child: ChildProcess, message: ToPlanner, milliseconds: number): Promise<Reply> {
  return new Promise((resolve) => {
    const settle = (reply: Reply) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(reply);
    };
    const onMessage = (reply: unknown) => settle(reply as FromPlanner);
    const onExit = (_code: number | null, signal: NodeJS.Signals | null) =>
      settle({ kind: FROM_OUTSIDE.includes(signal) ? 'killed' : 'aborted' });
    const onError = () => settle({ kind: 'killed' });
    const timer = setTimeout(() => settle({ kind: 'late' }), milliseconds);
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.send(message, (error) => {
      // Where the process is only about to end, its exit is an event to come.
      if (error && (child.exitCode !== null || child.signalCode !== null)) onExit(child.exitCode, child.signalCode);
    });
  });
}

function nameOf({ query, labels }: Pick<Job, 'query' | 'labels'>): string {
  return [...labels, query].join('\n');
}

/** @param wait milliseconds after which the document may be sent again */
function busy(wait = 0): CodedError {
  return new CodedError('PLANNER_BUSY', 'The operation could not be planned in time. Send it again in a moment.', {
    details: { retryAfterSeconds: Math.max(1, Math.ceil(wait / 1_000)) },
  });
}

function closed(): CodedError {
  return new CodedError('INTERNAL_SERVER_ERROR', 'The planner is closed.');
}
