import { type ParseArgsConfig, parseArgs } from 'node:util';
import { explain } from './refusals.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/**
 * Parses a command's options. Prints the usage and exits for `--help`; explains an unknown option in a sentence and
 * exits.
 */
export function parseOptions<T extends Options>(usage: string, options: T): Values<T> {
  return told(usage, () => parseArgs({ options }).values);
}

/** Parses the options of a command that takes one file or folder. Prints the usage and exits unless there is exactly one. */
export function parsePath<T extends Options>(usage: string, options: T): { path: string; values: Values<T> } {
  const { positionals, values } = told(usage, () => parseArgs({ options, allowPositionals: true }));
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) {
    console.error(usage);
    process.exit(2);
  }
  return { path, values };
}

/** Parses the options and names of a command that takes any number of names. */
export function parseNames<T extends Options>(usage: string, options: T): { names: string[]; values: Values<T> } {
  const { positionals, values } = told(usage, () => parseArgs({ options, allowPositionals: true }));
  return { names: positionals, values };
}

function told<Parsed>(usage: string, parse: () => Parsed): Parsed {
  if (process.argv.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parse();
  } catch (error) {
    console.error(explain(error));
    process.exit(2);
  }
}
