import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { table } from '../table.ts';
import type { Outcome } from './child.ts';

const SUPERGRAPHS = Number(process.env.SUPERGRAPHS ?? 60);
const OPERATIONS = Number(process.env.OPERATIONS ?? 40);
const SEED = Number(process.env.SEED ?? 1);

export const ENGINES = ['ours', 'apollo', 'hive'] as const;
type Engine = (typeof ENGINES)[number];

/**
 * Prints what gateways answer to the same random operations over the same random supergraphs, and how many calls of
 * subgraphs that takes. Each supergraph has a process of its own, as Hive's planner may abort it.
 */
export async function benchPlanners(): Promise<void> {
  const tally = Object.fromEntries(
    ENGINES.map((name) => [name, { right: 0, wrong: 0, refused: 0, aborted: 0, calls: 0, waves: 0 }]),
  ) as Record<Engine, Record<'right' | 'wrong' | 'refused' | 'aborted' | 'calls' | 'waves', number>>;
  const more: string[] = [];
  let [composed, compared] = [0, 0];
  for (let seed = SEED; composed < SUPERGRAPHS; seed++) {
    const whole = await inChild(seed, ENGINES);
    const outcomes = whole ?? (await inChild(seed, ['ours', 'apollo']));
    if (!outcomes || outcomes.length === 0) continue;
    composed += 1;
    if (!whole) tally.hive.aborted += outcomes.length;
    for (const { query, engines } of outcomes) {
      for (const name of ENGINES) {
        const verdict = engines[name]?.verdict;
        if (verdict) tally[name][verdict] += 1;
      }
      if (!ENGINES.every((name) => engines[name]?.verdict === 'right')) continue;
      compared += 1;
      for (const name of ENGINES) tally[name].calls += engines[name]!.calls;
      const least = Math.min(engines.apollo!.calls, engines.hive!.calls);
      if (engines.ours!.calls > least)
        more.push(`seed ${seed}: ${engines.ours!.calls} calls where ${least} do\n${query}`);
    }
  }
  const rows = ENGINES.map((name) => {
    const { right, wrong, refused, aborted, calls } = tally[name];
    return [name, ...[right, wrong, refused, aborted, calls].map(String)];
  });
  console.log(`${composed} random supergraphs from seed ${SEED}, ${OPERATIONS} operations each\n`);
  console.log(table(['gateway', 'right', 'wrong', 'refused', 'process aborted', 'calls where all are right'], rows));
  console.log(
    `\n${compared} operations that all answer rightly; ours takes more calls than the best of the others in ${more.length}:`,
  );
  for (const one of more) console.log(one);
}

/** Undefined where the process ends before it has answered. */
async function inChild(seed: number, engines: readonly Engine[]): Promise<Outcome[] | undefined> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'child.ts'),
      String(seed),
      String(OPERATIONS),
      ...engines,
    ],
    { env: { APOLLO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const last = printed.trim().split('\n').at(-1) ?? '';
  return last.startsWith('OUTCOMES ') ? JSON.parse(last.slice('OUTCOMES '.length)) : undefined;
}
