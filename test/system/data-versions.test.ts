import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfig, STORES } from '../../src/config.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { attributeIs, update } from '../../src/storage/dynamodb/write.ts';
import { dataVersion, migrate, requireDataVersion } from '../../src/storage/migrations/migrate.ts';
import type { Migration } from '../../src/storage/migrations/migration.ts';
import { DATA_VERSION, MIGRATIONS } from '../../src/storage/migrations/migrations.ts';
import { stampItem, versionOfTable } from '../../src/storage/migrations/stamp.ts';
import type { ParkItem } from '../../src/storage/parks/items.ts';
import { dataVersionKeys, parkKeys, talentKeys } from '../../src/storage/tables.ts';
import { casesOfPerson } from '../../src/storage/talent/people/erase-person.ts';
import type { PersonItem } from '../../src/storage/talent/people/items.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { childEnvironment } from '../child-environment.ts';
import { FIXTURE_NOW, loadDataVersion, startOldSystem, startUpgradedSystem, upgrade } from '../data-versions.ts';
import { mutationText } from '../fixtures/case-mutation.ts';
import { FIRST_INPUT } from '../fixtures/data-versions/story.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** Stores are stamped with the version of their data, and older data are brought to the newest version. */

let system: TestSystem;

afterEach(async () => {
  await system.stop();
});

/** Counts up the version of every park: what it has done to a park is seen. */
function countingMigration(version: number, dies: () => boolean = () => false): Migration {
  return {
    version,
    name: `count-${version}`,
    async run({ pages, table }) {
      for await (const parks of pages<ParkItem>('parks', ['Park'])) {
        for (const park of parks) {
          if (dies()) throw new Error('the process died');
          const isOld = { when: attributeIs('version', version - 1), otherwise: 'DONE' as const };
          await transact(table('parks'), [update(park, { set: { version } }, isOld)]);
        }
      }
    },
  };
}

const run = (migrations: readonly Migration[], onMigration?: (migration: Migration) => void) =>
  migrate(system.connection, {
    keyring: system.keyring,
    now: FIXTURE_NOW,
    migrations,
    itemsAPage: ITEMS_A_PAGE,
    ...(onMigration && { onMigration }),
  });
const ITEMS_A_PAGE = 20;
const pagesRead = async (work: () => Promise<unknown>) =>
  (await system.dynamo.during(work)).filter(
    ({ command, input }) => command === 'Scan' && (input as { Limit?: number }).Limit === ITEMS_A_PAGE,
  ).length;
const versions = () => Promise.all(STORES.map((store) => versionOfTable(system.table(store))));
const allOf = (version: number) => STORES.map(() => version);
const parkVersion = async (code: string) =>
  (await readItem<ParkItem>(system.table('parks'), parkKeys.park(`park_${code}`)))?.version;

test('the list of migrations has one for each version after the first', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, i) => i + 2));
  expect(Object.isFrozen(MIGRATIONS)).toBe(true);
  expect(new Set(MIGRATIONS.map(({ name }) => name)).size).toBe(MIGRATIONS.length);
  system = { stop: async () => {} } as TestSystem;
});

describe('data of version 1, which have no stamp', () => {
  beforeEach(async () => {
    system = await startOldSystem();
  });

  test('are brought to the newest version by all migrations in their order', async () => {
    expect(await dataVersion(system.connection, 3)).toBe(1);
    const names: string[] = [];
    const migrations = [countingMigration(2), countingMigration(3)];
    expect(await run(migrations, ({ name }) => names.push(name))).toBe(1);
    expect(names).toEqual(['count-2', 'count-3']);
    expect(await versions()).toEqual(allOf(3));
    expect(await parkVersion('sample-baodi')).toBe(3);

    expect(await run(migrations, ({ name }) => names.push(name))).toBe(3);
    expect(names).toHaveLength(2);
  });

  test('go on with the page that a run died in', async () => {
    let parks = 0;
    const dies = countingMigration(2, () => ++parks === 4);
    const first = await pagesRead(() => expect(run([dies])).rejects.toThrow('the process died'));
    expect(await dataVersion(system.connection, 2)).toBe(1);
    const second = await pagesRead(() => run([countingMigration(2)]));
    // Of 89 items in pages of 20: the one that it died in is read again, and no other.
    expect(first).toBeGreaterThan(1);
    expect(first + second).toBe(5 + 1);
    expect(await versions()).toEqual(allOf(2));
    expect(await Promise.all(['sample-baodi', 'sample-hitech', 'binhai-zhongguancun'].map(parkVersion))).toEqual([
      2, 2, 2,
    ]);
    const { pk: partition } = dataVersionKeys.stamp();
    expect(await readRange(system.table('parks'), { partition })).toEqual([stampItem(2)]);
  });

  test('are refused to a command, by one sentence that says what to do', async () => {
    await expect(requireDataVersion(system.connection, 2)).rejects.toMatchObject({
      code: 'CONFIGURATION',
      message: expect.stringContaining('npm run migrate'),
    });
    await run([countingMigration(2)]);
    await requireDataVersion(system.connection, 2);
  });

  test('count as older where one table was restored from a backup', async () => {
    await run([countingMigration(2)]);
    await system.write('talent', [stampItem(1)]);
    expect(await dataVersion(system.connection, 2)).toBe(1);
    expect(await run([countingMigration(2)])).toBe(1);
    expect(await versions()).toEqual(allOf(2));
  });
});

