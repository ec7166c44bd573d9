import { SingleBar } from 'cli-progress';
import { config } from '../../config.ts';
import { embeddedSource, tablesSource } from '../../local/backup/sources.ts';
import { writeBackup } from '../../local/backup/write-backup.ts';
import { parsePath } from '../parse-options.ts';
import { runOnTables } from '../stack/option.ts';

const USAGE = `npm run backup -- FOLDER

Copies all data into a new folder: the items of each table as DynamoDB-JSON lines, cases' files, the access log's anchors,
the register of erasures, and a manifest with counts and SHA-256. The manifest is written last: a backup that was cut
short has none, and is refused by "npm run restore".
Persons' data stay encrypted by keys that are wrapped as stored. The folder holds no secret: keep a copy of DATA_DIR's
master-key-secret elsewhere, or nobody can read the persons in a backup. Delete backups after 35 days at most.
It works on the embedded database in DATA_DIR, whether the system runs or not, and shows one moment of it. Where
BRIDGEHEAD_MODE, STAGE, AWS_REGION or DYNAMODB_ENDPOINT name other tables it reads them one after the other: stop the
writers meanwhile, or run "npm run rebuild -- all" and "npm run verify-data" after the restore. With KMS (MASTER_KEYS)
the table of persons' keys is left out.`;

async function main(): Promise<void> {
  const { path: folder } = parsePath(USAGE, {});
  const settings = config();
  const isEmbedded = settings.mode === 'local' && settings.dynamodbEndpoint === undefined;
  const source = isEmbedded ? embeddedSource(settings) : tablesSource(settings);
  const bar = new SingleBar({ format: '{store}: {value} items' });
  let items = 0;
  bar.start(0, 0, { store: '' });
  try {
    const manifest = await writeBackup(folder, source, {
      now: new Date(),
      onItem: (store) => {
        items += 1;
        if (items % 1_000 === 0) bar.update(items, { store });
      },
    });
    bar.stop();
    const files = Object.keys(manifest.files).length;
    console.log(
      `${folder}: ${items} items and ${files} files of ${manifest.madeAt}, data version ${manifest.dataVersion}.`,
    );
  } finally {
    bar.stop();
    source.close();
  }
}

await runOnTables(main);
