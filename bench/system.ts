import type { Bearer } from './callers.ts';
import { compareAnswers, startContest } from './contest.ts';
import { writeSection } from './document.ts';
import { answerOf, compare, type Operation, type Round, type Variant } from './load.ts';
import { trustedOperation } from './operations.ts';
import type { ServerProcess } from './server-process.ts';
import { table } from './table.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SECONDS = Number(process.env.SECONDS ?? 4);

interface ShownCase {
  readonly receiptNumber: string;
  readonly version: number;
  readonly deadlines: object | null;
}

const DAYS = Array.from({ length: 30 }, (_, day) => ({ on: `2020-03-${String(day + 1).padStart(2, '0')}` }));
const SECTORS = ['PRECISION_MEDICINE', 'DIGITAL_ECONOMY', 'INTELLIGENT_MANUFACTURING'].map((sector) => ({ sector }));
const PERSONS = Array.from({ length: 20 }, (_, n) => `talent-${String(n + 1).padStart(6, '0')}`);

/**
 * Compares the whole system, all guards on, with Apollo Server and Gateway over the subgraphs of the commit in
 * `bench/baseline.txt`, which they ask by HTTP. Each has demo data of its own, laid around today. Answers are compared
 * first; variables differ from request to request. CPU is that of all processes but the databases. Writes the table into
 * `docs/benchmarks.md`.
 */
export async function benchSystem(): Promise<void> {
  const contest = await startContest();
  try {
    const { apollo, ours } = contest;
    const unkept = await contest.alike('ours, no kept answers', { KEPT_ANSWER_SECONDS: '0' });
    const rows: string[][] = [];
    for (const operation of await operations([apollo, ours])) {
      for (const variant of operation.variants ?? [])
        await compareAnswers({ ...operation, ...variant }, [apollo, ours]);
      const seen = await compare([apollo, ours, unkept], operation, { rounds: ROUNDS, seconds: SECONDS });
      const theirs = seen.get(apollo);
      for (const [server, round] of seen) if (theirs) rows.push(row(operation.name, server.name, round, theirs));
    }
    const heads = ['operation', 'system', 'requests/s', 'CPU ms', 'p50 ms', 'p99 ms', 'requests/s : Apollo'];
    writeSection('system', table([...heads, 'CPU : Apollo'], rows));
  } finally {
    await contest.stop();
  }
}

/** Returns shipped documents of each of the three groups of users with differing variables. */
async function operations(servers: readonly ServerProcess[]): Promise<Operation[]> {
  const varied = (path: string, variants: readonly object[]): Operation => {
    const operation = trustedOperation(path);
    const { variables, by } = operation;
    return { ...operation, variants: variants.map((differing) => ({ variables: { ...variables, ...differing }, by })) };
  };
  return [
    { ...trustedOperation('mobile/CaseStatus'), variants: await ownCases(servers) },
    varied('partner/ParkEnterprises', SECTORS),
    varied('analyst/Headline', DAYS),
    varied('analyst/Enterprises', SECTORS),
  ];
}

/** Returns the first case of each of some applicants, where both systems' demo data have it at the same stage. */
async function ownCases(servers: readonly ServerProcess[]): Promise<Variant[]> {
  const variants: Variant[] = [];
  for (const person of PERSONS) {
    const by = { as: 'applicant', person } as const;
    const shown = await Promise.all(servers.map((server) => firstCase(server, by)));
    const [first] = shown;
    if (first && new Set(shown.map((each) => JSON.stringify([each.version, each.deadlines]))).size === 1)
      variants.push({ variables: { receiptNumber: first.receiptNumber, locale: 'ZH' }, by });
  }
  return variants;
}

async function firstCase(server: ServerProcess, by: Bearer) {
  const answer = await answerOf(server, { ...trustedOperation('mobile/MyCases', { first: 1, locale: 'ZH' }), by });
  const { data } = JSON.parse(answer) as { data: { myCases: { nodes: ShownCase[] } } };
  const [first] = data.myCases.nodes;
  if (!first) throw new Error(`${server.name} has no case of ${by.person}.`);
  return first;
}

function row(operation: string, server: string, round: Round, theirs: Round): string[] {
  return [
    operation,
    server,
    round.requestsPerSecond.toFixed(0),
    round.cpuPerRequest.toFixed(2),
    String(round.p50),
    String(round.p99),
    (round.requestsPerSecond / theirs.requestsPerSecond).toFixed(2),
    (round.cpuPerRequest / theirs.cpuPerRequest).toFixed(2),
  ];
}
