import { readFileSync } from 'node:fs';
import type { Round } from '../load.ts';
import type { Engine, Reach, StartEngine } from './engine.ts';
import type { Answered, Asked } from './engine-process.ts';
import { HEAVY, SMALL } from './operations.ts';

const { ENGINE, REACH, SUPERGRAPH } = process.env;
const { start }: { start: StartEngine } = await import(`./engines/${ENGINE}.ts`);
let fetches = 0;
const engine = await start({
  supergraphSdl: readFileSync(SUPERGRAPH ?? '', 'utf8'),
  reach: REACH as Reach,
  onFetch: () => {
    fetches += 1;
  },
});

const operations = new Map([HEAVY, SMALL].map((operation) => [operation.name, operation]));

process.on('message', async ({ operation: name, seconds, atOnce }: Asked) => {
  const operation = operations.get(name)!;
  fetches = 0;
  const answer = JSON.stringify(await engine.execute(operation));
  const answered: Answered = { answer, fetches, round: await work(engine, operation, seconds, atOnce) };
  process.send?.(answered);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

/** Executes an operation over and over for some seconds, each answer made the text that would be sent. */
async function work(worker: Engine, operation: typeof HEAVY, seconds: number, atOnce: number): Promise<Round> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1_000;
  const before = process.cpuUsage();
  const one = async (): Promise<void> => {
    for (let begun = performance.now(); begun < end; begun = performance.now()) {
      JSON.stringify(await worker.execute(operation));
      times.push(performance.now() - begun);
      // A server's requests come in turns of the event loop.
      await new Promise(setImmediate);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const { user, system } = process.cpuUsage(before);
  times.sort((a, b) => a - b);
  const quantile = (part: number): number => times[Math.floor(times.length * part)] ?? 0;
  return {
    requestsPerSecond: times.length / seconds,
    cpuPerRequest: (user + system) / 1_000 / times.length,
    p50: quantile(0.5),
    p99: quantile(0.99),
  };
}
