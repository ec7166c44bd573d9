import type { Supergraph } from '../gateway/supergraph.ts';
import { fieldsSection } from './permissions/fields-section.ts';

/** The parts of the document, in their order. */
const SECTIONS: readonly ((supergraph: Supergraph) => string)[] = [fieldsSection];

/** `docs/permissions.md`: who may see what, as schema and code have it. */
export function permissionsDocument(supergraph: Supergraph): string {
  return `# Who may see what

Written by \`npm run permissions\` from \`schema/\`, \`src/domain/grants.ts\` and \`src/domain/access\`: change it there. Who is who, and
how they prove it: [identity.md](identity.md). What the directives mean: [authorization-directives.md](authorization-directives.md).

${SECTIONS.map((section) => section(supergraph)).join('\n')}`;
}
