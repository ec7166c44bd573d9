import { readFileSync } from 'node:fs';
import { loadSupergraph } from '@bridgehead/federation';
import { permissionsDocument } from '../../src/cli/reference/permissions-document.ts';

test('docs/permissions.md says what the schema and the code say: else npm run permissions', () => {
  const supergraph = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'));
  expect(readFileSync('docs/permissions.md', 'utf8')).toBe(permissionsDocument(supergraph));
});
