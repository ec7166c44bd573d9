import { refusedDirective } from './refused-directive.ts';

/** It brings no directive of its own into the supergraph. */
export const noComposeDirective = refusedDirective(
  'composeDirective',
  "directives of a partner's own have no meaning here",
);
