import { config } from '../../config.ts';
import { verifyData } from '../../storage/verification/verify-data.ts';
import { parseOptions } from '../parse-options.ts';
import { runOnTables } from '../stack/option.ts';
import { withTables } from './with-tables.ts';

const USAGE = `npm run verify-data

Verifies all data and changes nothing: that every item that another one names is there, that each case has as many events
as its version says, and that every read model equals a rebuild. Says what holds and what doesn't, and exits with 1 where
something doesn't. What a running system is about to bring up to date is looked at twice.
It works on the stack that --stack NAME names, on the tables that BRIDGEHEAD_MODE, STAGE, AWS_REGION, DYNAMODB_ENDPOINT and the variables of all six tables
name, else on the embedded database in DATA_DIR, whether the system runs or not.`;

/** Streams are followed within a second, unless they are behind. */
const SECOND_LOOK_MS = 3_000;

async function main(): Promise<void> {
  parseOptions(USAGE, { help: { type: 'boolean' } });
  await withTables(config(), { owner: 'verify-data' }, async ({ open }) => {
    const { findings, faults } = await verifyData(open, { secondLookMs: SECOND_LOOK_MS });
    for (const finding of findings) console.log(finding);
    for (const fault of faults) console.error(fault);
    if (faults.length > 0) process.exitCode = 1;
    else console.log('All data are sound.');
  });
}

await runOnTables(main);
