import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { childEnvironment } from '../child-environment.ts';

/** Builds the example park twice in a system that starts empty, and compares its headline with the news story's. */

const ROOT = join(import.meta.dirname, '../..');
const START_TIMEOUT_MS = 120_000;
const RATES = { production: [206, 236, '87.2'], returnToWork: [5_669, 6_750, '83.9'] };

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
    const { resumption } = JSON.parse(said.slice(said.indexOf('{')));
    for (const [rate, expected] of Object.entries(RATES)) {
      const found = Object.values(resumption[rate]);
      if (JSON.stringify(found) !== JSON.stringify(expected)) {
        throw new Error(`After the ${name} run ${rate} is ${found.join(' ')}, not ${expected.join(' ')}.`);
      }
    }
    console.log(`The ${name} run: ${said.slice(0, said.indexOf('{')).trim().replaceAll('\n', ' ')}`);
  }
  console.log('206 of 236 enterprises and 5,669 of 6,750 staff, from nothing.');
} finally {
  const ended = once(system, 'close');
  system.kill('SIGTERM');
  await ended;
  rmSync(dataDir, { recursive: true });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
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
