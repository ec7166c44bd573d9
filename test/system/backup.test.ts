import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, readConfig } from '../../src/config.ts';
import { erase } from '../../src/handlers/invoked/erasure.ts';
import { readManifest, writeManifest } from '../../src/local/backup/manifest.ts';
import { restoreEmbedded } from '../../src/local/backup/restore-embedded.ts';
import { requireRestored } from '../../src/local/backup/restore-mark.ts';
import { restoreTables } from '../../src/local/backup/restore-tables.ts';
import { embeddedSource, tablesSource } from '../../src/local/backup/sources.ts';
import { writeBackup } from '../../src/local/backup/write-backup.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { beginLoading, requireLoaded } from '../../src/storage/migrations/loading.ts';
import { DATA_VERSION } from '../../src/storage/migrations/migrations.ts';
import { openErasureRegister } from '../../src/storage/person-keys/erasure-register.ts';
import { parkKeys } from '../../src/storage/tables/parks.ts';
import { personKeyKeys } from '../../src/storage/tables/person-keys.ts';
import { talentKeys } from '../../src/storage/tables/talent.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { FIXTURE_NOW, startOldSystem, startUpgradedSystem } from '../data-versions.ts';
import { mutationText } from '../fixtures/case-mutation.ts';
import { FIRST_INPUT } from '../fixtures/data-versions/story.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** A backup of a running system, and what comes of it. */

const ROOT = join(import.meta.dirname, '../..');
const OWNER = { kind: 'applicant', person: 'fixture-applicant-1' } as const;

let folder: string;
let system: TestSystem;
/** What the caller was answered before the backup. */
let acknowledged: string;

const ask = async (of: TestSystem, query: string, variables = {}) =>
  (await of.serve('talent', createTalentSubgraph)(query, variables, { viewer: OWNER, now: FIXTURE_NOW })).data;
const openCase = (of: TestSystem, idempotencyKey: string) =>
  ask(of, mutationText('openCase', 'case { id }'), { input: { ...FIRST_INPUT, idempotencyKey } });
const myCases = async (of: TestSystem): Promise<string[]> =>
  (await ask(of, '{ myCases(first: 50) { nodes { id } } }')).myCases.nodes.map(({ id }: { id: string }) => id);
const settingsOf = (dataDir: string, environment = {}): Config => ({
  ...readConfig({ BRIDGEHEAD_MODE: 'local', DATA_DIR: dataDir, ...environment }),
});
const secretOf = (dataDir: string) => readFileSync(join(dataDir, 'master-key-secret'), 'utf8');

async function backUp(of: TestSystem, into: string) {
  const source = embeddedSource(settingsOf(of.dataDir));
  try {
    return await writeBackup(into, source, { now: FIXTURE_NOW });
  } finally {
    source.close();
  }
}

/** An empty data folder that has the secret of the machine that was backed up. */
function newDataDir(): string {
  const dataDir = mkdtempSync(join(folder, 'data-'));
  cpSync(join(system.dataDir, 'master-key-secret'), join(dataDir, 'master-key-secret'));
  return dataDir;
}

const restore = (from: string, dataDir: string, options = {}) =>
  restoreEmbedded(from, settingsOf(dataDir), {
    manifest: readManifest(from),
    replace: false,
    registers: [],
    now: FIXTURE_NOW,
    ...options,
  });

/** Starts a system on restored data; stopped by the caller. */
const startRestored = (from: string, options = {}) =>
  startTestSystem(async (dataDir) => {
    cpSync(join(system.dataDir, 'master-key-secret'), join(dataDir, 'master-key-secret'));
    await restore(from, dataDir, options);
    return secretOf(dataDir);
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-backup-'));
  system = await startUpgradedSystem();
  acknowledged = (await openCase(system, 'acknowledged-before-the-backup')).openCase.case.id;
  await backUp(system, join(folder, 'backup'));
});
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true });
});

test('has after the restore what was acknowledged before the backup, and nothing later', async () => {
  const before = await myCases(system);
  const later = (await openCase(system, 'acknowledged-after-the-backup')).openCase.case.id;
  const restored = await startRestored(join(folder, 'backup'));
  try {
    expect(before).toContain(acknowledged);
    expect(await myCases(restored)).toEqual(before);
    expect(before).not.toContain(later);
    const again = await openCase(restored, 'acknowledged-before-the-backup');
    expect(again.openCase.case.id).toBe(acknowledged);
    expect(await openPeople(restored.talentTable({ viewer: OWNER })).open(OWNER.person, 'name')).toBe('张某某');
  } finally {
    await restored.stop();
  }
});

