import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from '@bridgehead/federation';
import { buildSchema } from 'graphql';
import { config } from '../config.ts';
import { parseNames } from './parse-options.ts';
import { readText, runCommand } from './refusals.ts';
import { readUsageLines } from './usage/read-lines.ts';
import { type FieldUsage, usageOf } from './usage/usage.ts';

const USAGE = `npm run usage -- LOG… [--unused] [--json]

Who used what of the schema, from the lines of requests in log files (- reads standard input): operations by client and
document, and deprecated fields that are still used, by whom. --unused lists the fields that no operation named.
On AWS: aws logs filter-log-events --log-group-name /aws/lambda/STACK-gateway --filter-pattern '"a request was answered"' \\
  --query 'events[].message' --output text | npm run usage -- -`;

async function main(): Promise<void> {
  const { names, values } = parseNames(USAGE, { unused: { type: 'boolean' }, json: { type: 'boolean' } });
  if (names.length === 0) {
    console.error(USAGE);
    process.exit(2);
  }
  const { schemaDir } = config();
  const lines = names.flatMap((name) => readUsageLines(name === '-' ? readFileSync(0, 'utf8') : readText(name)));
  const schema = buildSchema(readText(join(schemaDir, 'api.graphql')), { assumeValid: true });
  const report = usageOf(lines, schema, parseManifest(readText(join(schemaDir, 'operations', 'manifest.json'))));
  if (values.json) {
    console.log(JSON.stringify(report));
    return;
  }
  const unused = report.fields.filter(({ operations }) => operations === 0);
  if (values.unused) {
    for (const { field } of unused) console.log(field);
    return;
  }
  console.table(report.documents.map((row) => ({ ...row, document: row.document ?? '(of its own)' })));
  const deprecated = report.fields.filter((field) => field.deprecated !== null && field.operations > 0);
  for (const field of deprecated) console.log(told(field));
  console.log(
    `${lines.length} operations; ${deprecated.length} deprecated fields in use; ${unused.length} of ${report.fields.length} fields and arguments that no operation named (--unused).`,
  );
}

function told({ field, deprecated, operations, clients, documents }: FieldUsage): string {
  const by = documents.length > 0 ? `, in ${documents.join(', ')}` : '';
  return `${field} is deprecated (${deprecated}): ${operations} operations of ${clients.join(', ')}${by}`;
}

await runCommand(main);
