/** `npm run permissions`: writes `docs/permissions.md`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsDocument } from './permissions-document.ts';
import { composeFolder } from './schema-folder.ts';

const root = join(import.meta.dirname, '../..');
writeFileSync(join(root, 'docs/permissions.md'), permissionsDocument(composeFolder(join(root, 'schema')).supergraph));
