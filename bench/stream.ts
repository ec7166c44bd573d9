import { setTimeout as wait } from 'node:timers/promises';
import { identityOf } from '../src/local/demo-data/enterprises/enterprises.ts';
import { demoParks } from '../src/local/demo-data/parks/parks.ts';
import { type Random, randomOf } from '../src/local/demo-data/random.ts';
import { SCALES } from '../src/local/demo-data/scale.ts';
import { headersOf } from './callers.ts';
import { startContest } from './contest.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { writeSection } from './document.ts';
import type { Operation } from './load.ts';
import { trustedOperation } from './operations.ts';
import { publicQuestions, zipf } from './public-questions.ts';
import type { ServerProcess } from './server-process.ts';
import { table } from './table.ts';

const PER_SECOND = Number(process.env.PER_SECOND ?? 100);
/**
 * Requests under way at once, as many as a busy process of ours admits. A system that can't keep pace on a busy machine gets
 * its questions later, and as many.
 */
const MAX_OPEN = 4;
/** Questions one after the other before anything is counted. */
const WARM_UP = 600;
/** Minutes of one turn, without a pause: kept answers end by time. */
const MINUTES = Number(process.env.MINUTES ?? 3);
/** Turns of each system. */
const TURNS = Number(process.env.TURNS ?? 1);

/** One turn of one system. */
interface Turn {
  readonly asked: number;
  /** Microseconds. */
  readonly cpu: number;
  readonly calls: number;
  /** Answers that the system had kept. */
  readonly kept: number;
}

/**
 * Sends a stream of anonymous callers' questions to the baseline and to our system: 2,000 questions by Zipf's law, 100 a
 * second for three minutes, and a write every second. Writes CPU, DynamoDB calls and the ratio into `docs/benchmarks.md`.
 */
export async function benchStream(): Promise<void> {
  const proxies: CountingProxy[] = [];
  const contest = await startContest(async (endpoint) => {
    const proxy = await startCountingProxy(endpoint);
    proxies.push(proxy);
    return proxy.endpoint;
  });
  try {
    const random = randomOf('a mixed stream');
    const questions = publicQuestions(random);
    const systems = [contest.apollo, contest.ours].map((server, place) => ({
      server,
      proxy: proxies[place],
      turns: [] as Turn[],
    }));
    let writes = 0;
    for (const { server } of systems)
      for (let n = 0; n < WARM_UP; n++)
        await ask(server, questions[zipf(random, questions.length)] ?? reportOf(writes++));
    for (let turn = 0; turn < TURNS; turn++) {
      for (const { server, proxy, turns } of systems) {
        proxy?.take();
        const before = await server.cpu();
        const answered = await streamTo(server, questions, random, () => reportOf(writes++));
        const cpu = (await server.cpu()) - before;
        turns.push({ ...answered, cpu, calls: proxy?.take().operations.length ?? 0 });
      }
    }
    const rows = systems.map(({ server, turns }) => rowOf(server.name, turns, systems[0]?.turns ?? []));
    writeSection(
      'stream',
      table(
        ['system', 'requests', 'kept answers', 'CPU ms a request', 'DynamoDB calls a request', 'CPU : Apollo'],
        rows,
      ),
    );
  } finally {
    await contest.stop();
    for (const proxy of proxies) proxy.close();
  }
}

/** Sends the questions of one turn, each at its time. Throws where one is not answered. */
async function streamTo(
  server: ServerProcess,
  questions: readonly Operation[],
  random: Random,
  nextWrite: () => Operation,
): Promise<Pick<Turn, 'asked' | 'kept'>> {
  const answered: Promise<boolean>[] = [];
  const open = new Set<Promise<boolean>>();
  const send = (operation: Operation) => {
    const sent = ask(server, operation).finally(() => open.delete(sent));
    open.add(sent);
    answered.push(sent);
  };
  const began = performance.now();
  for (let n = 0; n < 60 * MINUTES * PER_SECOND; n++) {
    await wait(Math.max(0, began + (n * 1_000) / PER_SECOND - performance.now()));
    while (open.size >= MAX_OPEN) await Promise.race(open);
    const question = questions[zipf(random, questions.length)];
    if (question) send(question);
    if (n % PER_SECOND === 0) send(nextWrite());
  }
  const areKept = await Promise.all(answered);
  return { asked: areKept.length, kept: areKept.filter(Boolean).length };
}

/** Returns whether the answer was a kept one. */
async function ask({ url, name }: ServerProcess, { query, variables, by, name: asked }: Operation): Promise<boolean> {
  const headers = await headersOf(by);
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body }).catch((cause) => {
    throw new Error(`${name} doesn't answer ${asked}.`, { cause });
  });
  const text = await response.text();
  if (response.status !== 200 || text.includes('"errors":['))
    throw new Error(`${name} answers ${asked} with ${text.slice(0, 300)}`);
  return response.headers.get('cache-status')?.includes('hit') ?? false;
}

/** Returns a clerk's report of today, each of another enterprise. */
function reportOf(place: number): Operation {
  const [park] = demoParks(SCALES.S);
  if (!park) throw new Error('there is no park');
  const { id } = identityOf(park, place % 200);
  const on = new Date(Date.now() - Math.floor(place / 200) * 86_400_000).toISOString().slice(0, 10);
  const report = { enterprise: id, on, mode: 'ON_SITE', staffTotal: 20, staffReturned: 20 };
  return {
    ...trustedOperation('clerk/ReportOperations', {
      input: { idempotencyKey: `bench-${place}-00000000`, reports: [report] },
    }),
    by: { as: 'clerk', enterprise: id },
  };
}

function rowOf(name: string, turns: readonly Turn[], theirs: readonly Turn[]): string[] {
  const cpu = perRequest(turns, 'cpu') / 1_000;
  return [
    name,
    turns.reduce((sum, { asked }) => sum + asked, 0).toLocaleString('en'),
    `${(100 * perRequest(turns, 'kept')).toFixed(0)} %`,
    cpu.toFixed(2),
    perRequest(turns, 'calls').toFixed(2),
    (cpu / (perRequest(theirs, 'cpu') / 1_000)).toFixed(2),
  ];
}

function perRequest(turns: readonly Turn[], figure: 'cpu' | 'calls' | 'kept'): number {
  const asked = turns.reduce((sum, { asked }) => sum + asked, 0);
  return turns.reduce((sum, turn) => sum + turn[figure], 0) / asked;
}
