/** Folders of demo data, made once a test run for each anchor day and set of tables, and copied for each test file. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadDemoData } from '../src/local/demo-data/load.ts';
import type { TableNames } from '../src/storage/tables.ts';

/** How long a test file waits for the one that makes the folder, before it makes its own. */
const MAX_WAIT_MS = 40_000;

/**
 * Fills a folder with the demo data of scale S for an anchor day, a copy of what the first test file of the run made.
 * Outside of a run of `npm test` the data are made anew.
 */
export async function fillWithDemoData(dataDir: string, tables: TableNames, anchor: string): Promise<void> {
  const run = process.env.BRIDGEHEAD_TEST_RUN;
  if (run === undefined) {
    await loadDemoData({ dataDir, tables, scale: 'S', anchor });
    return;
  }
  const prepared = join(run, `${anchor}-${tables.parks}`);
  if (isFirst(`${prepared}.claimed`)) {
    const making = mkdtempSync(`${prepared}-`);
    await loadDemoData({ dataDir: making, tables, scale: 'S', anchor });
    renameSync(making, prepared);
  }
  const deadline = Date.now() + MAX_WAIT_MS;
  while (!existsSync(prepared) && Date.now() < deadline) await sleep(20);
  if (existsSync(prepared)) cpSync(prepared, dataDir, { recursive: true });
  else await loadDemoData({ dataDir, tables, scale: 'S', anchor });
}

function isFirst(claim: string): boolean {
  try {
    mkdirSync(claim);
    return true;
  } catch {
    return false;
  }
}
