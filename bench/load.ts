import autocannon from 'autocannon';
import { type Bearer, headersOf } from './callers.ts';
import type { ServerProcess } from './server-process.ts';

/** One HTTP request that is repeated. */
export interface Operation {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Nobody in particular where it isn't said. */
  readonly by?: Bearer | undefined;
}

/** One round: what a server did in some seconds of load. Times are milliseconds. */
export interface Round {
  readonly requestsPerSecond: number;
  readonly cpuPerRequest: number;
  readonly p50: number;
  readonly p99: number;
}

/** As many as a busy process of ours admits at once: what it refuses is no work to measure. */
const CONNECTIONS = 4;

/** Loads one server with one operation for some seconds; throws where an answer is not 200, so that no error is counted as work. */
export async function load(server: ServerProcess, operation: Operation, seconds: number): Promise<Round> {
  const before = await server.cpu();
  const result = await autocannon({
    url: `${server.url}/graphql`,
    method: 'POST',
    headers: await headersOf(operation.by),
    body: JSON.stringify({ query: operation.query, variables: operation.variables }),
    connections: CONNECTIONS,
    duration: seconds,
  });
  if (result.non2xx + result.errors + result.timeouts > 0) {
    throw new Error(`${server.name}: ${result.non2xx} answers were not 2xx, ${result.errors} connections failed.`);
  }
  return {
    requestsPerSecond: result.requests.average,
    cpuPerRequest: ((await server.cpu()) - before) / 1000 / result.requests.total,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

/** The answer's text, checked to have data and no errors. */
export async function answerOf(server: ServerProcess, operation: Operation): Promise<string> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: await headersOf(operation.by),
    body: JSON.stringify({ query: operation.query, variables: operation.variables }),
  });
  const text = await response.text();
  const answer = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (!answer.data || answer.errors)
    throw new Error(`${server.name} answers ${operation.name} with ${text.slice(0, 500)}`);
  return text;
}

/**
 * The middle round by CPU for each server and the ratio to the first one, after a warm-up: servers take turns within a round, so that
 * what disturbs the machine disturbs all of them.
 */
export async function compare(
  servers: readonly ServerProcess[],
  operation: Operation,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Map<ServerProcess, Round>> {
  const seen = new Map<ServerProcess, Round[]>(servers.map((server) => [server, []]));
  for (const server of servers) await load(server, operation, seconds);
  for (let round = 0; round < rounds; round++) {
    for (const server of servers) seen.get(server)?.push(await load(server, operation, seconds));
  }
  return new Map([...seen].map(([server, all]) => [server, middle(all)]));
}

function middle(rounds: readonly Round[]): Round {
  const sorted = rounds.toSorted((a, b) => a.cpuPerRequest - b.cpuPerRequest);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (!found) throw new Error('No round was run.');
  return found;
}
