/** `npm run limits`: prints each shipped operation's measure of every limit, and the room that is left. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS, loadSupergraph, measureLimits } from '@bridgehead/federation';
import { config } from '../../config.ts';
import { parseOptions } from '../parse-options.ts';
import { shippedOperations } from '../schema/operations.ts';

const USAGE = `npm run limits

What each of the gateway's limits finds in each shipped operation, and the room that is left.`;
parseOptions(USAGE, {});

const { schemaDir } = config();
const supergraph = loadSupergraph(readFileSync(join(schemaDir, 'supergraph.graphql'), 'utf8'));
const operations = shippedOperations(schemaDir).map(({ name, body, variables }) => ({
  name,
  found: measureLimits(supergraph, body, variables).map(({ found }) => found),
}));

const maxima = LIMITS.map((_, column) => Math.max(...operations.map(({ found }) => found[column] ?? 0)));
const rows: (readonly (string | number)[])[] = [
  ['', ...LIMITS.map(({ name }) => name)],
  ['allowed', ...LIMITS.map(({ allowed }) => allowed)],
  ...operations.map(({ name, found }) => [name, ...found]),
  ['room of the nearest', ...LIMITS.map(({ allowed }, column) => `${room(maxima[column] ?? 0, allowed)} %`)],
];
const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length))) ?? [];
for (const row of rows) {
  const cells = row.map((cell, column) =>
    column === 0 ? String(cell).padEnd(widths[column] ?? 0) : String(cell).padStart(widths[column] ?? 0),
  );
  console.log(cells.join('  '));
}

function room(found: number, allowed: number): number {
  return Math.floor((1 - found / allowed) * 100);
}
