import { readFileSync } from 'node:fs';
import { CodedError } from '../errors.ts';

/** Returns the text of a file that a command was given. Throws CONFIGURATION if it can't be read. */
export function readText(file: string): string {
  return readBytes(file).toString('utf8');
}

/** Returns the bytes of a file that a command was given. Throws CONFIGURATION if it can't be read. */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new CodedError('CONFIGURATION', `The file ${file} can't be read.`, { cause });
  }
}

/** Errors of AWS's clients that the caller can correct, by name, with a sentence if their message isn't one. */
const OF_THE_CALLER: ReadonlyMap<string, string | undefined> = new Map([
  [
    'ResourceNotFoundException',
    'A table is not there: STAGE, AWS_REGION and the variables of the tables (PARKS_TABLE and so on) say which are meant.',
  ],
  ['CredentialsProviderError', undefined],
]);

/** Explains a command's failure: a sentence if the caller can correct it, else the whole error. */
export function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (OF_THE_CALLER.has(error.name)) return OF_THE_CALLER.get(error.name) ?? error.message;
  const isOfArguments = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
  return error instanceof CodedError || isOfArguments ? error.message : error;
}

/** Runs a command. A failure is printed in a sentence on standard error, and the process exits with 1. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
