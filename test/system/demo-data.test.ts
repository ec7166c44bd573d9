import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { config, STORES } from '../../src/config.ts';
import { mediaTypeOf } from '../../src/domain/documents/media-type.ts';
import { downloadName } from '../../src/domain/documents/opening.ts';
import { startDatabase } from '../../src/local/database/embedded-database.ts';
import { itemsOf } from '../../src/local/demo-data/items.ts';
import { loadDemoData, readDemoState } from '../../src/local/demo-data/load.ts';
import { demoParks } from '../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../src/local/demo-data/scale.ts';
import { caseTypeVersions } from '../../src/local/demo-data/talent/case-types.ts';
import { caseOf } from '../../src/local/demo-data/talent/cases.ts';
import { versionsOf } from '../../src/local/demo-data/talent/documents.ts';
import { sampleOf } from '../../src/local/demo-data/talent/sample-document.ts';
import { sealedPersons } from '../../src/local/demo-data/talent/sealed-persons.ts';
import { masterSecretOf } from '../../src/local/local-secret.ts';
import { GetCommand, ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { openDynamo } from '../../src/storage/dynamodb/client/open.ts';
import { createKeyring } from '../../src/storage/person-keys/keyring.ts';
import { localMasterKeys } from '../../src/storage/person-keys/local-master-keys.ts';
import { enterpriseKeys } from '../../src/storage/tables.ts';
import { localUploads } from '../../src/storage/uploads/open.ts';
import { announced } from '../fixtures/files.ts';

const { tables } = config();
const ANCHOR = '2026-05-13';

test('the demo data are loaded once, whole, and answer with the story', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'demo-data-'));
  const options = { dataDir, tables, scale: 'S', anchor: ANCHOR } as const;
  expect(await loadDemoData(options)).toBe(true);
  expect(await loadDemoData({ ...options, anchor: '2030-01-01' })).toBe(false);
  expect(readDemoState(dataDir)).toEqual({ scale: 'S', anchor: ANCHOR });

  await expectSampleFiles(dataDir);
  const database = await startDatabase({ dataDir });
  const dynamo = openDynamo({
    dynamodbClient: 'lean',
    mode: 'local',
    region: 'local',
    dynamodbEndpoint: database.endpoint,
  });
  try {
    const Key = enterpriseKeys.parkDay('park_binhai-zhongguancun', '2020-03-16');
    const { Item } = await dynamo.send(new GetCommand({ TableName: tables.enterprises, Key }));
    expect(Item).toMatchObject({ resumedOnSite: 156, resumedOnline: 50, staffReturned: 5669 });
    const keyring = createKeyring(localMasterKeys('of this test'));
    const persons = await sealedPersons(SCALES.S, new Date(), keyring);
    for (const store of STORES) {
      const stamps = 1;
      const made = [...itemsOf(store, SCALES.S, ANCHOR, persons)].length + stamps;
      let stored = 0;
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await dynamo.send(
          new ScanCommand({ TableName: tables[store], Select: 'COUNT', ExclusiveStartKey }),
        );
        stored += page.Count ?? 0;
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      expect([store, stored]).toEqual([store, made]);
    }
  } finally {
    dynamo.destroy();
    await database.stop();
    rmSync(dataDir, { recursive: true });
  }
});

/** The first cases' files are there, as their records say; of the others there is none. */
async function expectSampleFiles(dataDir: string): Promise<void> {
  const localMasterSecret = masterSecretOf(dataDir);
  const uploads = localUploads({ mode: 'local', dataDir, port: 0, localMasterSecret });
  const types = caseTypeVersions(ANCHOR);
  const parks = demoParks(SCALES.S);
  for (const [number, isThere] of [
    [1, true],
    [3, true],
    [5, false],
  ] as const) {
    const made = caseOf(number, ANCHOR, types, parks);
    const versions = versionsOf(made);
    expect(versions.length).toBeGreaterThan(0);
    for (const version of versions) {
      const file = { ...version, caseId: made.facts.id };
      expect([number, await uploads.isStored(file)]).toEqual([number, isThere]);
      const link = new URL(await uploads.link(file, downloadName(version), new Date(Date.now() + 60_000)));
      const asked = { file: `${file.caseId}/${version.uploadId}`, query: link.searchParams };
      const bytes = await uploads.get(asked, new Date());
      expect(bytes && announced(bytes)).toEqual(
        isThere ? announced(sampleOf(made.facts.receiptNumber, version.code)) : null,
      );
      if (bytes) expect(version).toMatchObject({ ...announced(bytes), mediaType: mediaTypeOf(bytes) });
    }
  }
}
