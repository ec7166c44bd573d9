import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Round } from '../load.ts';
import type { Reach } from './engine.ts';

export interface Asked {
  readonly operation: string;
  readonly seconds: number;
  /** Executions under way at any time. */
  readonly atOnce: number;
}

export interface Answered {
  /** The answer's text. */
  readonly answer: string;
  /** Requests to subgraphs for one answer. */
  readonly fetches: number;
  readonly round: Round;
}

/** As many as a server has connections. */
const AT_ONCE = 8;

/** An engine under measurement, in a process of its own that does nothing else. */
export class EngineProcess {
  readonly name: string;
  readonly #child: ChildProcess;

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
  }

  /** @param engine a file of `engines/` without its extension */
  static async start(
    name: string,
    engine: string,
    reach: Reach,
    supergraphFile: string,
    environment: Record<string, string> = {},
  ): Promise<EngineProcess> {
    const child = fork(fileURLToPath(new URL('./engine-child.ts', import.meta.url)), {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        APOLLO_TELEMETRY_DISABLED: '1',
        ENGINE: engine,
        REACH: reach,
        SUPERGRAPH: supergraphFile,
        ...environment,
      },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await messageOf(name, child);
    return new EngineProcess(name, child);
  }

  async work(operation: string, seconds: number, atOnce = AT_ONCE): Promise<Answered> {
    this.#child.send({ operation, seconds, atOnce } satisfies Asked);
    return (await messageOf(this.name, this.#child)) as Answered;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }
}

async function messageOf(name: string, child: ChildProcess): Promise<unknown> {
  const either = new AbortController();
  const { signal } = either;
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`${name} ended with ${code}.`);
      }),
    ]);
    return message;
  } finally {
    either.abort();
  }
}
