import autocannon from 'autocannon';
import { type Bearer, headersOf } from './callers.ts';
import type { ServerProcess } from './server-process.ts';

/** One HTTP request that is repeated. */
export interface Operation extends Variant {
  readonly name: string;
  readonly query: string;
  /** Asked in turn instead of the operation's own variables. */
  readonly variants?: readonly Variant[];
}

/** Variables of an operation, and who asks. */
export interface Variant {
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
  const { query, variants = [operation] } = operation;
  const requests = await Promise.all(
    variants.map(async ({ variables, by }) => ({
      method: 'POST' as const,
      headers: await headersOf(by),
      body: JSON.stringify({ query, variables }),
    })),
  );
  const before = await server.cpu();
  const result = await autocannon({
    url: `${server.url}/graphql`,
    requests,
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

/** Returns the middle round by CPU of each server, after a warm-up. */
export function compare(
  servers: readonly ServerProcess[],
  operation: Operation,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Map<ServerProcess, Round>> {
  return takeTurns(servers, {
    rounds,
    take: (server) => load(server, operation, seconds),
    by: ({ cpuPerRequest }) => cpuPerRequest,
  });
}

/**
 * Returns the middle turn of each contender by a figure, after a warm-up. They take turns within a round, so that what
 * disturbs the machine disturbs all of them.
 */
export async function takeTurns<Contender, Turn>(
  contenders: readonly Contender[],
  { rounds, take, by }: { rounds: number; take: (of: Contender) => Promise<Turn>; by: (turn: Turn) => number },
): Promise<Map<Contender, Turn>> {
  const seen = new Map<Contender, Turn[]>(contenders.map((contender) => [contender, []]));
  for (const contender of contenders) await take(contender);
  for (let round = 0; round < rounds; round++) {
    for (const [contender, turns] of seen) turns.push(await take(contender));
  }
  return new Map([...seen].map(([contender, turns]) => [contender, middle(turns, by)]));
}

function middle<Turn>(turns: readonly Turn[], by: (turn: Turn) => number): Turn {
  const sorted = turns.toSorted((a, b) => by(a) - by(b));
  const found = sorted[Math.floor(sorted.length / 2)];
  if (!found) throw new Error('No round was run.');
  return found;
}
