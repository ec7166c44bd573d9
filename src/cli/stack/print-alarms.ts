import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOptions } from '../parse-options.ts';
import { alarmsText } from './alarms.ts';

parseOptions(
  `npm run alarms

Writes infra/alarms.yml, the alarms and the dashboard of a stack, from src/cli/stack/watched.ts.`,
  {},
);
writeFileSync(join(import.meta.dirname, '../../../infra/alarms.yml'), alarmsText());
