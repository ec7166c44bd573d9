import { type ParseArgsConfig, parseArgs } from 'node:util';
import { explain } from './refusals.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/**
 * The options of a command that runs as it is read. Where `--help` is one of them it ends, once its usage is told; where one
 * is none of its own, once that is said in a sentence.
 */
export function toldOptions<T extends Options>(usage: string, options: T): Values<T> {
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
