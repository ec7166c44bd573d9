import { config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { createTables } from '../../local/database/create-tables.ts';
import { withMasterSecret } from '../../local/local-secret.ts';
import { migrate, requireDataVersion } from '../../storage/migrations/migrate.ts';
import { DATA_VERSION } from '../../storage/migrations/migrations.ts';
import { keyringOf } from '../../storage/person-keys/keyring.ts';
import { parseOptions } from '../parse-options.ts';
import { runOnTables } from '../stack/option.ts';
import { progressBar } from './progress-bar.ts';
import { withTables } from './with-tables.ts';

const USAGE = `npm run migrate -- [--check] [--from VERSION]

Brings stored data to the version that this Bridgehead reads and writes. "npm start" does the same on its own data.
Where it was cut short, the same again goes on. Back the tables up first: there is no way back.
  --check  Changes nothing; fails where the data are not of that version.
  --from   Runs the migrations after this version again, though the data have a later one: after a deployment, for what
           functions of the version before wrote meanwhile. What is in the new shape stays as it is.
It works on the stack that --stack NAME names, on the tables that BRIDGEHEAD_MODE, STAGE, AWS_REGION, DYNAMODB_ENDPOINT and the variables of all six tables name,
with the keys that MASTER_KEYS names, else on the embedded database in DATA_DIR.`;

async function main(): Promise<void> {
  const { check, from } = parseOptions(USAGE, {
    help: { type: 'boolean' },
    check: { type: 'boolean' },
    from: { type: 'string' },
  });
  if (from !== undefined && !/^[1-9]\d{0,5}$/.test(from)) {
    throw new CodedError('CONFIGURATION', `--from is a data version, a whole number from 1, not "${from}".`);
  }
  const scope = { owner: 'migrate', ofAnyVersion: true };
  await withTables(withMasterSecret(config()), scope, async ({ connection, settings }) => {
    if (check) await requireDataVersion(connection);
    else {
      if (settings.mode === 'local' && settings.dynamodbEndpoint !== undefined) {
        await createTables(settings.dynamodbEndpoint, settings.tables);
      }
      const progress = await progressBar(settings);
      await migrate(connection, {
        keyring: keyringOf(settings),
        now: new Date(),
        onMigration: ({ version, name }) => {
          progress.stop();
          console.error(`Migrating to version ${version}: ${name} …`);
          progress.start();
        },
        onRead: progress.add,
        ...(from === undefined ? {} : { from: Number(from) }),
      });
      progress.stop();
    }
    console.log(`The data have version ${DATA_VERSION}.`);
  });
}

await runOnTables(main);
