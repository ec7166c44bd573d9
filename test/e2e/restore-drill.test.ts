import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextTables } from '../../src/cli/recovery/generation.ts';
import { prepareRestored } from '../../src/cli/recovery/restore-stack.ts';
import { type Config, readConfig, STORES } from '../../src/config.ts';
import { accessLogKeptSince } from '../../src/domain/access-log/entry.ts';
import { erase } from '../../src/handlers/invoked/erasure.ts';
import { createTables } from '../../src/local/database/create-tables.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { fileSigner, fileVerifier } from '../../src/storage/access-log/file-key.ts';
import { folderAnchors } from '../../src/storage/access-log/folder-anchors.ts';
import { ScanCommand, TransactWriteCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { openTable } from '../../src/storage/dynamodb/connection.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { openErasureRegister } from '../../src/storage/person-keys/erasure-register.ts';
import { parkFigures } from '../../src/storage/read-models/sums.ts';
import { enterpriseKeys, type PrimaryKey, personKeyKeys, talentKeys } from '../../src/storage/tables.ts';
import { batchWaiting } from '../../src/storage/talent/access-log/batch-waiting.ts';
import { sealAccessLog } from '../../src/storage/talent/access-log/seal.ts';
import { verifyAccessLog } from '../../src/storage/talent/access-log/verify.ts';
import { applicant, officer, type Story, startStory } from '../fixtures/case-story.ts';
import { PLAIN_APARTMENT } from '../fixtures/case-types.ts';
import { enterpriseOf, itemsOf, PARK } from '../fixtures/enterprise.ts';
import { callOf } from '../harness.ts';

/**
 * The drill of a restore on AWS. The embedded database has no point-in-time recovery: copies of the tables, made at the
 * moment, stand for what AWS restores.
 */

const MOMENT = new Date('2026-07-01T04:00:00.000Z');
const NOW = new Date('2026-07-02T04:00:00.000Z');
const SECRET = 'a master key that is for tests only';
const REPORT = `mutation ($input: ReportOperationsInput!) {
  reportOperations(input: $input) { reports { version } userErrors { code message } }
}`;

let story: Story;
let folder: string;
let settings: Config;
let restored: Config;
const enterprise = enterpriseOf(1);

const scope = { ...callOf(), owner: 'drill' };
const tableOf = (of: Config, store: (typeof STORES)[number]) =>
  openTable({ ...story.system.connection, tables: of.tables }, store, scope);
const has = async (of: Config, store: (typeof STORES)[number], key: PrimaryKey) =>
  (await readItem(tableOf(of, store), key, { consistent: true })) !== null;

async function itemsIn(name: string): Promise<readonly PrimaryKey[]> {
  const found = await story.system.connection.dynamo.send(new ScanCommand({ TableName: name }), {
    abortSignal: scope.signal,
  });
  expect(found.LastEvaluatedKey).toBeUndefined();
  return (found.Items ?? []) as unknown as PrimaryKey[];
}

/** Reports a day of the enterprise. */
async function report(on: string): Promise<void> {
  const serve = story.system.serve('enterprises', createEnterprisesSubgraph);
  const day = { enterprise: enterprise.id, on, mode: 'ON_SITE', staffTotal: 10, staffReturned: 8 };
  const { data } = await serve(
    REPORT,
    { input: { idempotencyKey: `drill-${on}`, reports: [day] } },
    { viewer: { kind: 'clerk', person: 'clerk-1', enterprise: enterprise.id } },
  );
  expect(data.reportOperations).toEqual({ reports: [{ version: 1 }], userErrors: [] });
}

const anchors = () => folderAnchors(join(folder, 'anchors'));
const keyFile = () => join(folder, 'key.pem');

/** An officer looks at the case of the story, which the access log records, batches and seals. */
async function looksAtCase(now: Date): Promise<void> {
  const seen = await story.shows(officer('PARK', 'RECEIVE'), 'applicant { name }');
  expect(seen.applicant.name).toBe('张*');
  const talent = story.system.table('talent');
  await batchWaiting(talent, null);
  await sealAccessLog(talent, {
    signer: fileSigner(keyFile()),
    anchors: anchors(),
    now,
    keptSince: accessLogKeptSince(now),
  });
}

/** Opens and submits a case. Returns its id. */
async function opens(person: string): Promise<string> {
  await story.open(applicant(person), { relation: 'SELF' });
  await story.does(applicant(person), 'submitCase');
  return (await story.shows(applicant(person), 'id')).id;
}

let lines: { store: string; type: string; change: string; replayed: boolean; pk: string }[];
let [kept, erased, later] = ['', '', ''];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-drill-'));
  story = await startStory({ ...PLAIN_APARTMENT, requiredDocuments: [] });
  const { system } = story;
  await system.write('enterprises', [knownParkItem(PARK, 'zone_teda'), ...itemsOf(enterprise)]);
  const environment = { BRIDGEHEAD_MODE: 'local', DATA_DIR: system.dataDir, DYNAMODB_ENDPOINT: system.endpoint };
  settings = { ...readConfig(environment), localMasterSecret: SECRET, tables: system.connection.tables };
  restored = { ...settings, tables: nextTables(settings.tables) };

  story.at('2026-07-01 10:00:00');
  erased = await opens('p-erased');
  kept = await opens('p-kept');
  await report('2020-03-15');
  await looksAtCase(MOMENT);
  await createTables(system.endpoint, restored.tables);
  for (const store of STORES) {
    for (const Item of await itemsIn(settings.tables[store])) {
      const TransactItems = [{ Put: { TableName: restored.tables[store], Item: { ...Item } } }];
      await system.connection.dynamo.send(new TransactWriteCommand({ TransactItems }), { abortSignal: scope.signal });
    }
  }

  story.at('2026-07-02 10:00:00');
  await erase(
    system.talentTable(),
    { person: 'p-erased', despiteRetention: true },
    { now: new Date('2026-07-02T02:00:00.000Z'), register: openErasureRegister(settings) },
  );
  later = await opens('p-later');
  await report('2020-03-16');
  await looksAtCase(NOW);

  const laterFile = join(folder, 'later.jsonl');
  const { erased: persons } = await prepareRestored(settings, restored.tables, {
    at: MOMENT,
    laterFile,
    now: NOW,
    onStep: () => {},
  });
  expect(persons).toBe(1);
  lines = readFileSync(laterFile, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
});
afterAll(async () => {
  await story.end();
  rmSync(folder, { recursive: true });
});

