import { config } from '../../config.ts';
import { readManifest } from '../../local/backup/manifest.ts';
import { restoreEmbedded } from '../../local/backup/restore-embedded.ts';
import { restoreTables } from '../../local/backup/restore-tables.ts';
import { DATA_VERSION } from '../../storage/migrations/migrations.ts';
import { parsePath } from '../parse-options.ts';
import { runCommand } from '../refusals.ts';

const USAGE = `npm run restore -- FOLDER [--replace] [--erasures FILE]...

Puts a backup of "npm run backup" back. Every file is held against the manifest first. Data of an older version are
migrated, those of a newer one refused. Whoever was erased since the backup is erased again, and all read models are
rebuilt, before anything is served. Cut short, the same again completes it; until then nothing starts on the data.
  --replace   Gives up the data that DATA_DIR holds. Without it a folder with data is refused. Tables that
              DYNAMODB_ENDPOINT or BRIDGEHEAD_MODE name must be empty in any case.
  --erasures  Also applies this register of erasures: "erasures.jsonl" of another DATA_DIR or of a newer backup.
It restores into DATA_DIR while the system is stopped, or into the tables that BRIDGEHEAD_MODE, STAGE, AWS_REGION,
DYNAMODB_ENDPOINT and the variables of all six tables name. DATA_DIR must hold the master-key-secret of the machine that
was backed up.`;

async function main(): Promise<void> {
  const { path: folder, values } = parsePath(USAGE, {
    replace: { type: 'boolean', default: false },
    erasures: { type: 'string', multiple: true, default: [] },
  });
  const settings = config();
  const manifest = readManifest(folder);
  const options = { manifest, registers: values.erasures, now: new Date() };
  const isEmbedded = settings.mode === 'local' && settings.dynamodbEndpoint === undefined;
  const { from, erased } = isEmbedded
    ? await restoreEmbedded(folder, settings, { ...options, replace: values.replace })
    : await restoreTables(folder, settings, options);
  if (from !== DATA_VERSION) console.log(`Migrated from data version ${from} to ${DATA_VERSION}.`);
  if (erased > 0) console.log(`${erased} persons who were erased since the backup are erased again.`);
  console.log(`The data are those of ${manifest.madeAt}.`);
}

await runCommand(main);
