import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { buildSchema } from 'graphql';
import Papa from 'papaparse';
import { config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { localSecret } from '../local/local-secret.ts';
import { withEnterpriseIds } from './imports/enterprise-codes.ts';
import {
  faultsOfRow,
  type InputFile,
  type InputRow,
  importTarget,
  NOTE_MARK,
  type RowFault,
  readInputFile,
} from './imports/input-rows.ts';
import { requireValidation } from './imports/post-graphql.ts';
import {
  COMMANDS_A_REQUEST,
  heldBack,
  isOneRecord,
  type RefusedRow,
  type Sending,
  sendCommands,
  sendRows,
} from './imports/send-rows.ts';
import { readBytes, runCommand } from './refusals.ts';

const USAGE = `npm run import -- MUTATION FILE [--rows FIELD [--size N]] [--set FIELD=VALUE]… [--dry-run] [--refused FILE] [--url URL]

Sends the rows of a CSV or JSONL file to a mutation of the public API, and says of each refused row why: its line, its
column and the server's reason. A CSV's first line names the input's fields, nested ones as name.zh. A field of an
enterprise's id may have its unified social credit code. The same file again changes nothing, so an import that was cut
short is simply begun anew.
  --rows     The list in the input whose items the rows are, e.g. reports. Reports and enterprises go --size at once (25),
             and a refused one keeps no other back. Any other list is one record, accepted or refused as a whole.
  --set      A field that is the same in every command.
  --dry-run  The server judges the rows by its rules and writes nothing. Each is judged by what is stored now: a row that
             needs another one of the same file is refused.
  --refused  Where refused rows are written, with reasons, to be mended and sent again: FILE.refused.csv or .jsonl.
  --url      The gateway's, http://localhost:4000/graphql where nothing is said.
  BRIDGEHEAD_TOKEN holds the caller's token: BRIDGEHEAD_TOKEN=$(npm run --silent token -- --as admin).
  DATA_DIR has the key of the commands' idempotency keys, import-secret: keep it to begin an import anew.
Ends with 0 where all rows are accepted, else with 1.`;

/** The column, or member, of a refused row with its reasons. */
const REASON = `${NOTE_MARK}reason`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: 'string' },
      size: { type: 'string', default: '25' },
      set: { type: 'string', multiple: true, default: [] },
      'dry-run': { type: 'boolean', default: false },
      refused: { type: 'string' },
      url: { type: 'string', default: 'http://localhost:4000/graphql' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [mutation, file] = positionals;
  const size = Number(values.size);
  if (!mutation || !file || !Number.isInteger(size) || size < 1) throw new CodedError('CONFIGURATION', USAGE);
  const settings = config();
  const schema = buildSchema(readFileSync(join(settings.schemaDir, 'api.graphql'), 'utf8'));
  const target = importTarget(schema, mutation, values.rows ?? null);
  const read = readInputFile(file, readBytes(file), target.rowType);
  const isDryRun = values['dry-run'];
  mkdirSync(settings.dataDir, { recursive: true });
  const given = Object.fromEntries(values.set.map(assignment));
  const secret = localSecret(settings.dataDir, 'import-secret');
  const server = { url: values.url, token: settings.token, validatesOnly: isDryRun };
  if (isDryRun) await requireValidation(server);
  const sending: Sending = { ...server, target, given, secret };
  const refused = await importRows(read.rows, { sending, size });
  for (const { row, faults } of refused) console.log(`Line ${row.line} refused: ${faults.map(textOf).join(' ')}`);
  writeRefused(values.refused ?? `${file}.refused.${read.columns === null ? 'jsonl' : 'csv'}`, read, refused);
  const accepted = read.rows.length - refused.length;
  console.log(`${accepted} ${isDryRun ? 'would be accepted' : 'accepted'}, ${refused.length} refused.`);
  if (refused.length > 0) process.exitCode = 1;
}

const textOf = ({ column, message }: RowFault) => (column === null ? message : `${column}: ${message}`);

/** Reads `field=value`; the value may be JSON. */
function assignment(text: string): readonly [string, unknown] {
  const cut = text.indexOf('=');
  if (cut < 1) throw new CodedError('CONFIGURATION', `--set is FIELD=VALUE, not "${text}".`);
  const value = text.slice(cut + 1);
  return [text.slice(0, cut), /^[[{]/.test(value) ? JSON.parse(value) : value];
}

interface ImportOptions {
  readonly sending: Sending;
  /** Independent rows of one command. */
  readonly size: number;
}

/** Sends all rows, and shows in a terminal how many are done. Returns the refused ones, in the order of their lines. */
async function importRows(rows: readonly InputRow[], { sending, size }: ImportOptions): Promise<RefusedRow[]> {
  const { target, given } = sending;
  const before = target.rows === null ? { ...given, idempotencyKey: 'a key that is made of the row' } : {};
  const unfit = rows.flatMap((row): RefusedRow[] => {
    const faults = faultsOfRow(row, target.rowType, before);
    return faults.length === 0 ? [] : [{ row, faults }];
  });
  const gone = new Set(unfit.map(({ row }) => row));
  const fit = rows.filter((row) => !gone.has(row));
  const refused = [...unfit];
  const isHeldBack = isOneRecord(target) && unfit.length > 0;
  if (isHeldBack) refused.push(...fit.map(heldBack));
  if (isHeldBack) return inOrder(refused);
  const byId = await withEnterpriseIds(fit, target.rowType, sending);
  refused.push(...byId.refused);
  if (isOneRecord(target) && byId.refused.length > 0) return inOrder([...refused, ...byId.rows.map(heldBack)]);
  const sent = byId.rows;
  const bar = new SingleBar({ format: '{bar} {value} of {total} rows | {eta_formatted}' });
  bar.start(sent.length, 0);
  const isEachOne = target.rows === null;
  const step = isEachOne ? COMMANDS_A_REQUEST : isOneRecord(target) ? Math.max(1, sent.length) : size;
  for (let from = 0; from < sent.length; from += step) {
    const some = sent.slice(from, from + step);
    refused.push(...(await (isEachOne ? sendCommands : sendRows)(some, sending)));
    bar.increment(some.length);
  }
  bar.stop();
  return inOrder(refused);
}

const inOrder = (refused: readonly RefusedRow[]) => refused.toSorted((a, b) => a.row.line - b.row.line);

/** Writes refused rows as the file has them, with their reasons; deletes the file of an earlier import without any. */
function writeRefused(file: string, { columns }: InputFile, refused: readonly RefusedRow[]): void {
  if (refused.length === 0) {
    rmSync(file, { force: true });
    return;
  }
  const reasonOf = ({ faults }: RefusedRow) => faults.map(textOf).join(' ');
  const lines =
    columns === null
      ? refused.map((one) => JSON.stringify({ ...JSON.parse(String(one.row.source)), [REASON]: reasonOf(one) }))
      : Papa.unparse([
          withReason(columns, columns, REASON),
          ...refused.map((one) => withReason(columns, one.row.source, reasonOf(one))),
        ]).split('\r\n');
  writeFileSync(file, `${lines.join('\n')}\n`);
  console.log(`Mend the refused rows in ${file}, and send that file.`);
}

/** Returns the cells of a row with its reason last, instead of an earlier one. */
function withReason(columns: readonly string[], cells: readonly string[] | string, reason: string): string[] {
  return [...columns.flatMap((name, i) => (name === REASON ? [] : [cells[i] ?? ''])), reason];
}

await runCommand(main);
