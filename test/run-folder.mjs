import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * Makes the folder of what the test files of one run share, as Jest's global setup. Workers inherit its name. Processes that
 * tests start find compiled code in it (`runner/environment.mjs`): loading Bridgehead takes half of the CPU time then.
 */
export default function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-run-'));
  process.env.BRIDGEHEAD_TEST_RUN = folder;
  const roles = readFileSync(join(import.meta.dirname, '../infra/roles.yml'), 'utf8');
  writeFileSync(join(folder, 'roles.json'), JSON.stringify(parse(roles)));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
