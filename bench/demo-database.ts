import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { startDatabase } from '../src/local/database/embedded-database.ts';
import { loadDemoData } from '../src/local/demo-data/load.ts';
import type { ScaleName } from '../src/local/demo-data/scale.ts';

/** The day that the demo cases are laid around, so that two runs measure the same data. */
export const ANCHOR = '2026-03-16';

/** An embedded DynamoDB with the demo data of a scale, in a folder that goes with it. */
export async function startDemoDatabase(
  scale: ScaleName,
  anchor = ANCHOR,
): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-bench-'));
  const { tables } = readConfig({});
  await loadDemoData({ dataDir, tables, scale, anchor });
  const database = await startDatabase({ dataDir });
  return {
    endpoint: database.endpoint,
    async stop() {
      await database.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
