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
import type { ServerProcess } from './server-process.ts';
import { table } from './table.ts';

const QUESTIONS = 2_000;
const PER_SECOND = Number(process.env.PER_SECOND ?? 50);
/**
 * Requests under way at once, as many as a busy process of ours admits. A system that can't keep pace on a busy machine gets
 * its questions later, and as many.
 */
const MAX_OPEN = 4;
/** Questions one after the other before anything is counted. */
const WARM_UP = 600;
const MINUTES = Number(process.env.MINUTES ?? 1);

/** One minute of the stream at one system. */
interface Minute {
  readonly asked: number;
  /** Microseconds. */
  readonly cpu: number;
  readonly calls: number;
  /** Answers that the system had kept. */
  readonly kept: number;
}

/**
 * Sends a stream of anonymous callers' questions to our system and to the baseline, a minute at each in turn: 2,000 questions
 * by Zipf's law, 50 a second, and a write every second. Writes CPU, DynamoDB calls and the ratio into `docs/benchmarks.md`.
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
    const questions = random.shuffled(publicQuestions()).slice(0, QUESTIONS);
    if (questions.length < QUESTIONS) throw new Error(`There are ${questions.length} questions only.`);
    const systems = [contest.apollo, contest.ours].map((server, place) => ({
      server,
      proxy: proxies[place],
      minutes: [] as Minute[],
    }));
    let writes = 0;
    for (const { server } of systems)
      for (let n = 0; n < WARM_UP; n++)
        await ask(server, questions[zipf(random, questions.length)] ?? reportOf(writes++));
    for (let minute = 0; minute < MINUTES; minute++) {
      for (const { server, proxy, minutes } of systems) {
        proxy?.take();
        const before = await server.cpu();
        const answered = await streamTo(server, questions, random, () => reportOf(writes++));
        const cpu = (await server.cpu()) - before;
        minutes.push({ ...answered, cpu, calls: proxy?.take().operations.length ?? 0 });
      }
    }
    const rows = systems.map(({ server, minutes }) => rowOf(server.name, minutes, systems[0]?.minutes ?? []));
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

/** Sends a minute of questions, each at its time. Throws where one is not answered. */
async function streamTo(
  server: ServerProcess,
  questions: readonly Operation[],
  random: Random,
  nextWrite: () => Operation,
): Promise<Pick<Minute, 'asked' | 'kept'>> {
  const answered: Promise<boolean>[] = [];
  const open = new Set<Promise<boolean>>();
  const send = (operation: Operation) => {
    const sent = ask(server, operation).finally(() => open.delete(sent));
    open.add(sent);
    answered.push(sent);
  };
  const began = performance.now();
  for (let n = 0; n < 60 * PER_SECOND; n++) {
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

/** Returns a rank below `count`, the first the likeliest: Zipf's law with exponent 1, by its continuous inverse. */
const zipf = (random: Random, count: number): number => Math.floor((count + 1) ** random.next()) - 1;

/** Returns the shipped public documents that the baseline has too, with all values of their variables. */
function publicQuestions(): Operation[] {
  const locales = ['ZH', 'JA', 'EN'].map((locale) => ({ locale }));
  const days = Array.from({ length: 36 }, (_, day) => new Date(Date.UTC(2020, 1, 10 + day)).toISOString().slice(0, 10));
  const sectors = ['PRECISION_MEDICINE', 'DIGITAL_ECONOMY', 'INTELLIGENT_MANUFACTURING'].map((sector) => ({ sector }));
  const sizes = Array.from({ length: 80 }, (_, n) => ({ first: n + 1 }));
  const from = days.slice(0, 10).map((day) => ({ from: day }));
  return [
    ...varied(
      'analyst/Headline',
      locales,
      days.map((on) => ({ on })),
    ),
    ...varied(
      'analyst/ResumptionSeries',
      from,
      days.slice(10).map((to) => ({ to })),
    ),
    ...varied('partner/ParkEnterprises', locales, sectors, sizes),
    ...varied('analyst/Enterprises', locales, sectors, sizes),
    ...varied('analyst/Policies', locales, sizes),
    ...varied(
      'analyst/ResumptionAsOf',
      days.map((on) => ({ on })),
    ),
  ];
}

function varied(path: string, ...choices: readonly (readonly object[])[]): Operation[] {
  const operation = { ...trustedOperation(path), by: undefined };
  const differing = choices.reduce<object[]>(
    (sets, choice) => sets.flatMap((set) => choice.map((one) => ({ ...set, ...one }))),
    [{}],
  );
  return differing.map((variables) => ({ ...operation, variables: { ...operation.variables, ...variables } }));
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

function rowOf(name: string, minutes: readonly Minute[], theirs: readonly Minute[]): string[] {
  const cpu = perRequest(minutes, 'cpu') / 1_000;
  return [
    name,
    minutes.reduce((sum, { asked }) => sum + asked, 0).toLocaleString('en'),
    `${(100 * perRequest(minutes, 'kept')).toFixed(0)} %`,
    cpu.toFixed(2),
    perRequest(minutes, 'calls').toFixed(2),
    (cpu / (perRequest(theirs, 'cpu') / 1_000)).toFixed(2),
  ];
}

function perRequest(minutes: readonly Minute[], figure: 'cpu' | 'calls' | 'kept'): number {
  const asked = minutes.reduce((sum, { asked }) => sum + asked, 0);
  return minutes.reduce((sum, minute) => sum + minute[figure], 0) / asked;
}
