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
const PEERS = ['apollo', 'hive'] as const satisfies readonly Engine[];
type Peer = (typeof PEERS)[number];

/** The calls of the operations that ours and a peer both answer rightly. */
interface Compared {
  operations: number;
  ours: number;
  peer: number;
  fewer: number;
  /** The operations for which ours makes more calls. */
  readonly more: string[];
}

/**
 * Prints the verdict of each gateway on the same random operations over the same random supergraphs, and the subgraph calls
 * that ours and each peer make for what both answer rightly. Each supergraph has a process of its own, as Hive's planner
 * may abort it.
 */
export async function benchPlanners(): Promise<void> {
  const tally = byName(ENGINES, () => ({ right: 0, wrong: 0, refused: 0, aborted: 0 }));
  const compared = byName(PEERS, (): Compared => ({ operations: 0, ours: 0, peer: 0, fewer: 0, more: [] }));
  let supergraphs = 0;
  for (let seed = SEED; supergraphs < SUPERGRAPHS; seed++) {
    const whole = await inChild(seed, ENGINES);
    const outcomes = whole ?? (await inChild(seed, ['ours', 'apollo']));
    if (!outcomes || outcomes.length === 0) continue;
    supergraphs += 1;
    if (!whole) tally.hive.aborted += outcomes.length;
    for (const outcome of outcomes) {
      for (const name of ENGINES) {
        const verdict = outcome.engines[name]?.verdict;
        if (verdict) tally[name][verdict] += 1;
      }
      for (const peer of PEERS) compare(compared[peer], outcome, peer, seed);
    }
  }
  console.log(`${supergraphs} random supergraphs from seed ${SEED}, ${OPERATIONS} operations each\n`);
  const verdicts = ENGINES.map((name) => [name, ...Object.values(tally[name]).map(String)]);
  console.log(table(['gateway', 'right', 'wrong', 'refused', 'process aborted'], verdicts));
  const calls = PEERS.map((name) => {
    const { operations, ours, peer, fewer, more } = compared[name];
    return [name, ...[operations, ours, peer, fewer, more.length].map(String)];
  });
  console.log(`\n${table(['beside', 'both right', 'calls of ours', "the peer's", 'ours fewer', 'ours more'], calls)}`);
  for (const name of PEERS) for (const one of compared[name].more) console.log(`\n${name}, ${one}`);
}

function byName<K extends string, T>(names: readonly K[], make: () => T): Record<K, T> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<K, T>;
}

function compare(compared: Compared, { query, engines }: Outcome, name: Peer, seed: number): void {
  const [ours, peer] = [engines.ours, engines[name]];
  if (ours?.verdict !== 'right' || peer?.verdict !== 'right') return;
  compared.operations += 1;
  compared.ours += ours.calls;
  compared.peer += peer.calls;
  if (ours.calls < peer.calls) compared.fewer += 1;
  if (ours.calls > peer.calls) compared.more.push(`seed ${seed}: ${ours.calls} calls where ${peer.calls} do\n${query}`);
}

/** Returns the outcomes of one supergraph; undefined where the process ends before it has printed them. */
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
