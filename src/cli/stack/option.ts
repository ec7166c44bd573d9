import { config, configureFrom } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { runCommand } from '../refusals.ts';
import { readOutputs, variablesOf } from './outputs.ts';

/**
 * Runs a command that works on tables. With `--stack NAME` it works on those of a stack on AWS, whose outputs take the
 * place of the environment's variables.
 */
export async function runOnTables(main: () => Promise<void>): Promise<void> {
  await runCommand(async () => {
    const stack = takeStack(process.argv);
    if (stack !== undefined) configureFrom(variablesOf(stack, await readOutputs(stack, config().region)));
    await main();
  });
}

/** Takes `--stack NAME` out of a command line. Returns the name; undefined where there is none. */
export function takeStack(line: string[]): string | undefined {
  const at = line.findIndex((word) => word === '--stack' || word.startsWith('--stack='));
  if (at === -1) return undefined;
  const [word = '', next] = line.slice(at, at + 2);
  const isOneWord = word !== '--stack';
  const name = isOneWord ? word.slice('--stack='.length) : next;
  if (!name || name.startsWith('-')) throw new CodedError('CONFIGURATION', '--stack needs the name of a stack.');
  line.splice(at, isOneWord ? 1 : 2);
  return name;
}
