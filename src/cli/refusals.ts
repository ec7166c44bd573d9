import { readFileSync } from 'node:fs';
import { CodedError } from '../errors.ts';

/** The text of a file that a command was given. Throws CONFIGURATION where it can't be read. */
export function readText(file: string): string {
  return readBytes(file).toString('utf8');
}

/** What is in a file that a command was given. Throws CONFIGURATION where it can't be read. */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new CodedError('CONFIGURATION', `The file ${file} can't be read.`, { cause });
  }
}

/** What AWS's clients throw that the caller can put right, by name, and what to say of it where their message doesn't. */
const OF_THE_CALLER: ReadonlyMap<string, string | undefined> = new Map([
  [
    'ResourceNotFoundException',
    'A table is not there: STAGE, AWS_REGION and the variables of the tables (PARKS_TABLE and so on) say which are meant.',
  ],
  ['CredentialsProviderError', undefined],
]);

/** What a command says when it gives up: a sentence where the caller can put it right, else all that is known. */
export function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (OF_THE_CALLER.has(error.name)) return OF_THE_CALLER.get(error.name) ?? error.message;
  const isOfArguments = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
  return error instanceof CodedError || isOfArguments ? error.message : error;
}

/** Runs a command. A failure is told in a sentence on standard error, and the process ends with 1. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
