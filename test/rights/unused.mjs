import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Jest's global teardown: after a whole run, names what functions may do of which no test has made use. A kind of partition
 * may depend on chance; an action on a table or an index does not.
 */
export default async function tearDown({ nonFlagArgs, testNamePattern, onlyChanged, watch }) {
  const { RIGHTS_FOLDER: folder = '' } = process.env;
  const isWhole = nonFlagArgs.length === 0 && !testNamePattern && !onlyChanged && !watch;
  if (!isWhole || !existsSync(folder)) return;
  const { readRecorded, recordedIn } = await import('./recorded.ts');
  const coarse = (right) => [right.function, right.action, right.table, right.index].filter(Boolean).join(' ');
  const used = new Set(recordedIn(folder).map(coarse));
  const unused = [...new Set(readRecorded().map(coarse))].filter((right) => !used.has(right));
  if (unused.length === 0) return;
  throw new Error(
    `No test makes use of these rights of ${join('infra', 'recorded-rights.json')}: npm run rights -- --record\n${unused.join('\n')}`,
  );
}
