import { config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { rebuildTallies } from '../../storage/enterprises/published-figures/rebuild-tallies.ts';
import { rebuildWorkCounts } from '../../storage/talent/work-list/rebuild-work-counts.ts';
import { parseOptions } from '../parse-options.ts';
import { runOnTables } from '../stack/option.ts';
import { withTables } from './with-tables.ts';

const USAGE = `npm run rebuild-tallies

Counts all parks anew from the stored events of their enterprises: who is resident, and what was reported of each day. Days that
a park has published stay as they are: where they differ, it says so. Then
all lists of agencies from their entries: how much there is to do.
It works on the stack that --stack NAME names, on the tables that BRIDGEHEAD_MODE, STAGE, AWS_REGION and DYNAMODB_ENDPOINT name, else on the embedded database
in DATA_DIR, whether the system runs or not. Consumers of the stream may run beside it: they wait until it has ended.`;

async function main(): Promise<void> {
  parseOptions(USAGE, {});
  await withTables(config(), { owner: 'rebuild' }, async ({ open }) => {
    const { events, items, unsound, differences } = await rebuildTallies(open('enterprises'));
    console.log(`${events} events are counted anew, into ${items.length} items.`);
    for (const { parkId, on, published, computed } of differences) {
      console.log(
        `${parkId} ${on}: published are ${published}, counted ${computed}. The published day stays as it is.`,
      );
    }
    const { entries } = await rebuildWorkCounts(open('talent'));
    console.log(`${entries.length} entries of agencies' lists are counted anew.`);
    if (unsound.length > 0) {
      throw new CodedError('INTERNAL_SERVER_ERROR', `These events can't be counted: ${unsound.join(', ')}`);
    }
  });
}

await runOnTables(main);
