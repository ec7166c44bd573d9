import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { structureOf } from './counts.ts';
import { sourceFiles } from './imports.ts';

/**
 * Prints the counts of each tree of source files; with `--list` also the files behind them, with `--requests` also how many
 * files three requests enter.
 */

const ROOT = join(import.meta.dirname, '../..');
const TREES = ['src', 'packages/federation/src', 'packages/gateway/src'];

const { values } = parseArgs({
  options: { list: { type: 'boolean', default: false }, requests: { type: 'boolean', default: false } },
});

if (values.requests) {
  const { filesEntered } = await import('./requests.ts');
  console.log('files that a request enters');
  for (const [name, files] of Object.entries(await filesEntered())) console.log(`  ${name}: ${files}`);
}

for (const tree of TREES) {
  const root = join(ROOT, tree);
  const counts = structureOf(sourceFiles(root), root);
  console.log(`\n${tree}`);
  for (const [name, figure] of Object.entries(counts)) {
    console.log(`  ${name}: ${typeof figure === 'number' ? figure : figure.length}`);
    if (values.list && typeof figure !== 'number') for (const each of figure) console.log(`    ${String(each)}`);
  }
}
