import { checkEqual } from '../equal-answers.ts';
import { answerOf, compare } from '../load.ts';
import { ServerProcess } from '../server-process.ts';
import { table } from '../table.ts';
import { HEAVY, SMALL } from './operations.ts';
import { ROUNDS, SECONDS } from './rounds.ts';

/** Servers over HTTP, from the request's bytes to the answer's: parsing, validation and limits are in it. */
export async function compareServers(supergraphFile: string): Promise<string> {
  const environment = { SUPERGRAPH: supergraphFile };
  const ours = await ServerProcess.start('ours', '../engine/servers/ours.ts', environment);
  const apollo = await ServerProcess.start('Apollo Server and Gateway', '../engine/servers/apollo.ts', environment);
  const started = [ours, apollo];
  try {
    const answers: [string, string][] = [];
    for (const operation of [HEAVY, SMALL]) {
      const seen = new Map<string, string>();
      for (const server of [ours, apollo]) seen.set(server.name, await answerOf(server, operation));
      checkEqual(operation.name, seen);
      const { query, variables } = operation;
      answers.push([JSON.stringify({ query, variables }), seen.get(ours.name) ?? '']);
    }
    started.push(await ServerProcess.start('bare node:http', 'bare.ts', { ANSWERS: JSON.stringify(answers) }));
    const rows: string[][] = [];
    for (const operation of [HEAVY, SMALL]) {
      const seen = await compare(started, operation, { rounds: ROUNDS, seconds: SECONDS });
      const mine = seen.get(ours)?.cpuPerRequest ?? Number.NaN;
      for (const [{ name }, { cpuPerRequest, p50, p99 }] of seen) {
        const ratio = (mine / cpuPerRequest).toFixed(2);
        rows.push([operation.name, name, cpuPerRequest.toFixed(3), String(p50), String(p99), ratio]);
      }
    }
    return table(['operation', 'server', 'CPU ms', 'p50 ms', 'p99 ms', 'ours: CPU'], rows);
  } finally {
    await Promise.all(started.map((server) => server.stop()));
  }
}
