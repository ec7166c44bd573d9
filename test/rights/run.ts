/** `npm run rights`: writes the roles of functions, of what tests record and a person has written down. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readService } from '../../src/local/service.ts';
import { ROLES_FILE } from './committed-roles.ts';
import { mergeRights, nameOf, type RecordedRight, readRecorded, writeRecorded } from './recorded.ts';
import { readWritten, rolesText } from './roles.ts';

const ROOT = join(import.meta.dirname, '../..');
const USAGE = `npm run rights [-- --record [TEST …]]

Writes infra/roles.yml: for each function of serverless.yml the rights that tests have recorded of it
(infra/recorded-rights.json) and those that a person has written down with a reason (infra/rights.yml).
  --record         runs all tests first and records anew what functions ask of DynamoDB: what no test asks for goes
  --record TEST …  runs these tests, and adds what they record to what is there`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { record: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
if (values.help || (positionals.length > 0 && !values.record)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 1);
}
if (values.record) record(positionals);
const functions = readService(join(ROOT, 'serverless.yml')).map(({ name }) => name);
writeFileSync(ROLES_FILE, rolesText(functions, readRecorded(), readWritten()));

function record(tests: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-rights-'));
  const jest = ['--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const chosen = tests.length > 0 ? tests : ['test/contract', 'test/e2e', 'test/system', 'test/unit/handlers'];
  const { status } = spawnSync(process.execPath, [...jest, ...chosen, '--testMatch=**/*.test.ts'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, RIGHTS_FOLDER: folder, RIGHTS_OPEN: '1' },
  });
  const found = recordedIn(folder);
  rmSync(folder, { recursive: true });
  const before = readRecorded();
  const names = new Set(before.map(nameOf));
  writeRecorded(tests.length > 0 ? [...before, ...found] : found);
  const after = readRecorded();
  for (const right of after.filter((each) => !names.has(nameOf(each)))) console.log(`+ ${nameOf(right)}`);
  const kept = new Set(after.map(nameOf));
  for (const right of before.filter((each) => !kept.has(nameOf(each)))) console.log(`- ${nameOf(right)}`);
  // The roles and the template are being written: their own tests may fail meanwhile.
  if (status !== 0) console.log('Some tests failed; what they did not reach is not recorded.');
}

function recordedIn(folder: string): RecordedRight[] {
  return mergeRights(
    readdirSync(folder).flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as RecordedRight),
    ),
  );
}
