import { refusedDirective } from './refused-directive.ts';

/** Refuses `@inaccessible`: it hides an element from every subgraph's clients. */
export const noInaccessible = refusedDirective(
  'inaccessible',
  'what one subgraph hides is gone from the public schema for everybody; leave out what clients must not see',
);
