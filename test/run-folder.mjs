import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest's global setup: a folder for what the test files of one run share. Workers inherit its name. */
export default function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-run-'));
  process.env.BRIDGEHEAD_TEST_RUN = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