test('loses nothing that was acknowledged before the moment', async () => {
  expect(await has(restored, 'talent', talentKeys.case(kept))).toBe(true);
  expect(await has(restored, 'personKeys', personKeyKeys.person('p-kept'))).toBe(true);
  expect(await has(restored, 'enterprises', enterpriseKeys.report(enterprise.id, '2020-03-15'))).toBe(true);
});

test('lists what came later, without the content of an item', async () => {
  expect(await has(restored, 'talent', talentKeys.case(later))).toBe(false);
  expect(lines).toContainEqual(
    expect.objectContaining({ store: 'talent', type: 'TalentCase', change: 'ADDED', replayed: false, pk: later }),
  );
  expect(JSON.stringify(lines)).not.toContain('张');
});

test('replays later reports of enterprises, and counts them', async () => {
  expect(await has(restored, 'enterprises', enterpriseKeys.report(enterprise.id, '2020-03-16'))).toBe(true);
  const { items, differences } = await parkFigures.compare((store) => tableOf(restored, store));
  expect([items > 0, differences]).toEqual([true, []]);
});

test('carries the access log on, so that it agrees with its anchors', async () => {
  const verdict = await verifyAccessLog(tableOf(restored, 'talent'), {
    verifier: fileVerifier(keyFile()),
    anchors: anchors(),
    person: null,
  });
  expect(verdict.faults).toEqual([]);
  expect(lines.filter(({ type, replayed }) => type === 'AccessRegistered' && replayed).length).toBeGreaterThan(0);
});

test('leaves an erased person erased', async () => {
  expect(await has(restored, 'personKeys', personKeyKeys.person('p-erased'))).toBe(false);
  expect(await has(restored, 'talent', talentKeys.person('p-erased'))).toBe(false);
  const item = await readItem<{ applicant: unknown } & PrimaryKey>(
    tableOf(restored, 'talent'),
    talentKeys.case(erased),
  );
  expect(item?.applicant).toBeNull();
});

test('changes nothing when it is repeated', async () => {
  const laterFile = join(folder, 'again.jsonl');
  const again = await prepareRestored(settings, restored.tables, { at: MOMENT, laterFile, now: NOW, onStep: () => {} });
  expect(again.erased).toBe(0);
});
