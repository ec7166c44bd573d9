import { baselineTree } from './baseline.ts';
import { TRUSTED } from './callers.ts';
import { checkAlike } from './equal-answers.ts';
import { answerOf, type Operation } from './load.ts';
import { ServerProcess } from './server-process.ts';

/** Our system and the one that it is compared with, each on demo data of its own. */
export interface Contest {
  readonly apollo: ServerProcess;
  readonly ours: ServerProcess;
  /** Starts our system once more, on the same data, with other settings. */
  alike(name: string, settings: Readonly<Record<string, string>>): Promise<ServerProcess>;
  stop(): Promise<void>;
}

/**
 * Starts our system, and Apollo Server and Gateway over the subgraphs of the commit in `bench/baseline.txt`, asked by HTTP.
 * Demo data are of scale S, laid around today.
 * @param through stands between a system and its database; takes the database's address and returns its own
 */
export async function startContest(through = async (endpoint: string) => endpoint): Promise<Contest> {
  const tree = baselineTree();
  const started: ServerProcess[] = [];
  const start = async (name: string, file: string, environment: Readonly<Record<string, string>> = {}) => {
    const server = await ServerProcess.start(name, file, environment);
    started.unshift(server);
    return server;
  };
  const settingsOn = async (database: ServerProcess) => ({
    DYNAMODB_ENDPOINT: await through(database.url),
    CURSOR_SECRET: 'a secret of the bench, long enough for a key',
    ...TRUSTED,
  });
  const old = await settingsOn(await start('the baseline’s database', `${tree}/bench/servers/demo-database.ts`));
  const own = await settingsOn(await start('the database', 'demo-database.ts'));
  return {
    apollo: await start('Apollo, baseline', `${tree}/bench/servers/apollo.ts`, {
      ...old,
      SCHEMA_DIR: `${tree}/schema`,
    }),
    ours: await start('ours', 'ours.ts', own),
    alike: (name, settings) => start(name, 'ours.ts', { ...own, ...settings }),
    async stop() {
      for (const server of started) await server.stop();
    },
  };
}

/** Throws unless all servers answer an operation with the same members: ids and times of demo data have changed. */
export async function compareAnswers(operation: Operation, servers: readonly ServerProcess[]): Promise<void> {
  const answers = new Map<string, string>();
  for (const server of servers) answers.set(server.name, await answerOf(server, operation));
  checkAlike(operation.name, answers);
}
