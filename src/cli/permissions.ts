/** `npm run permissions`: writes `docs/permissions.md`. */
import { join } from 'node:path';
import { keepPermissionsDocument } from './permissions-document.ts';
import { composeFolder } from './schema-folder.ts';

const root = join(import.meta.dirname, '../..');
keepPermissionsDocument(root, composeFolder(join(root, 'schema')).supergraph, true);
