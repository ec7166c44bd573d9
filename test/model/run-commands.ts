import fc from 'fast-check';
import { parseNames } from '../../src/cli/parse-options.ts';

const COMMANDS_A_RUN = 50;

/** A model of commands, and the second reading that it is held to. */
interface Model<Command, Tally extends { readonly commands: number }> {
  readonly usage: string;
  readonly commands: fc.Arbitrary<readonly Command[]>;
  readonly tally: Tally;
  /** Throws where both differ. */
  compare(commands: readonly Command[], tally: Tally): void;
}

/** Runs as many random commands as the options say, and prints the tally and the smallest case that differs. */
export function runCommands<Command, Tally extends { readonly commands: number }>({
  usage,
  commands,
  tally,
  compare,
}: Model<Command, Tally>): void {
  const { values } = parseNames(usage, {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  });
  const [count, seed] = [Number(values.count), Number(values.seed)];
  const started = performance.now();
  try {
    fc.assert(
      fc.property(commands, (list) => compare(list, tally)),
      { numRuns: Math.ceil(count / COMMANDS_A_RUN), seed },
    );
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
  console.log(`${tally.commands} commands, seed ${seed}, ${Math.round((performance.now() - started) / 1_000)} s`);
  console.table(tally);
}
