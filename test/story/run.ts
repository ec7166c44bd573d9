import { deepEqual } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { childEnvironment } from '../child-environment.ts';
import { freePort } from '../free-port.ts';

/** Builds the example park twice in a system that starts empty, and compares its answer with the news story's headline. */

const ROOT = join(import.meta.dirname, '../..');
const START_TIMEOUT_MS = 120_000;
/** The end of the script's answer: the headline, then what the park's office and its enterprises did with each other. */
const RESULT = {
  park: {
    id: 'park_binhai-zhongguancun',
    name: '滨海-中关村科技园',
    resumption: {
      production: { numerator: 206, denominator: 236, rate: '87.2' },
      returnToWork: { numerator: 5_669, denominator: 6_750, rate: '83.9' },
    },
    directives: {
      nodes: [3, 2, 1].map((number) => ({
        number: `示例〔2020〕${number}号`,
        compliance: [{ complied: 1, office: { state: 'COMPLIED' } }],
      })),
    },
    courses: {
      nodes: [
        { capacity: 200, free: 188 },
        { capacity: 500, free: 500 },
      ],
    },
  },
  cooperationOffers: {
    nodes: ['SCENARIO', 'OFFER'].map((kind) => ({ kind, interests: { nodes: [{ state: 'MATCHED' }] } })),
  },
  agreements: {
    // With Baodi, of the "1+4" zones, and with Zhongguancun.
    nodes: [
      { kind: 'CROSS_COVERAGE', status: 'SIGNED', coverages: covering(1) },
      { kind: 'JOINT_DEVELOPMENT', status: 'SIGNED', coverages: covering(4) },
      { kind: 'JOINT_DEVELOPMENT', status: 'SIGNED', coverages: covering(2) },
    ],
  },
  inspections: {
    nodes: [
      { inspectedOn: '2020-03-05', findings: open('ventilation', 'disinfection', 'distance') },
      { inspectedOn: '2020-03-04', findings: open('ventilation', 'distance') },
      { inspectedOn: '2020-03-03', findings: [{ code: 'ventilation', state: 'ACCEPTED' }] },
      { inspectedOn: '2020-03-02', findings: [] },
    ],
  },
};

const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-story-'));
const env = childEnvironment({ HOME: dataDir, DATA_DIR: dataDir, PORT: String(await freePort()) });
const system = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'start.mjs', '--empty'], {
  cwd: ROOT,
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  await started();
  for (const name of ['first', 'second']) {
    const said = build();
    deepEqual(JSON.parse(said.slice(said.indexOf('{'))), RESULT, `the answer of the ${name} run`);
    console.log(`The ${name} run: ${said.slice(0, said.indexOf('{')).trim().replaceAll('\n', ' ')}`);
  }
  console.log('206 of 236 enterprises and 5,669 of 6,750 staff, from nothing.');
} finally {
  const ended = once(system, 'close');
  system.kill('SIGTERM');
  await ended;
  rmSync(dataDir, { recursive: true });
}

function covering(policies: number) {
  return Array.from({ length: policies }, () => ({ subject: 'ENTERPRISE' }));
}

function open(...codes: readonly string[]) {
  return codes.map((code) => ({ code, state: 'OPEN' }));
}

/** Waits until the system says that it runs. Throws where it ends before, or takes too long. */
async function started(): Promise<void> {
  const ended = text(system.stdout).then((said) => {
    throw new Error(`The system ended: ${said}`);
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The system takes too long to start.')), START_TIMEOUT_MS).unref();
  });
  const ready = new Promise<void>((resolve) => {
    let said = '';
    system.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Ctrl-C ends')) resolve();
    });
  });
  ended.catch(() => undefined);
  await Promise.race([ready, ended, late]);
}

function build(): string {
  const script = 'examples/binhai-zhongguancun/build.ts';
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return stdout;
}