describe('a new store', () => {
  beforeEach(async () => {
    system = await startTestSystem();
  });

  test('gets the newest version, and no migration runs', async () => {
    expect(await dataVersion(system.connection)).toBeNull();
    const never = { version: 2, name: 'never', run: () => Promise.reject(new Error('it ran')) };
    expect(await run([never])).toBe(2);
    expect(await versions()).toEqual(allOf(2));
  });

  test('is refused where a newer Bridgehead has written to it', async () => {
    await system.write('linkages', [stampItem(DATA_VERSION + 1)]);
    await expect(upgrade(system)).rejects.toMatchObject({
      code: 'CONFIGURATION',
      message: `The data have version ${DATA_VERSION + 1}, and this Bridgehead knows versions up to ${DATA_VERSION}: start the newer Bridgehead that wrote them, or name other data.`,
    });
  });

  test('is refused where its stamp is none', async () => {
    await system.write('parks', [{ ...stampItem(1), ...{ version: 'new' } }]);
    await expect(upgrade(system)).rejects.toMatchObject({
      code: 'CONFIGURATION',
      message: expect.stringContaining('restore the table from a backup'),
    });
  });
});

test('the command brings the data of a stopped system to the newest version', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  system = { stop: async () => rmSync(dataDir, { recursive: true }) } as TestSystem;
  await loadDataVersion(1, dataDir, readConfig({ BRIDGEHEAD_MODE: 'local' }).tables);
  const run = (file: string, ...options: string[]) =>
    promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', `src/cli/${file}`, ...options], {
      cwd: join(import.meta.dirname, '../..'),
      env: childEnvironment({ DATA_DIR: dataDir }),
    });
  const command = (...options: string[]) => run('data/migrate.ts', ...options);
  if (DATA_VERSION > 1) await expect(command('--check')).rejects.toThrow('npm run migrate');
  const { stdout, stderr } = await command();
  expect(stdout).toBe(`The data have version ${DATA_VERSION}.\n`);
  for (const { name } of MIGRATIONS) expect(stderr).toContain(name);
  expect((await command('--check')).stdout).toBe(stdout);
  // Persons of these data are older than the search. A second run finds nothing more to do.
  expect((await run('persons.ts', 'index')).stdout).toMatch(/^[1-9]\d* persons can be searched for now\.\n$/);
  expect((await run('persons.ts', 'index')).stdout).toBe('0 persons can be searched for now.\n');
});

describe('data of version 1 after all migrations', () => {
  const OWNER = { kind: 'applicant', person: 'fixture-applicant-1' } as const;
  let upgraded: TestSystem;
  beforeAll(async () => {
    upgraded = await startUpgradedSystem();
  });
  afterAll(() => upgraded.stop());
  // One upgrade for all of them: none changes what another looks at.
  beforeEach(() => {
    system = { ...upgraded, stop: async () => {} };
  });

  test('have no hash of an input without a key, and answer a mutation that is sent again as before', async () => {
    for (const store of ['talent', 'enterprises'] as const) {
      const { Items = [] } = await system.connection.dynamo.send(
        new ScanCommand({ TableName: system.table(store).name, FilterExpression: 'attribute_exists(inputHash)' }),
      );
      expect(Items).toEqual([]);
    }
    const talent = system.serve('talent', createTalentSubgraph);
    const call = { viewer: OWNER, now: FIXTURE_NOW };
    const mine = '{ myCases(first: 5) { nodes { id } } }';
    const { data: before } = await talent(mine, {}, call);
    const { data } = await talent(mutationText('openCase', 'case { id } receiptSecret'), { input: FIRST_INPUT }, call);
    expect(data.openCase).toEqual({ case: before.myCases.nodes[0], receiptSecret: null, userErrors: [] });
    expect((await talent(mine, {}, call)).data).toEqual(before);
  });

  test('show of a name its first character alone, and open it whole as before', async () => {
    const talent = system.talentTable({ viewer: OWNER });
    const person = await readItem<PersonItem>(talent, talentKeys.person(OWNER.person));
    expect(person?.masked.name).toBe('张*');
    const [kept] = await casesOfPerson(talent, OWNER.person);
    expect(kept?.applicant?.name).toBe('张*');
    expect(await openPeople(talent).open(OWNER.person, 'name')).toBe('张某某');
  });

  test('mark identity numbers as not verified, and find nobody by a number that was typed', async () => {
    const items = async (store: 'talent' | 'personKeys') =>
      (await system.connection.dynamo.send(new ScanCommand({ TableName: system.table(store).name }))).Items ?? [];
    const talent = await items('talent');
    const marked = talent.filter(({ type }) => type === 'Person' || type === 'TalentCase');
    expect(marked.length).toBeGreaterThan(50);
    for (const { identity } of marked) expect(identity).toEqual({ number: 1, verifiedBy: null, verifiedAt: null });
    const keys = await items('personKeys');
    expect(keys.filter(({ type }) => type === 'IdNumber')).toEqual([]);
    expect(keys.filter(({ lookUps }) => lookUps !== undefined && lookUps.length > 0)).toEqual([]);
    // Somebody else may state the number of a person of then.
    const stated = { ...FIRST_INPUT, idempotencyKey: 'another-applicant' };
    const { data } = await system.serve('talent', createTalentSubgraph)(
      mutationText('openCase', 'case { identity { state } }'),
      { input: stated },
      { viewer: { kind: 'applicant', person: 'another' }, now: FIXTURE_NOW },
    );
    expect(data.openCase).toEqual({ case: { identity: { state: 'NOT_VERIFIED' } }, userErrors: [] });
  });
});
