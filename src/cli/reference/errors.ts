/** `npm run errors`: writes `docs/errors.md`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOptions } from '../parse-options.ts';
import { errorsDocument } from './errors-document.ts';

const USAGE = `npm run errors

Writes docs/errors.md, the codes of errors with their status and the limits, from the code.`;
parseOptions(USAGE, {});

writeFileSync(join(import.meta.dirname, '../../../docs/errors.md'), errorsDocument());
