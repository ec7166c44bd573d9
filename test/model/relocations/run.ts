/** `npm run model -- relocations`: random commands on relocations and moves, against the second reading. */
import { runCommands } from '../run-commands.ts';
import { commands, compareRelocations, newRelocationsTally } from './compare-relocations.ts';

const USAGE = `npm run model -- relocations [--count 100000] [--seed N]

Random commands of three zones and a firm on relocations and moves: what is accepted, what both zones agree on, where the
firm is at home, and which relocation has the move, against a second reading. Ends with 1 where one differs, and prints the
smallest case.`;

runCommands({ usage: USAGE, commands, tally: newRelocationsTally(), compare: compareRelocations });
