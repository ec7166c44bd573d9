import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** What a server says when it listens. */
export interface Listening {
  readonly url: string;
}

/** A server under measurement, in a process of its own, so that its CPU time is its own. */
export class ServerProcess {
  readonly name: string;
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(name: string, url: string, child: ChildProcess) {
    this.name = name;
    this.url = url;
    this.#child = child;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Starts a file, by its path or by its name in `bench/servers`, and waits until it listens. */
  static async start(name: string, file: string, environment: Record<string, string> = {}): Promise<ServerProcess> {
    const child = fork(resolve(import.meta.dirname, 'servers', file), {
      env: { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', ...environment },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [message] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`${name} ended with ${code} before it listened.`);
      }),
    ])) as [Listening];
    return new ServerProcess(name, message.url, child);
  }

  /** Microseconds of CPU, user and system, that the process has used so far. */
  async cpu(): Promise<number> {
    this.#child.send('cpu');
    const [used] = (await once(this.#child, 'message')) as [number];
    return used;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }
}

/** The server's side: says where it listens, answers with its CPU time, ends with its parent. */
export function reportToParent(url: string): void {
  process.on('message', (question) => {
    if (question === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.(user + system);
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url } satisfies Listening);
}
