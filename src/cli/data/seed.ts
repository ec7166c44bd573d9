import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { type Config, config, STORES } from '../../config.ts';
import { dayInShanghai, isDay } from '../../domain/calendar/day.ts';
import { CodedError } from '../../errors.ts';
import { lockData } from '../../local/database/data-lock.ts';
import { loadDemoData } from '../../local/demo-data/load.ts';
import { demoParks } from '../../local/demo-data/parks/parks.ts';
import { isScaleName, SCALE_NAMES, SCALES, type Scale } from '../../local/demo-data/scale.ts';
import { sealedPersons } from '../../local/demo-data/talent/sealed-persons.ts';
import { writeExport } from '../../local/demo-data/write-export.ts';
import { loadDemoTables } from '../../local/demo-data/write-tables.ts';
import { withMasterSecret } from '../../local/local-secret.ts';
import { connect } from '../../storage/dynamodb/connection.ts';
import { migrate, requireDataVersion } from '../../storage/migrations/migrate.ts';
import { keyringOf } from '../../storage/person-keys/keyring.ts';
import type { PrimaryKey } from '../../storage/tables.ts';
import { runOnTables } from '../stack/option.ts';

const USAGE = `npm run seed -- [--scale S|M|L10] [--anchor YYYY-MM-DD] [--out FOLDER | --target local|aws]

Makes the demo data. S: the park with its 236 enterprises and 800 cases; M: 25,000 enterprises and 50,000 cases;
L10: 17,000 enterprises and 250,000 cases.
  --scale    S where nothing is said.
  --anchor   The day that counts as today for the cases under way; today in Asia/Shanghai where nothing is said.
  --out      Only writes the items, as DynamoDB-JSON lines: FOLDER/<table>/data/items.json.
  --target   local (where nothing is said): imports them into DATA_DIR, which must hold no data yet.
             aws: puts them into the existing tables of the region, or of DYNAMODB_ENDPOINT. Where these have been used
             before, run "npm run rebuild-tallies" afterwards.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: 'S' },
      anchor: { type: 'string', default: dayInShanghai(new Date()) },
      out: { type: 'string' },
      target: { type: 'string', default: 'local' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { scale: name, anchor, out, target } = values;
  if (!isScaleName(name)) {
    throw new CodedError('CONFIGURATION', `--scale is one of ${SCALE_NAMES.join(', ')}, not "${name}".`);
  }
  if (!isDay(anchor)) throw new CodedError('CONFIGURATION', `--anchor is a day as YYYY-MM-DD, not "${anchor}".`);
  if (target !== 'local' && target !== 'aws') {
    throw new CodedError('CONFIGURATION', `--target is local or aws, not "${target}".`);
  }
  const scale = SCALES[name];
  const settings = config();
  await withProgress(scale, async (onItem) => {
    if (out !== undefined) await writeNewExport(out, settings, scale, anchor, onItem);
    else if (target === 'aws') await writeInto(settings, scale, anchor, onItem);
    else await importInto(settings, scale, anchor, onItem);
  });
  const where = resolve(out ?? settings.dataDir);
  console.log(`Demo data of scale ${name}, as of ${anchor}: ${target === 'aws' ? settings.tables.parks : where}`);
}

type OnItem = (item: PrimaryKey) => void;

async function writeNewExport(folder: string, settings: Config, scale: Scale, anchor: string, onItem: OnItem) {
  if (existsSync(folder)) throw new CodedError('CONFIGURATION', `${folder} is there already: name a new folder.`);
  const persons = await sealedPersons(scale, new Date(), keyringOf(withMasterSecret(settings)));
  await writeExport(folder, settings.tables, scale, anchor, persons, onItem);
}

async function writeInto(settings: Config, scale: Scale, anchor: string, onItem: OnItem) {
  if (settings.mode === 'local' && settings.dynamodbEndpoint === undefined) {
    throw new CodedError('CONFIGURATION', 'Set BRIDGEHEAD_MODE=aws, STAGE and AWS_REGION, or DYNAMODB_ENDPOINT.');
  }
  const connection = connect(settings);
  const keyring = keyringOf(withMasterSecret(settings));
  await requireDataVersion(connection);
  // Nothing is migrated: this stamps empty tables with the data version.
  await migrate(connection, { keyring, now: new Date() });
  await loadDemoTables(connection, { scale, anchor, keyring, onItem }, STORES);
}

async function importInto({ dataDir, tables }: Config, scale: Scale, anchor: string, onItem: OnItem) {
  const lock = lockData(dataDir);
  try {
    if (await loadDemoData({ dataDir, tables, scale: scale.name, anchor, onItem })) return;
  } finally {
    lock.release();
  }
  throw new CodedError('CONFIGURATION', `${dataDir} holds data already: remove it, or set DATA_DIR to another folder.`);
}

/** Shows the progress in enterprises and cases, which make up nearly all items. */
async function withProgress(scale: Scale, work: (onItem: OnItem) => Promise<void>): Promise<void> {
  const enterprises = demoParks(scale).reduce((sum, park) => sum + park.enterprises, 0);
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {value}/{total} enterprises and cases | {eta_formatted}',
  });
  bar.start(enterprises + scale.cases, 0);
  try {
    await work((item) => {
      if (item.sk === 'ENTERPRISE' || item.sk === 'CASE') bar.increment();
    });
  } finally {
    bar.stop();
  }
}

await runOnTables(main);
