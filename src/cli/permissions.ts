/** `npm run permissions`: writes `docs/permissions.md`. */
import { join } from 'node:path';
import { parseOptions } from './parse-options.ts';
import { writePermissionsDocument } from './reference/permissions-document.ts';
import { composeFolder } from './schema/schema-folder.ts';

const USAGE = `npm run permissions

Writes docs/permissions.md, who may ask for what and is shown what, from the schema and the code.`;
parseOptions(USAGE, {});

const root = join(import.meta.dirname, '../..');
writePermissionsDocument(root, composeFolder(join(root, 'schema')).supergraph, true);
