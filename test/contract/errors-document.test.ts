import { readFileSync } from 'node:fs';
import { errorsDocument } from '../../src/cli/reference/errors-document.ts';

test('docs/errors.md says what the code says: else npm run errors', () => {
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(errorsDocument());
});
