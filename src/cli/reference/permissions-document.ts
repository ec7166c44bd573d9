import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Supergraph } from '@bridgehead/federation';
import { CodedError } from '../../errors.ts';
import { fieldsSection } from '../permissions/fields-section.ts';
import { rowsSection } from '../permissions/rows-section.ts';
import { writesSection } from '../permissions/writes-section.ts';

/** The sections of the document, in order. */
const SECTIONS: readonly ((supergraph: Supergraph) => string)[] = [fieldsSection, rowsSection, writesSection];

/**
 * Writes `docs/permissions.md` of a checkout.
 * @param mayWrite false: throws CONFIGURATION if the committed file is outdated
 */
export function writePermissionsDocument(root: string, supergraph: Supergraph, mayWrite: boolean): void {
  const path = join(root, 'docs', 'permissions.md');
  const text = permissionsDocument(supergraph);
  if (mayWrite) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    throw new CodedError('CONFIGURATION', 'docs/permissions.md is not as composed. Run "npm run compose" and commit.');
  }
}

/** Returns `docs/permissions.md`: who may see and write what, from schema and code. */
export function permissionsDocument(supergraph: Supergraph): string {
  return `# Who may see and write what

<!-- repository -->
Written by \`npm run permissions\` from \`schema/\`, \`src/domain/grants.ts\` and \`src/domain/access\`: change it there. What the
directives mean: [authorization-directives.md](authorization-directives.md).
<!-- /repository -->

Who is who, and how they prove it: [identity.md](identity.md).

${SECTIONS.map((section) => section(supergraph)).join('\n')}`;
}