test('erases again at the restore whoever was erased since the backup', async () => {
  const register = join(system.dataDir, 'erasures.jsonl');
  const settings = { ...settingsOf(system.dataDir), localMasterSecret: secretOf(system.dataDir) };
  const outcome = await erase(
    system.talentTable(),
    { person: OWNER.person, despiteRetention: true },
    { now: new Date(FIXTURE_NOW.getTime() + 1_000), register: openErasureRegister(settings) },
  );
  expect(outcome.kind).toBe('ERASED');
  expect(readFileSync(register, 'utf8')).not.toContain(OWNER.person);
  const restored = await startRestored(join(folder, 'backup'), { registers: [register] });
  try {
    const keys = await readItem(restored.table('personKeys'), personKeyKeys.person(OWNER.person));
    expect(keys).toBeNull();
    expect(await readItem(restored.table('talent'), talentKeys.person(OWNER.person))).toBeNull();
    // From now on the restored machine knows by itself.
    expect(readFileSync(join(restored.dataDir, 'erasures.jsonl'), 'utf8')).toBe(readFileSync(register, 'utf8'));
  } finally {
    await restored.stop();
  }
});

describe('a backup that is not whole', () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(folder, 'copy-'));
    cpSync(join(folder, 'backup'), copy, { recursive: true });
  });

  test('is refused with the names of its damaged and missing files', async () => {
    appendFileSync(join(copy, 'tables/talent.jsonl'), '\n');
    rmSync(join(copy, 'tables/parks.jsonl'));
    const dataDir = newDataDir();
    await expect(restore(copy, dataDir)).rejects.toThrow(
      /tables\/parks\.jsonl is missing; tables\/talent\.jsonl is damaged/,
    );
    requireRestored(dataDir);
    expect(existsSync(join(dataDir, 'dynamodb.sqlite'))).toBe(false);
  });

  test('is refused where its manifest is damaged or of a newer version', () => {
    writeManifest(copy, { ...readManifest(copy), dataVersion: DATA_VERSION + 1 });
    expect(() => readManifest(copy)).toThrow(`data version ${DATA_VERSION + 1}`);
    writeFileSync(join(copy, 'manifest.json'), '{"format":1');
    expect(() => readManifest(copy)).toThrow('manifest.json is damaged');
  });

  test('is refused without the secret that its keys are wrapped by', async () => {
    const dataDir = mkdtempSync(join(folder, 'data-'));
    await expect(restore(copy, dataDir)).rejects.toThrow('has no master-key-secret');
    writeFileSync(join(dataDir, 'master-key-secret'), 'the secret of another machine');
    await expect(restore(copy, dataDir)).rejects.toThrow('not those that wrapped the keys of');
    expect(existsSync(join(dataDir, 'dynamodb.sqlite'))).toBe(false);
  });
});

describe('a process that is killed', () => {
  /** Runs a command and kills it as soon as a file is there. */
  async function killOnce(file: string, command: string, dataDir: string, ...options: string[]) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', command, ...options], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, DATA_DIR: dataDir },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    while (!existsSync(file) && child.exitCode === null) await sleep(1);
    child.kill('SIGKILL');
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
  }

  test('leaves a backup without a manifest, which is refused', async () => {
    const torn = join(folder, 'torn');
    await killOnce(join(torn, 'tables/linkages.jsonl'), 'src/cli/data/backup.ts', system.dataDir, torn);
    expect(() => readManifest(torn)).toThrow('cut short');
  });

  test('leaves a restore that nothing starts on, and that the same again completes', async () => {
    const old = await startOldSystem();
    const backup = join(folder, 'old');
    expect((await backUp(old, backup)).dataVersion).toBe(1);
    await old.stop();
    const dataDir = newDataDir();
    cpSync('test/fixtures/data-versions/1/master-key-secret', join(dataDir, 'master-key-secret'));
    await killOnce(join(dataDir, 'restoring'), 'src/cli/data/restore.ts', dataDir, backup);
    expect(() => requireRestored(dataDir)).toThrow(`run "npm run restore -- ${backup}" again`);
    // The backup is of an older data version.
    expect(await restore(backup, dataDir)).toEqual({ from: 1, erased: 0 });
    requireRestored(dataDir);
    await expect(restore(backup, dataDir)).rejects.toThrow('holds data already');
  });
});

test('completes a restore into tables by address that was cut short', async () => {
  const source = tablesSource({ ...settingsOf(system.dataDir), dynamodbEndpoint: system.endpoint });
  const backup = join(folder, 'by-address');
  const manifest = await writeBackup(backup, { ...source, stores: ['parks'] }, { now: FIXTURE_NOW });
  source.close();
  const target = await startTestSystem(async (dataDir) => {
    cpSync(join(system.dataDir, 'master-key-secret'), join(dataDir, 'master-key-secret'));
    return secretOf(dataDir);
  });
  try {
    const settings = { ...settingsOf(target.dataDir), dynamodbEndpoint: target.endpoint };
    const options = { manifest, registers: [], now: FIXTURE_NOW };
    const loading = { what: 'RESTORE', source: `by-address of ${manifest.madeAt}`, stores: ['parks'] } as const;
    await beginLoading(target.connection, loading);
    await expect(requireLoaded(target.connection)).rejects.toThrow('run the same "npm run restore" again');
    await restoreTables(backup, settings, options);
    await requireLoaded(target.connection);
    const park = parkKeys.park('park_binhai-zhongguancun');
    expect(await readItem(target.table('parks'), park)).toEqual(await readItem(system.table('parks'), park));
    await expect(restoreTables(backup, settings, options)).rejects.toThrow('restore into empty tables');
  } finally {
    await target.stop();
  }
});
