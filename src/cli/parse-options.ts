import { type ParseArgsConfig, parseArgs } from 'node:util';
import { explain } from './refusals.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/**
 * Parses a command's options. Prints the usage and exits for `--help`; explains an unknown option in a sentence and
 * exits.
 */
export function parseOptions<T extends Options>(usage: string, options: T): Values<T> {
  if (process.argv.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(explain(error));
    process.exit(2);
  }
}
