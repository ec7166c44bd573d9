import { refusedDirective } from './refused-directive.ts';

/** Refuses `@composeDirective`: a partner brings no directive into the supergraph. */
export const noComposeDirective = refusedDirective(
  'composeDirective',
  "directives of a partner's own have no meaning here",
);
