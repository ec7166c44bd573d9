import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { config } from '../config.ts';
import { IMPORT_COLUMNS } from '../domain/imports/enterprise-import.ts';
import { CodedError } from '../errors.ts';
import { type EnterpriseLine, readEnterpriseFile } from './imports/enterprise-file.ts';
import { type GraphqlServer, postGraphql, requireValidation } from './imports/post-graphql.ts';
import { readBytes, runCommand } from './refusals.ts';

const USAGE = `npm run import-enterprises -- --file FILE.csv --park PARK_ID --from YYYY-MM-DD [--dry-run] [--url URL]

Imports a park's enterprises from a CSV file whose first line names the columns ${IMPORT_COLUMNS.join(', ')}
(nameJa and nameEn may be missing), 200 rows at a time. Says of each row that was refused why. The same file again changes
nothing, so what was cut short is simply begun anew.
  --from     The day from which they reside in the park.
  --dry-run  The server judges the rows by its rules and writes nothing.
  --url      The gateway's, http://localhost:4000/graphql where nothing is said.
  BRIDGEHEAD_TOKEN holds the token of an officer or an administrator: BRIDGEHEAD_TOKEN=$(npm run --silent token -- --as admin).
Ends with 0 where all rows were taken, else with 1.`;

const IMPORT = `mutation ImportEnterprises($input: ImportEnterprisesInput!) {
  importEnterprises(input: $input) {
    rows { line status userErrors { field message } }
    userErrors { field message }
  }
}`;

const userErrors = z.array(z.object({ field: z.array(z.string()).nullable(), message: z.string() }));
const answer = z
  .object({
    data: z
      .object({
        importEnterprises: z
          .object({
            rows: z.array(z.object({ line: z.number(), status: z.string(), userErrors })).nullable(),
            userErrors,
          })
          .nullable(),
      })
      .nullish(),
    errors: z.array(z.object({ message: z.string() })).optional(),
  })
  .refine(({ data, errors }) => data !== undefined || errors !== undefined);

/** Maximum rows of one call. */
const CHUNK = 200;

interface Target {
  readonly server: GraphqlServer;
  readonly park: string;
  readonly residentFrom: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      park: { type: 'string' },
      from: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      url: { type: 'string', default: 'http://localhost:4000/graphql' },
      help: { type: 'boolean' },
    },
  });
  const { file, park, from: residentFrom, url } = values;
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (!file || !park || !residentFrom) throw new CodedError('CONFIGURATION', USAGE);
  const server = { url, token: config().token, validatesOnly: values['dry-run'] };
  if (server.validatesOnly) await requireValidation(server);
  const lines = readEnterpriseFile(readBytes(file));
  const counts = new Map<string, number>();
  for (let start = 0; start < lines.length; start += CHUNK) {
    const results = await send(lines.slice(start, start + CHUNK), { server, park, residentFrom });
    for (const { line, status, userErrors } of results) {
      counts.set(status, (counts.get(status) ?? 0) + 1);
      const reasons = userErrors.map(({ field, message }) => (field ? `${field.join('.')}: ${message}` : message));
      if (status === 'REFUSED') console.log(`line ${line} refused: ${reasons.join(' ')}`);
    }
  }
  if (server.validatesOnly) console.log('A dry run: nothing is written.');
  console.log(Array.from(counts, ([status, count]) => `${count} ${status.toLowerCase()}`).join(', ') || 'no rows');
  if (counts.has('REFUSED')) process.exitCode = 1;
}

async function send(lines: readonly EnterpriseLine[], { server, park, residentFrom }: Target) {
  const rows = lines.map((line) => ({ ...line }));
  const content = createHash('sha256')
    .update(JSON.stringify([park, residentFrom, rows]))
    .digest('base64url');
  const input = { idempotencyKey: `import-${content}`, park, residentFrom, rows };
  const said = await postGraphql(server, { query: IMPORT, variables: { input } }, answer);
  const { data, errors = [] } = said;
  const payload = data?.importEnterprises;
  const refusals = [...errors, ...(payload?.userErrors ?? [])].map(({ message }) => message);
  if (!payload?.rows) throw new CodedError('BAD_USER_INPUT', `From line ${lines[0]?.line} on: ${refusals.join(' ')}`);
  return payload.rows;
}

await runCommand(main);
