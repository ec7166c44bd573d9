import { checkEqual } from '../equal-answers.ts';
import type { Round } from '../load.ts';
import { table } from '../table.ts';
import type { Reach } from './engine.ts';
import { type Answered, EngineProcess } from './engine-process.ts';
import { HEAVY, SMALL } from './operations.ts';
import { ROUNDS, SECONDS } from './rounds.ts';

export const ENGINES = [
  ['ours', 'ours'],
  ['@apollo/gateway', 'apollo'],
  ['Hive router-runtime', 'hive'],
] as const;
const FLOOR = ['JSON.stringify', 'floor'] as const;

/** Engines called as functions, each in a process of its own, in turns: no HTTP server stands before them. */
export async function compareEngines(reach: Reach, supergraphFile: string): Promise<string> {
  const names = reach === 'in process' ? [...ENGINES, FLOOR] : ENGINES;
  const engines: EngineProcess[] = [];
  try {
    for (const [name, file] of names) engines.push(await EngineProcess.start(name, file, reach, supergraphFile));
    const rows: string[][] = [];
    for (const { name: operation } of [HEAVY, SMALL]) {
      const seen = await takeTurns(engines, operation);
      const ours = seen.get('ours');
      for (const [engine, answered] of seen) if (ours) rows.push(row(operation, engine, ours, answered));
    }
    return table(['operation', 'engine', 'fetches', 'CPU ms', 'p50 ms', 'p99 ms', 'ours: CPU'], rows);
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
  }
}

/** The middle round of each by CPU. The first, in which answers are compared, warms up. */
async function takeTurns(engines: readonly EngineProcess[], operation: string): Promise<Map<string, Answered>> {
  const all = new Map<string, Answered[]>();
  const answers = new Map<string, string>();
  for (const engine of engines) answers.set(engine.name, (await engine.work(operation, SECONDS)).answer);
  checkEqual(operation, answers);
  for (let round = 0; round < ROUNDS; round++) {
    for (const engine of engines) {
      all.set(engine.name, [...(all.get(engine.name) ?? []), await engine.work(operation, SECONDS)]);
    }
  }
  return new Map([...all].map(([name, rounds]) => [name, middle(rounds)]));
}

function middle(rounds: readonly Answered[]): Answered {
  const sorted = rounds.toSorted((a, b) => a.round.cpuPerRequest - b.round.cpuPerRequest);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (!found) throw new Error('No round was run.');
  return found;
}

function row(operation: string, engine: string, { round: ours }: Answered, { round, fetches }: Answered): string[] {
  const milliseconds = (key: keyof Round, digits: number): string => round[key].toFixed(digits);
  return [
    operation,
    engine,
    String(fetches),
    milliseconds('cpuPerRequest', 3),
    milliseconds('p50', 2),
    milliseconds('p99', 2),
    (ours.cpuPerRequest / round.cpuPerRequest).toFixed(2),
  ];
}
