/** `npm run model -- ledger`: random commands on ledgers of benefit sharing, against the second reading. */
import { parseNames } from '../../../src/cli/parse-options.ts';
import { newLedgerTally, runLedgers } from './agree.ts';

const USAGE = `npm run model -- ledger [--count 100000] [--seed N]

Random commands by random zones on random accounts, some of them signed by another key: what is refused and why, and what
each settlement gives, against a second reading; no fen is lost, and every ledger verifies.
Ends with 1 where one differs, and names the ledger and the command.`;

const { values } = parseNames(USAGE, {
  count: { type: 'string', default: '100000' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const tally = newLedgerTally();
const started = performance.now();
try {
  runLedgers(count, seed, tally);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
const { commands, accepted, refused, forged, settledFen } = tally;
console.log(`${commands} commands, seed ${seed}, ${Math.round((performance.now() - started) / 1_000)} s`);
console.log(`${forged} entries signed by another key, all refused; ${settledFen} fen settled, none lost`);
console.table(accepted);
console.table(refused);
