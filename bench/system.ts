import { TRUSTED } from './callers.ts';
import { startDemoDatabase } from './demo-database.ts';
import { countCalls } from './dynamodb-calls.ts';
import { checkEqual } from './equal-answers.ts';
import { answerOf, compare, type Round } from './load.ts';
import { TYPICAL } from './operations.ts';
import { ServerProcess } from './server-process.ts';
import { table } from './table.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SECONDS = Number(process.env.SECONDS ?? 4);

/** Prints what typical operations of the whole system cost, and what they ask of DynamoDB. */
export async function benchSystem(): Promise<void> {
  const database = await startDemoDatabase('S');
  try {
    console.log('Demo data of scale S; the middle of five rounds in turn; CPU is the server process’s own.\n');
    console.log(await compareSystems(database.endpoint));
  } finally {
    await database.stop();
  }
  console.log('\nDynamoDB calls and answered bytes of one request, counted between the system and its database\n');
  console.log(await countCalls());
}

/** Three operations on our system, on `@apollo/gateway` over the same subgraphs, and on a server that only repeats the bytes. */
async function compareSystems(endpoint: string): Promise<string> {
  const environment = {
    DYNAMODB_ENDPOINT: endpoint,
    CURSOR_SECRET: 'a secret of the bench, long enough for a key',
    ...TRUSTED,
  };
  const ours = await ServerProcess.start('ours', 'ours.ts', environment);
  const apollo = await ServerProcess.start('@apollo/gateway', 'apollo.ts', environment);
  const started = [ours, apollo];
  try {
    const answers: [string, string][] = [];
    for (const operation of TYPICAL) {
      const mine = await answerOf(ours, operation);
      checkEqual(
        operation.name,
        new Map([
          ['ours', mine],
          ['@apollo/gateway', await answerOf(apollo, operation)],
        ]),
      );
      answers.push([JSON.stringify({ query: operation.query, variables: operation.variables }), mine]);
    }
    const bare = await ServerProcess.start('bare node:http', 'bare.ts', { ANSWERS: JSON.stringify(answers) });
    started.push(bare);
    const rows: string[][] = [];
    for (const operation of TYPICAL) {
      const seen = await compare([ours, apollo, bare], operation, { rounds: ROUNDS, seconds: SECONDS });
      const mine = seen.get(ours);
      for (const [server, round] of seen) if (mine) rows.push(row(operation.name, server.name, mine, round));
    }
    return table(
      ['operation', 'server', 'requests/s', 'CPU ms', 'p50 ms', 'p99 ms', 'ours: requests/s', 'ours: CPU'],
      rows,
    );
  } finally {
    await Promise.all(started.map((server) => server.stop()));
  }
}

function row(operation: string, server: string, ours: Round, round: Round): string[] {
  return [
    operation,
    server,
    round.requestsPerSecond.toFixed(0),
    round.cpuPerRequest.toFixed(2),
    String(round.p50),
    String(round.p99),
    (ours.requestsPerSecond / round.requestsPerSecond).toFixed(2),
    (ours.cpuPerRequest / round.cpuPerRequest).toFixed(2),
  ];
}
