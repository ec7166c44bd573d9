/** The functions' roles as they are committed: `infra/roles.yml`. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { type Statement, statement } from './iam.ts';

export const ROLES_FILE = join(import.meta.dirname, '../../infra/roles.yml');

/** `caseHolder` is the function of `CaseHolderRole`. */
export const roleIdOf = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}Role`;

const rolesFile = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Properties: z.object({
        Policies: z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) })),
      }),
    }),
  ),
});

let read: Readonly<Record<string, readonly Statement[]>> | undefined;

/** What a function may do by the committed roles; nothing where it has none. */
export function committedStatements(name: string): readonly Statement[] {
  read ??= Object.fromEntries(
    Object.entries(rolesFile.parse(rolesDocument()).Resources).map(([id, made]) => [
      id,
      made.Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    ]),
  );
  return read[roleIdOf(name)] ?? [];
}

/** Returns the parsed file. A run of `npm test` parses it once for all test files, in `test/run-folder.mjs`. */
function rolesDocument(): unknown {
  const run = process.env.BRIDGEHEAD_TEST_RUN;
  if (run !== undefined) return JSON.parse(readFileSync(join(run, 'roles.json'), 'utf8'));
  if (!existsSync(ROLES_FILE)) return { Resources: {} };
  return createRequire(import.meta.url)('yaml').parse(readFileSync(ROLES_FILE, 'utf8'));
}
