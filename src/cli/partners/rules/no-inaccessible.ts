import { refusedDirective } from './refused-directive.ts';

/** It hides nothing: what one subgraph hides is hidden for everybody. */
export const noInaccessible = refusedDirective(
  'inaccessible',
  'what one subgraph hides is gone from the public schema for everybody; leave out what clients must not see',
);
