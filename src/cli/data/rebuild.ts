import { config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { READ_MODELS } from '../../storage/read-models/read-models.ts';
import { parseNames } from '../parse-options.ts';
import { runOnTables } from '../stack/option.ts';
import { progressBar } from './progress-bar.ts';
import { withTables } from './with-tables.ts';

const USAGE = `npm run rebuild -- NAME... | all

Computes read models anew from the items that they follow from, corrects what differs, and says how much it was:
${READ_MODELS.map(({ name, title }) => `  ${name.padEnd(18)} ${title}`).join('\n')}
It reads whole tables. Consumers of the streams and requests may run beside it. Cut short, the same
again goes on with the page where it stopped. In a terminal it shows the items read.
It works on the stack that --stack NAME names, on the tables that BRIDGEHEAD_MODE, STAGE, AWS_REGION, DYNAMODB_ENDPOINT and the variables of the tables name,
else on the embedded database in DATA_DIR, whether the system runs or not.`;

async function main(): Promise<void> {
  const { names } = parseNames(USAGE, { help: { type: 'boolean' } });
  const known = [...READ_MODELS.map(({ name }) => name), 'all'];
  const unknown = names.filter((name) => !known.includes(name));
  if (names.length === 0 || unknown.length > 0) throw new CodedError('CONFIGURATION', USAGE);
  const chosen = READ_MODELS.filter(({ name }) => names.includes(name) || names.includes('all'));
  await withTables(config(), { owner: 'rebuild' }, async ({ open, settings }) => {
    const progress = await progressBar(settings);
    for (const model of chosen) {
      progress.start();
      const { items, differences } = await model.rebuild(open, { onRead: progress.add });
      progress.stop();
      console.log(`${model.name}: ${differences.length} of ${items} items differed.`);
    }
  });
}

await runOnTables(main);
