/** Sends rows to a mutation, and finds out which of them the server accepts. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { ImportTarget, InputRow, RowFault } from './input-rows.ts';
import { type GraphqlServer, postGraphql } from './post-graphql.ts';

/**
 * Lists whose rows are independent of each other: where some are refused, the others are accepted nevertheless. All
 * other lists are one record, e.g. the facilities of a park, which is written as a whole or not at all.
 */
const INDEPENDENT_ROWS: Readonly<Record<string, string>> = {
  importEnterprises: 'rows',
  reportOperations: 'reports',
};

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
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.object({ code: z.string() }).partial().optional(),
      }),
    )
    .optional(),
});
const userErrorsOf = z.array(
  z.object({ code: z.string(), field: z.array(z.string()).nullable(), message: z.string() }),
);
const payloadOf = z.object({
  userErrors: userErrorsOf,
  rows: z.array(z.object({ line: z.number(), userErrors: userErrorsOf })).nullish(),
});
type UserError = z.infer<typeof userErrorsOf>[number];

export interface Sending extends GraphqlServer {
  readonly target: ImportTarget;
  /** Fields that are the same in every command. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The key of idempotency keys, so that nobody can guess a row from one. */
  readonly secret: string;
}

/** A refused row, with all reasons. */
export interface RefusedRow {
  readonly row: InputRow;
  readonly faults: readonly RowFault[];
}

/** Returns whether the rows of a file are one record, which is accepted or refused as a whole. */
export const isOneRecord = ({ mutation, rows }: ImportTarget) => rows !== null && INDEPENDENT_ROWS[mutation] !== rows;

/**
 * Sends rows as one command. Independent rows of a refused command are sent again one by one: so each has a key and an
 * answer of its own, and a repeated import gets the same answers. Returns the refused rows.
 */
export async function sendRows(rows: readonly InputRow[], sending: Sending): Promise<RefusedRow[]> {
  const { target } = sending;
  const { errors, byLine } = await sendCommand(rows, sending);
  if (errors.length > 0 && rows.length > 1 && !isOneRecord(target)) {
    const refused: RefusedRow[] = [];
    for (const row of rows) refused.push(...(await sendRows([row], sending)));
    return refused;
  }
  const isNamed = rows.some((_, i) => errors.some((error) => isOfRow(error, target, i)));
  return rows.flatMap((row, i): RefusedRow[] => {
    const own = errors.filter((error) => !isNamed || isOfRow(error, target, i));
    const faults = [...own, ...(byLine.get(row.line) ?? [])].map((error) => faultOf(error, target));
    if (faults.length > 0) return [{ row, faults }];
    return errors.length > 0 ? [heldBack(row)] : [];
  });
}

/**
 * Commands of one request, as the gateway allows root fields. Each has its alias and its key. A server carries them out
 * one after the other.
 */
export const COMMANDS_A_REQUEST = 20;
/** Characters of one request's input, far below the gateway's limit of bytes. */
const MAX_INPUT_CHARACTERS = 100_000;

/**
 * Sends rows as commands of their own, several in one request. From the first command on that did not come to an answer,
 * they are sent again one by one: a command that was carried out has the same answer. Returns the refused rows.
 */
export async function sendCommands(rows: readonly InputRow[], sending: Sending): Promise<RefusedRow[]> {
  const inputs = rows.map((row) => inputOf([row], sending));
  const isLarge = JSON.stringify(inputs).length > MAX_INPUT_CHARACTERS;
  const answered = rows.length === 1 || isLarge ? [] : await answersTo(inputs, sending);
  const refused = answered.flatMap((errors, i): RefusedRow[] => {
    const row = rows[i];
    const faults = errors.map((error) => faultOf(error, sending.target));
    return row && faults.length > 0 ? [{ row, faults }] : [];
  });
  for (const row of rows.slice(answered.length)) refused.push(...(await sendRows([row], sending)));
  return refused;
}

