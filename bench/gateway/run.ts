import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { writeSection } from '../document.ts';
import { composeShop } from '../engine/compose.ts';
import { HEAVY, SMALL } from '../engine/operations.ts';
import { ROUNDS, SECONDS } from '../engine/rounds.ts';
import { SUBGRAPHS } from '../engine/subgraphs.ts';
import { checkEqual } from '../equal-answers.ts';
import { type Operation, takeTurns } from '../load.ts';
import { useOf } from '../process-tree.ts';
import { ServerProcess } from '../server-process.ts';
import { table } from '../table.ts';
import { apollo, type Contender, hive, ours, peer } from './contender.ts';

/** One turn of one gateway. */
interface Turn {
  readonly perSecond: number;
  /** Milliseconds; not known of a peer that runs elsewhere. */
  readonly cpu: number | undefined;
  readonly p50: number;
  readonly p99: number;
  /** The part of requests that were not answered with 200. */
  readonly refused: number;
  /** Bytes of the largest process. */
  readonly memory: number | undefined;
}

const LOADS: readonly (readonly [operation: Operation, connections: number])[] = [
  [HEAVY, 1],
  [SMALL, 1],
  [HEAVY, 10],
  [SMALL, 50],
];

/** Writes into the document what gateways cost alone, over subgraphs that answer by HTTP in another process; answers are compared first. */
export async function benchGateways(args: readonly string[]): Promise<void> {
  const options = {
    peer: { type: 'string', multiple: true, default: [] as string[] },
    hive: { type: 'boolean', default: false },
  } as const;
  const { peer: peers, hive: isHiveAsked } = parseArgs({ args: [...args], options }).values;
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-bench-'));
  const subgraphs = await ServerProcess.start('the subgraphs', '../engine/subgraph-server.ts');
  const contenders: Contender[] = [];
  try {
    const file = join(folder, 'supergraph.graphql');
    writeFileSync(file, composeShop(Object.fromEntries(SUBGRAPHS.map((name) => [name, `${subgraphs.url}/${name}`]))));
    contenders.push(await apollo(file), await ours(file, 1), await ours(file, availableParallelism()));
    if (isHiveAsked) contenders.push(await hive(file));
    contenders.push(...peers.map(peer));
    for (const operation of [HEAVY, SMALL]) await compareAnswers(operation, contenders);
    const rows: string[][] = [];
    for (const [operation, connections] of LOADS) {
      const seen = await takeTurns(contenders, {
        rounds: ROUNDS,
        take: (contender) => take(contender, operation, connections),
        by: ({ perSecond }) => perSecond,
      });
      const [first] = seen.values();
      for (const [{ name }, turn] of seen)
        rows.push([`${operation.name}, ${connections}`, name, ...cells(turn, first)]);
    }
    const heads = ['operation, connections', 'gateway', 'requests/s', 'CPU ms', 'p50 ms', 'p99 ms', 'refused', 'MB'];
    writeSection('gateway', table([...heads, 'requests/s : Apollo', 'CPU : Apollo'], rows));
  } finally {
    await Promise.all(contenders.map((each) => each.stop()));
    await subgraphs.stop();
    rmSync(folder, { recursive: true });
  }
}

async function compareAnswers(operation: Operation, contenders: readonly Contender[]): Promise<void> {
  const answers = new Map<string, string>();
  for (const { name, url } of contenders) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: bodyOf(operation),
    });
    answers.set(name, await response.text());
  }
  checkEqual(operation.name, answers);
}

const bodyOf = ({ query, variables }: Operation) => JSON.stringify({ query, variables });

async function take({ url, pid }: Contender, operation: Operation, connections: number): Promise<Turn> {
  const before = pid === undefined ? undefined : useOf(pid);
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: bodyOf(operation),
    connections,
    duration: SECONDS,
  });
  const after = pid === undefined ? undefined : useOf(pid);
  const failed = result.non2xx + result.errors + result.timeouts;
  return {
    perSecond: (result.requests.total - result.non2xx) / result.duration,
    cpu: before && after && (after.cpu - before.cpu) / 1_000 / result.requests.total,
    p50: result.latency.p50,
    p99: result.latency.p99,
    refused: failed / result.requests.total,
    memory: after?.memory[0],
  };
}

function cells(turn: Turn, first: Turn | undefined): string[] {
  const ratio = (mine?: number, theirs?: number) => (mine && theirs ? (mine / theirs).toFixed(2) : '');
  return [
    turn.perSecond.toFixed(0),
    turn.cpu?.toFixed(2) ?? '',
    String(turn.p50),
    String(turn.p99),
    `${(turn.refused * 100).toFixed(0)} %`,
    turn.memory ? (turn.memory / 2 ** 20).toFixed(0) : '',
    ratio(turn.perSecond, first?.perSecond),
    ratio(turn.cpu, first?.cpu),
  ];
}
