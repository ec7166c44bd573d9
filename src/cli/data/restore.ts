import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { config, configureFrom } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { readManifest } from '../../local/backup/manifest.ts';
import { restoreEmbedded } from '../../local/backup/restore-embedded.ts';
import { restoreTables } from '../../local/backup/restore-tables.ts';
import { DATA_VERSION } from '../../storage/migrations/migrations.ts';
import { parseNames, parsePath } from '../parse-options.ts';
import { parseMoment, restorePlan, restoreStack } from '../recovery/restore-stack.ts';
import { runCommand } from '../refusals.ts';
import { takeStack } from '../stack/option.ts';
import { readOutputs, variablesOf } from '../stack/outputs.ts';

const USAGE = `npm run restore -- FOLDER [--replace] [--erasures FILE]...
npm run restore -- --stack NAME --to INSTANT [--yes]

Puts a backup of "npm run backup" back. Every file is held against the manifest first. Data of an older version are
migrated, those of a newer one refused. Whoever was erased since the backup is erased again, and all read models are
rebuilt, before anything is served. Cut short, the same again completes it; until then nothing starts on the data.
  --replace   Gives up the data that DATA_DIR holds. Without it a folder with data is refused. Tables that
              DYNAMODB_ENDPOINT or BRIDGEHEAD_MODE name must be empty in any case.
  --erasures  Also applies this register of erasures: "erasures.jsonl" of another DATA_DIR or of a newer backup.
It restores into DATA_DIR while the system is stopped, or into the tables that BRIDGEHEAD_MODE, STAGE, AWS_REGION,
DYNAMODB_ENDPOINT and the variables of all six tables name. DATA_DIR must hold the master-key-secret of the machine that
was backed up.

With --stack it restores all tables of a stack on AWS to one moment by point-in-time recovery, into new tables, and
switches the stack to them. It prints what it will do, and does it with --yes. Cut short before the switch, the same
again goes on.
  --to        The moment, e.g. 2026-11-29T02:00:00Z: 35 days ago at the earliest, five minutes ago at the latest.
  --yes       Does it.
What the tables have seen since that moment is listed in DATA_DIR/later-than-<moment>.jsonl.`;

async function restoreBackup(): Promise<void> {
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
  report(from, erased, manifest.madeAt);
}

async function restoreOnAws(stack: string): Promise<void> {
  const { names, values } = parseNames(USAGE, { to: { type: 'string' }, yes: { type: 'boolean', default: false } });
  if (values.to === undefined || names.length > 0) throw new CodedError('CONFIGURATION', USAGE);
  const settings = configureFrom(variablesOf(stack, await readOutputs(stack, config().region)));
  const now = new Date();
  const at = parseMoment(values.to, now);
  mkdirSync(settings.dataDir, { recursive: true });
  const laterFile = join(settings.dataDir, `later-than-${at.toISOString().replaceAll(':', '')}.jsonl`);
  const restore = { stack, at, laterFile, now, onStep: (step: string) => console.error(`${step} …`) };
  for (const sentence of restorePlan(settings, restore)) console.log(sentence);
  if (!values.yes) {
    console.log('Nothing is done yet: --yes does it.');
    return;
  }
  const { from, erased } = await restoreStack(settings, restore);
  report(from, erased, at.toISOString());
}

function report(from: number, erased: number, moment: string): void {
  if (from !== DATA_VERSION) console.log(`Migrated from data version ${from} to ${DATA_VERSION}.`);
  if (erased > 0) console.log(`${erased} persons who were erased since are erased again.`);
  console.log(`The data are those of ${moment}.`);
}

await runCommand(async () => {
  const stack = takeStack(process.argv);
  await (stack === undefined ? restoreBackup() : restoreOnAws(stack));
});
