import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CodedError } from '../../errors.ts';
import { runCommand } from '../refusals.ts';
import { MASTER_KEYS_FILE, masterKeysText, readZones, withZone, ZONES_FILE, zonesText } from './master-keys.ts';

const USAGE = `npm run zones -- list
npm run zones -- add ZONE_ID

The zones whose persons' keys the stack on AWS wraps by a KMS key of their own: infra/zones.yml.
  add  Adds a zone and its key, and writes infra/master-keys.yml and infra/roles.yml. The next deployment makes the key.
       Commit the files. The zone itself is published by publishZone.`;

const ROOT = join(import.meta.dirname, '../../..');

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  const [name, zone, ...others] = positionals;
  if (name === 'list' && zone === undefined) return console.log(readZones().join('\n'));
  if (name !== 'add' || zone === undefined || others.length > 0) throw new CodedError('CONFIGURATION', USAGE);
  const zones = withZone(readZones(), zone);
  writeFileSync(ZONES_FILE, zonesText(zones));
  writeFileSync(MASTER_KEYS_FILE, masterKeysText(zones));
  const { status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'test/rights/run.ts'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) throw new CodedError('CONFIGURATION', 'The roles were not written: run npm run rights.');
  console.log(`${zone} has a key from the next deployment on.`);
}

await runCommand(main);
