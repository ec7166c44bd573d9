import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { fillWithDemoDataOfToday } from '../prepared-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The first start builds the pages. */
const START_WITHIN_MS = 90_000;
const PARK = 'start.mjs';
/** The key by which pages offer notifications: that of the example of RFC 8291. */
const PUSH_PUBLIC_KEY = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8';

/**
 * Starts a whole system as `npm start` does, on a free port. Its data are its own: for the park, a copy of demo data that are
 * made once a run. `close` ends it and removes them.
 * @param settings further variables of its environment
 */
export async function startSystem(entry = PARK, settings: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'browser-'));
  if (entry === PARK) await fillWithDemoDataOfToday(dataDir);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, PUSH_PUBLIC_KEY, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://localhost:${port}`;
  const close = async () => {
    child.kill('SIGTERM');
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_WITHIN_MS;
  while (!(await answers(`${url}/health`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await close();
      throw new Error(`The system did not start:\n${said}`);
    }
    await pause(100);
  }
  return { url, dataDir, close };
}

const answers = (url: string) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );
