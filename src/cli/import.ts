import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildSchema } from 'graphql';
import * as z from 'zod';
import { config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { faultsOfInput, type ImportTarget, type InputRow, importTarget, readInputRows } from './imports/input-rows.ts';
import { readBytes, runCommand } from './refusals.ts';

const USAGE = `npm run import -- MUTATION FILE [--rows FIELD [--size N]] [--set FIELD=VALUE]… [--dry-run] [--url URL]

Sends the rows of a CSV or JSONL file to a mutation of the public API, one command a row, and says of each refused row why.
A CSV's first line names the input's fields, nested ones as name.zh. The same file again changes nothing, so an import
that was cut short is simply begun anew.
  --rows     The list in the input whose items the rows are, e.g. reports; --size of them are one command (25).
  --set      A field that is the same in every command.
  --dry-run  Only checks the rows against the schema and sends nothing.
  --url      The gateway's, http://localhost:4000/graphql where nothing is said.
  BRIDGEHEAD_TOKEN holds the caller's token: BRIDGEHEAD_TOKEN=$(npm run --silent token -- --as admin).
Ends with 0 where all rows are accepted, else with 1.`;

/** How often a command is sent in all, where its answer says that it may be sent again. */
const MAX_TRIES = 6;
const FIRST_PAUSE_MS = 250;

/** Answers after which the same command may succeed: each has its idempotency key. */
const RETRIED: readonly string[] = [
  'STORE_UNAVAILABLE',
  'OVERLOADED',
  'THROTTLED',
  'CONFLICT',
  'DEADLINE_EXCEEDED',
  'OUTCOME_UNKNOWN',
  'IDENTITY_UNAVAILABLE',
];

const answerOf = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }))
    .optional(),
});
const payloadOf = z.object({
  userErrors: z.array(z.object({ code: z.string(), field: z.array(z.string()).nullable(), message: z.string() })),
});

/** One command: its input, and the lines of the file that it comes from. */
interface Command {
  readonly lines: readonly number[];
  readonly input: Readonly<Record<string, unknown>>;
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: 'string' },
      size: { type: 'string', default: '25' },
      set: { type: 'string', multiple: true, default: [] },
      'dry-run': { type: 'boolean', default: false },
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
  const schema = buildSchema(readFileSync(join(config().schemaDir, 'api.graphql'), 'utf8'));
  const rows = values.rows ?? null;
  const target = importTarget(schema, mutation, rows);
  const read = readInputRows(file, readBytes(file), target.rowType);
  const commands = commandsOf(target, read, { rows, size, set: values.set.map(assignment) });
  let accepted = 0;
  let refused = 0;
  for (const { lines, input } of commands) {
    const faults = faultsOfInput(input, target.inputType);
    const reasons = faults.length > 0 || values['dry-run'] ? faults : await send(target, input, values.url);
    if (reasons.length === 0) accepted += lines.length;
    else {
      refused += lines.length;
      console.log(`${linesText(lines)} refused: ${reasons.join(' ')}`);
    }
  }
  console.log(`${accepted} ${values['dry-run'] ? 'fit the schema' : 'accepted'}, ${refused} refused.`);
  if (refused > 0) process.exitCode = 1;
}

const linesText = (lines: readonly number[]) =>
  lines.length === 1 ? `Line ${lines[0]}` : `Lines ${lines[0]} to ${lines.at(-1)}`;

/** Reads `field=value`; the value may be JSON. */
function assignment(text: string): readonly [string, unknown] {
  const cut = text.indexOf('=');
  if (cut < 1) throw new CodedError('CONFIGURATION', `--set is FIELD=VALUE, not "${text}".`);
  const value = text.slice(cut + 1);
  return [text.slice(0, cut), /^[[{]/.test(value) ? JSON.parse(value) : value];
}

interface Division {
  readonly rows: string | null;
  readonly size: number;
  readonly set: readonly (readonly [string, unknown])[];
}

/** Divides the rows into commands. A command's key is made of all that it says, so that a repetition is recognized. */
function commandsOf({ mutation }: ImportTarget, read: readonly InputRow[], { rows, size, set }: Division): Command[] {
  const step = rows === null ? 1 : size;
  const fixed = Object.fromEntries(set);
  return Array.from({ length: Math.ceil(read.length / step) }, (_, i) => {
    const part = read.slice(i * step, (i + 1) * step);
    const values = part.map(({ value }) => value);
    const said = rows === null ? { ...fixed, ...values[0] } : { ...fixed, [rows]: values };
    const hash = createHash('sha256')
      .update(JSON.stringify([mutation, said]))
      .digest('base64url');
    return { lines: part.map(({ line }) => line), input: { idempotencyKey: `import-${hash}`, ...said } };
  });
}

/** Sends one command, again while its answer allows it. Returns why it is refused; nothing where it is accepted. */
async function send({ mutation, inputType }: ImportTarget, input: object, url: string): Promise<string[]> {
  const query = `mutation ($input: ${inputType.name}!) { ${mutation}(input: $input) { userErrors { code field message } } }`;
  for (let tries = 1; ; tries++) {
    const { data, errors = [] } = await post(url, { query, variables: { input } });
    const codes = errors.map(({ extensions }) => extensions?.code ?? '');
    if (errors.length === 0) {
      const payload = payloadOf.safeParse(data?.[mutation]);
      if (!payload.success) return ['The answer has no payload.'];
      return payload.data.userErrors.map(({ field, message }) => (field ? `${field.join('.')}: ${message}` : message));
    }
    if (tries === MAX_TRIES || !codes.every((code) => RETRIED.includes(code))) {
      return errors.map(({ message }, i) => `${codes[i]}: ${message}`);
    }
    await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1));
  }
}

async function post(url: string, body: object) {
  const { token } = config();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  }).catch((cause) => {
    throw new CodedError('CONFIGURATION', `No server answers at ${url}.`, { cause });
  });
  const said = answerOf.safeParse(await response.json().catch(() => undefined));
  if (!said.success) throw new CodedError('CONFIGURATION', `The server at ${url} does not answer GraphQL.`);
  return said.data;
}

await runCommand(main);
