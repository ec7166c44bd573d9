import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { bundle, SCRIPT } from '../../src/cli/packaging/bundle.ts';
import { build as buildSystem } from '../../src/local/build.ts';
import { writeSection } from '../document.ts';
import { checkEqual } from '../equal-answers.ts';
import { table } from '../table.ts';

const RUNS = Number(process.env.RUNS ?? 21);
const ROOT = join(import.meta.dirname, '../..');
const REPORT_CPU = join(import.meta.dirname, 'report-cpu.cjs');

/** Ours as a function is packaged; Apollo Gateway as that, but with the packages that only it makes use of. */
const BUNDLED = {
  ours: async () => [...(await bundle(ROOT, 'bench/cold/ours.ts')).scripts.values()][0],
  'Apollo Server and Gateway': async () => {
    const entry = join(import.meta.dirname, 'apollo.ts');
    return (await build({ ...SCRIPT, entryPoints: [entry], outdir: '.' })).outputFiles[0]?.contents;
  },
};

/**
 * Writes into the document how long a new process takes to its first answer, without and with a compile cache of Node that an earlier process
 * has filled: bundles made alike, in turns, each run a process of its own.
 */
export async function benchColdStart(): Promise<void> {
  await buildSystem(ROOT, join(ROOT, 'dist/plans.json'));
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-bench-'));
  try {
    const bundles = new Map<string, { file: string; bytes: number }>();
    for (const [name, make] of Object.entries(BUNDLED)) {
      const script = await make();
      if (!script) throw new Error(`${name} was not bundled.`);
      const file = join(folder, `${bundles.size}.js`);
      writeFileSync(file, script);
      bundles.set(name, { file, bytes: script.byteLength });
    }
    const times = new Map<string, Start[]>();
    const answers = new Map<string, string>();
    const caches = { without: undefined, with: join(folder, 'cache') };
    for (let run = 0; run <= RUNS; run++) {
      for (const [cached, cache] of Object.entries(caches)) {
        for (const [name, { file }] of bundles) {
          const { answer, ...start } = await firstAnswer(file, cache);
          answers.set(name, answer);
          // The first has read the files from the disk, and filled the cache.
          const key = `${name} ${cached}`;
          if (run > 0) times.set(key, [...(times.get(key) ?? []), start]);
        }
        checkEqual('CaseStatus', answers);
      }
    }
    const rows = Object.keys(caches).flatMap((cached) =>
      [...bundles].map(([name, { bytes }]) => {
        const wall = (of: string) => (times.get(`${of} ${cached}`) ?? []).map(({ milliseconds }) => milliseconds);
        const cpu = (of: string) => (times.get(`${of} ${cached}`) ?? []).map((start) => start.cpu);
        return [
          name,
          cached,
          (bytes / 1_000).toFixed(0),
          middle(wall(name)).toFixed(0),
          Math.min(...wall(name)).toFixed(0),
          (middle(wall('ours')) / middle(wall(name))).toFixed(2),
          middle(cpu(name)).toFixed(0),
          (middle(cpu('ours')) / middle(cpu(name))).toFixed(2),
        ];
      }),
    );
    const heads = [
      'gateway',
      'compile cache',
      'bundle kB',
      'median ms',
      'least ms',
      'ours: median',
      'CPU ms',
      'ours: CPU',
    ];
    writeSection('cold', table(heads, rows));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One start of a process: the time to its answer, and the CPU time of all of it. */
interface Start {
  readonly milliseconds: number;
  readonly cpu: number;
}

async function firstAnswer(file: string, cache: string | undefined): Promise<Start & { readonly answer: string }> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=DEP0040', '--require', REPORT_CPU, file], {
    env: {
      NODE_ENV: 'production',
      APOLLO_TELEMETRY_DISABLED: '1',
      BENCH_ROOT: ROOT,
      ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }),
    },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const [, stdout, , report] = child.stdio as unknown as readonly [null, Readable, null, Readable];
  const cpu = text(report);
  const [first] = (await once(stdout, 'data')) as [Buffer];
  const milliseconds = performance.now() - begun;
  return { milliseconds, answer: first.toString() + (await text(stdout)), cpu: Number(await cpu) };
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