/** Sends commands in one request. Returns the errors of each, up to the first command without an answer. */
async function answersTo(inputs: readonly object[], sending: Sending): Promise<readonly (readonly UserError[])[]> {
  const { mutation, inputType } = sending.target;
  const parameters = inputs.map((_, i) => `$i${i}: ${inputType.name}!`).join(', ');
  const fields = inputs.map((_, i) => `m${i}: ${mutation}(input: $i${i}) { userErrors { code field message } }`);
  const query = `mutation (${parameters}) { ${fields.join(' ')} }`;
  const variables = Object.fromEntries(inputs.map((input, i) => [`i${i}`, input]));
  const { data, errors = [] } = await postGraphql(sending, { query, variables }, answerOf);
  const failed = new Set(errors.map(({ path }) => path?.[0]));
  const answers: (readonly UserError[])[] = [];
  for (const i of inputs.keys()) {
    const payload = payloadOf.safeParse(data?.[`m${i}`]);
    if (!payload.success || failed.has(`m${i}`)) break;
    answers.push(payload.data.userErrors);
  }
  return answers;
}

/** Returns a row that is refused because another row of the same record is. */
export const heldBack = (row: InputRow): RefusedRow => ({
  row,
  faults: [{ column: null, message: 'The rows are one record, and another row of it is refused.' }],
});

/** Returns whether an error is of one row of a command: its path begins with the list and the row's index. */
function isOfRow({ field }: UserError, { rows: list }: ImportTarget, i: number): boolean {
  return list === null || (field !== null && field[0] === list && field[1] === String(i));
}

/** Returns an error without the path to its row. */
function faultOf({ code, field, message }: UserError, { rows: list }: ImportTarget): RowFault {
  const path = list !== null && field?.[0] === list ? field.slice(2) : (field ?? []);
  return { column: path.length === 0 ? null : path.join('.'), message: `${message} (${code})` };
}

interface Answered {
  readonly errors: readonly UserError[];
  /** Errors of single rows, by line, of a payload that has them. */
  readonly byLine: ReadonlyMap<number, readonly UserError[]>;
}

/** Sends one command, again while its answer allows it. */
async function sendCommand(rows: readonly InputRow[], sending: Sending): Promise<Answered> {
  const { mutation, inputType, hasRowResults } = sending.target;
  const input = inputOf(rows, sending);
  const errors = 'userErrors { code field message }';
  const fields = hasRowResults ? `rows { line ${errors} } ${errors}` : errors;
  const query = `mutation ($input: ${inputType.name}!) { ${mutation}(input: $input) { ${fields} } }`;
  for (let tries = 1; ; tries++) {
    const { data, errors: failed = [] } = await postGraphql(sending, { query, variables: { input } }, answerOf);
    const codes = failed.map(({ extensions }) => extensions?.code ?? '');
    if (failed.length === 0) {
      const payload = payloadOf.safeParse(data?.[mutation]);
      if (!payload.success) return wholly([{ code: 'NO_PAYLOAD', field: null, message: 'The answer has no payload.' }]);
      const { userErrors, rows: results } = payload.data;
      return { errors: userErrors, byLine: new Map(results?.map((one) => [one.line, one.userErrors])) };
    }
    if (tries === MAX_TRIES || !codes.every((code) => RETRIED.includes(code))) {
      return wholly(failed.map(({ message }, i) => ({ code: codes[i] ?? '', field: null, message })));
    }
    await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1));
  }
}

const wholly = (errors: readonly UserError[]): Answered => ({ errors, byLine: new Map() });

/** Returns the input of a command with its idempotency key. */
function inputOf(rows: readonly InputRow[], { target: { mutation, rows: list }, given, secret }: Sending) {
  const values = rows.map(({ value }) => value);
  const said = list === null ? { ...given, ...values[0] } : { ...given, [list]: values };
  return { idempotencyKey: keyOf(mutation, said, secret), ...said };
}

/** Returns a command's idempotency key, made of all that it says, so that a repetition is recognized. */
function keyOf(mutation: string, said: object, secret: string): string {
  return `import-${createHmac('sha256', secret)
    .update(JSON.stringify([mutation, said]))
    .digest('base64url')}`;
}
