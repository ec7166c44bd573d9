import { parseArgs } from 'node:util';
import { type Config, config } from '../config.ts';
import { accessLogKeptSince } from '../domain/access-log/entry.ts';
import { CodedError } from '../errors.ts';
import { openAnchors, openSigner, openVerifier } from '../storage/access-log/open.ts';
import type { Table } from '../storage/dynamodb/table.ts';
import { batchWaiting } from '../storage/talent/access-log/batch-waiting.ts';
import { cutAccessLog } from '../storage/talent/access-log/cut.ts';
import { proveAccessLog } from '../storage/talent/access-log/prove.ts';
import { sealAccessLog } from '../storage/talent/access-log/seal.ts';
import { verifyAccessLog } from '../storage/talent/access-log/verify.ts';
import { withTables } from './data/with-tables.ts';
import { runOnTables } from './stack/option.ts';

const USAGE = `npm run access-log -- verify [--person PERSON]
npm run access-log -- prove --person PERSON
npm run access-log -- seal
npm run access-log -- cut

The access log: who was shown whose data.
  verify  Checks everybody's log, or that of one person, against the batches, the register and the anchors, and names what
          was done where something doesn't hold. Ends with 1 then.
  prove   Prints a proof of each entry of a person's log, a line of JSON each: it holds nobody else's data.
  seal    Batches what waits, registers, signs and anchors, as the schedule does every two minutes.
  cut     Deletes what is older than three years, up to the signed cuts, as the schedule does every hour.
It works on the stack that --stack NAME names, on the table, key and bucket that BRIDGEHEAD_MODE, STAGE, AWS_REGION, TALENT_TABLE, ACCESS_LOG_KEY,
ACCESS_LOG_BUCKET and DYNAMODB_ENDPOINT name, else on those in DATA_DIR, whether the system runs or not.`;

type Command = (table: Table, settings: Config, person: string | null, now: Date) => Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = {
  async verify(table, settings, person) {
    const [verifier, anchors] = await Promise.all([openVerifier(settings), openAnchors(settings)]);
    const { faults, ...checked } = await verifyAccessLog(table, { verifier, anchors, person });
    for (const fault of faults) console.log(fault);
    const { logs, parts, batches } = checked;
    const counts = `${logs} logs, ${parts} entries of persons, ${batches} batches and ${checked.anchors} anchors are checked`;
    console.log(faults.length === 0 ? `${counts}: all are whole.` : `${counts}: ${faults.length} faults.`);
    if (faults.length > 0) process.exitCode = 1;
  },
  async prove(table, settings, person) {
    if (person === null) throw new CodedError('CONFIGURATION', USAGE);
    const proofs = await proveAccessLog(table, await openAnchors(settings), person);
    for (const proof of proofs) console.log(JSON.stringify(proof));
  },
  async seal(table, settings, _, now) {
    const { batched } = await batchWaiting(table, null);
    const [signer, anchors] = await Promise.all([openSigner(settings), openAnchors(settings)]);
    const keptSince = accessLogKeptSince(now);
    const { registered, refused, isAnchored, cuttable } = await sealAccessLog(table, {
      signer,
      anchors,
      now,
      keptSince,
    });
    console.log(`${batched} entries are batched and ${registered} batches registered; ${cuttable} lanes can be cut.`);
    console.log(
      isAnchored ? 'The heads of the lanes are signed and anchored.' : 'Nothing has changed since the last anchor.',
    );
    for (const lane of refused) console.log(`Lane ${lane} lacks registered entries, so it is neither signed nor cut.`);
    if (refused.length > 0) process.exitCode = 1;
  },
  async cut(table, settings) {
    console.log(`${await cutAccessLog(table, await openVerifier(settings))} entries are cut.`);
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
  await withTables(config(), { owner: 'access-log' }, ({ open, settings }) =>
    command(open('talent'), settings, values.person ?? null, new Date()),
  );
}

await runOnTables(main);
