import { parseArgs } from 'node:util';
import { config } from '../config.ts';
import { MAX_REVEAL_QUOTA } from '../domain/access/reveal-quota.ts';
import { isIdOf } from '../domain/ids.ts';
import { CodedError } from '../errors.ts';
import { readRevealQuota, writeRevealQuota } from '../storage/talent/reveals/reveals.ts';
import { withTables } from './data/with-tables.ts';
import { runOnTables } from './stack/option.ts';

const USAGE = `npm run reveals -- quota --zone ZONE_ID [--claimed N] [--unclaimed N]

Of how many persons an officer of a zone may open whole values and documents on one day: in cases that the officer has
claimed, and outside of them. Without a number it shows the quota. What is set counts from the next reveal on.
It works on the stack that --stack NAME names, on the table that BRIDGEHEAD_MODE, STAGE, AWS_REGION, TALENT_TABLE and DYNAMODB_ENDPOINT name, else on the
embedded database in DATA_DIR, whether the system runs or not.`;

const TIMEOUT_MS = 30_000;

/** Parses the number of an option; undefined if the option is absent. */
function persons(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0 && count <= MAX_REVEAL_QUOTA) return count;
  throw new CodedError('CONFIGURATION', `${option} is a whole number of persons up to ${MAX_REVEAL_QUOTA}.`);
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      zone: { type: 'string' },
      claimed: { type: 'string' },
      unclaimed: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { zone = '' } = values;
  if (positionals.join() !== 'quota' || !isIdOf('zone', zone)) throw new CodedError('CONFIGURATION', USAGE);
  const claimed = persons('--claimed', values.claimed);
  const unclaimed = persons('--unclaimed', values.unclaimed);
  await withTables(config(), { owner: 'reveals', timeoutMs: TIMEOUT_MS }, async (tables) => {
    const table = tables.open('talent');
    const before = await readRevealQuota(table, zone);
    const quota = { claimed: claimed ?? before.claimed, unclaimed: unclaimed ?? before.unclaimed };
    if (claimed !== undefined || unclaimed !== undefined) await writeRevealQuota(table, zone, quota);
    console.log(
      `${zone}: ${quota.claimed} persons in claimed cases and ${quota.unclaimed} outside, a day and officer.`,
    );
  });
}

await runOnTables(main);
