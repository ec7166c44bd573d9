import { parseArgs } from 'node:util';
import { type Config, config } from '../config.ts';
import { looksKeptSince } from '../domain/look.ts';
import { CodedError } from '../errors.ts';
import { withDatabase } from '../local/with-database.ts';
import { openAnchors, openSigner, openVerifier } from '../storage/access-log/open.ts';
import { connect, openTable } from '../storage/connection.ts';
import type { Table } from '../storage/table.ts';
import { cutChains } from '../storage/talent/cut-chains.ts';
import { signChains } from '../storage/talent/sign-chains.ts';
import { verifyChains } from '../storage/talent/verify-chains.ts';
import { explain } from './refusals.ts';

const USAGE = `npm run audit -- verify [--person PERSON]
npm run audit -- sign
npm run audit -- cut

Who looked at whose data.
  verify  Checks every chain, or that of one person, against itself, the signatures and the anchors, and names the first
          broken link of each. Ends with 1 where there is one.
  sign    Signs and anchors where the chains end, as the schedule does every day.
  cut     Takes away what is older than three years, up to the signed checkpoints, as the schedule does every hour.
It works on the table, key and bucket that BRIDGEHEAD_MODE, STAGE, AWS_REGION, TALENT_TABLE, ACCESS_LOG_KEY,
ACCESS_LOG_BUCKET and DYNAMODB_ENDPOINT name, else on those in DATA_DIR, whether the system runs or not.`;

type Command = (table: Table, settings: Config, person: string | null, now: Date) => Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = {
  async verify(table, settings, person) {
    const [verifier, anchors] = await Promise.all([openVerifier(settings), openAnchors(settings)]);
    const { faults, ...checked } = await verifyChains(table, { verifier, anchors, person });
    for (const fault of faults) console.log(fault);
    const counts = `${checked.chains} chains, ${checked.entries} entries and ${checked.anchors} anchors are checked`;
    console.log(faults.length === 0 ? `${counts}: all are whole.` : `${counts}: ${faults.length} faults.`);
    if (faults.length > 0) process.exitCode = 1;
  },
  async sign(table, settings, _, now) {
    const [signer, anchors] = await Promise.all([openSigner(settings), openAnchors(settings)]);
    const { signed, refused, cuttable } = await signChains(table, {
      signer,
      anchors,
      now,
      keptSince: looksKeptSince(now),
    });
    console.log(`${signed} chains are signed and anchored; ${cuttable} can be cut.`);
    for (const chain of refused) console.log(`Chain ${chain} has lost what was signed of it: it is not signed anew.`);
    if (refused.length > 0) process.exitCode = 1;
  },
  async cut(table, settings, _, now) {
    console.log(`${await cutChains(table, await openVerifier(settings), looksKeptSince(now))} entries are cut.`);
  },
};

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { person: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [name = ''] = positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new CodedError('CONFIGURATION', USAGE);
  await withDatabase(config(), async (settings) => {
    const connection = connect(settings);
    const forever = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal, owner: 'audit' };
    await command(openTable(connection, 'talent', forever), settings, values.person ?? null, new Date());
    connection.dynamo.destroy();
  });
}

try {
  await main();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
