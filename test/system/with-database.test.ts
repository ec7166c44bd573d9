import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from '../../src/config.ts';
import { createTables } from '../../src/local/database/create-tables.ts';
import { type EmbeddedDatabase, startDatabase } from '../../src/local/database/embedded-database.ts';
import { recordEndpoint, withDatabase } from '../../src/local/database/with-database.ts';
import { childEnvironment } from '../child-environment.ts';

/** Commands that work on the data: beside the running system, or on their own. */

const root = join(import.meta.dirname, '../..');
let dataDir: string;
let running: EmbeddedDatabase | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(dataDir, { recursive: true });
});

const settings = () => readConfig({ BRIDGEHEAD_MODE: 'local', DATA_DIR: dataDir });

async function startSystem(): Promise<EmbeddedDatabase> {
  const database = await startDatabase({ dataDir });
  await createTables(database.endpoint, settings().tables);
  recordEndpoint(dataDir, database.endpoint);
  return database;
}

async function keys(...options: string[]): Promise<{ shown: string; said: string }> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/cli/keys.ts', ...options],
    { cwd: root, env: childEnvironment({ DATA_DIR: dataDir }) },
  );
  return { shown: stdout.trim(), said: stderr.trim() };
}

test('where there are no data nothing is begun', async () => {
  await expect(withDatabase(settings(), async () => {})).rejects.toMatchObject({
    code: 'CONFIGURATION',
    message: expect.stringContaining('npm start'),
  });
});

test('the database of the running system is used, and left running; else one is started and ended', async () => {
  running = await startSystem();
  const { endpoint } = running;
  await withDatabase(settings(), async ({ dynamodbEndpoint }) => {
    expect(dynamodbEndpoint).toBe(endpoint);
  });
  expect((await fetch(endpoint)).status).toBeLessThan(500);
  await running.stop();
  running = undefined;

  const used = Promise.withResolvers<string>();
  await withDatabase(settings(), async ({ dynamodbEndpoint = '' }) => used.resolve(dynamodbEndpoint));
  await expect(fetch(await used.promise)).rejects.toThrow();
});

test('who holds the data and is no system is not worked beside', async () => {
  running = await startSystem();
  recordEndpoint(dataDir, 'http://127.0.0.1:1');
  await expect(withDatabase(settings(), async () => {})).rejects.toMatchObject({ code: 'CONFIGURATION' });
});

test('npm run keys: a key is shown once, listed without its secret, rotated and revoked', async () => {
  running = await startSystem();
  const made = await keys('create', '--zone', 'zone_baodi', '--label', 'story');
  expect(made.shown).toMatch(/^bhk_[0-9a-z]{12}_[\w-]{43}$/);
  const id = made.shown.slice(4, 16);
  const rotated = await keys('rotate', '--zone', 'zone_baodi', '--overlap-days', '1');
  expect(rotated.said).toContain(`The key ${id} is valid until`);
  await keys('revoke', '--zone', 'zone_baodi', '--key', id);
  const { shown } = await keys('list', '--zone', 'zone_baodi');
  expect(shown.split('\n')).toEqual([
    expect.stringMatching(new RegExp(`^${id}  story  REVOKED  .*used never$`)),
    expect.stringMatching(new RegExp(`^${rotated.shown.slice(4, 16)}  story  in use`)),
  ]);
  expect(shown).not.toContain(made.shown.slice(17));
});

test.each([
  [['create'], 'npm run keys'],
  [['drop', '--zone', 'zone_baodi'], 'npm run keys'],
  [['create', '--zone', 'baodi'], 'is no zone'],
  [['create', '--zone', 'zone_baodi', '--days', '1.5'], 'whole number'],
  [['create', '--zome', 'zone_baodi'], '--zome'],
  [['revoke', '--zone', 'zone_baodi', '--key', 'none'], 'has no key'],
])('npm run keys -- %j says what is wrong', async (options, sentence) => {
  running = await startSystem();
  await expect(keys(...options)).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(sentence),
  });
});
