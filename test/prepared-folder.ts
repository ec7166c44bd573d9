/** Data folders that are made once a test run and copied for each test file. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../src/config.ts';
import { dayInShanghai } from '../src/domain/calendar/day.ts';
import { startDatabase } from '../src/local/database/embedded-database.ts';
import type { TableNames } from '../src/storage/tables.ts';

/** How long a test file waits for the one that makes the folder, before it makes its own. */
const MAX_WAIT_MS = 120_000;

/**
 * Fills a folder with a copy of what the first test file of the run made under the same name.
 * Outside of a run of `npm test` the folder is made anew.
 */
export async function fillOnce(name: string, folder: string, make: (folder: string) => Promise<void>): Promise<void> {
  const run = process.env.BRIDGEHEAD_TEST_RUN;
  if (run === undefined) {
    await make(folder);
    return;
  }
  const prepared = join(run, name);
  if (isFirst(`${prepared}.claimed`)) {
    const making = mkdtempSync(`${prepared}-`);
    await make(making);
    renameSync(making, prepared);
  }
  const deadline = Date.now() + MAX_WAIT_MS;
  while (!existsSync(prepared) && Date.now() < deadline) await sleep(20);
  if (existsSync(prepared)) cpSync(prepared, folder, { recursive: true });
  else await make(folder);
}

/** Fills a folder with tables without items, made once a run. */
export function fillWithTables(dataDir: string, tables: TableNames): Promise<void> {
  return fillOnce(`tables-${tables.parks}`, dataDir, async (folder) => {
    // Loaded where it is needed: the AWS SDK takes a tenth of a second in each test file.
    const { createTables } = await import('../src/local/database/create-tables.ts');
    const database = await startDatabase({ dataDir: folder });
    await createTables(database.endpoint, tables);
    await database.stop();
  });
}

/** Fills a folder with the demo data of a system that runs by the real clock: as of today, nothing is long overdue. */
export function fillWithDemoDataOfToday(dataDir: string): Promise<void> {
  return fillWithDemoData(dataDir, readConfig({}).tables, dayInShanghai(new Date()));
}

/** Fills a folder with the demo data of scale S for an anchor day, made once a run. */
export function fillWithDemoData(dataDir: string, tables: TableNames, anchor: string): Promise<void> {
  return fillOnce(`${anchor}-${tables.parks}`, dataDir, async (folder) => {
    const { loadDemoData } = await import('../src/local/demo-data/load.ts');
    await loadDemoData({ dataDir: folder, tables, scale: 'S', anchor });
  });
}

function isFirst(claim: string): boolean {
  try {
    mkdirSync(claim);
    return true;
  } catch {
    return false;
  }
}
