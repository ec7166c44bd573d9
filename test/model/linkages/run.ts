/** `npm run model -- linkages`: random commands on agreements, coverages and recognitions, against the second reading. */
import { runCommands } from '../run-commands.ts';
import { commands, compareLinkages, newLinkagesTally } from './compare-linkages.ts';

const USAGE = `npm run model -- linkages [--count 100000] [--seed N]

Random commands on agreements, coverages and recognitions between four zones, on random days: what is accepted, the
agreements, their terms of past days, where policies apply and what counts, against a second reading. Ends with 1 where one differs, and prints the smallest case.`;

runCommands({ usage: USAGE, commands, tally: newLinkagesTally(), compare: compareLinkages });
