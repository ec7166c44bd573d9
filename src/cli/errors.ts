/** `npm run errors`: writes `docs/errors.md`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsDocument } from './errors-document.ts';

writeFileSync(join(import.meta.dirname, '../../docs/errors.md'), errorsDocument());
